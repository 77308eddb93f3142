"""What a partner's system makes of the content of our message: accepted or in error (APERAK)."""

from msgspec import Struct

from drawbar.edi.edifact import detail
from drawbar.edi.edifact.shape import Part, Shape, Spot, bare
from drawbar.edi.edifact.stated_time import StatedTime
from drawbar.edi.place import Places


class ApplicationError(Struct, frozen=True, kw_only=True):
    """One error by the partner's code, in words, and the references that it is about."""

    code: str
    code_list: str = ""
    agency: str = ""
    texts: tuple[detail.FreeText, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    at: Places = {}


_ERROR = Shape(
    ApplicationError,
    "ERC",
    {"code": Spot(1, 1), "code_list": Spot(1, 2), "agency": Spot(1, 3)},
    (Part("texts", "FTX", detail.TEXT), Part("references", "reference", bare(detail.REFERENCE))),
)


class ApplicationAnswer(Struct, frozen=True, kw_only=True):
    """One answer. References name our message (ACW, ON, ...); without errors it is accepted."""

    number: str
    kind: str = ""
    kind_name: str = ""
    function: str = ""
    response: str = ""
    times: tuple[StatedTime, ...] = ()
    texts: tuple[detail.FreeText, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    parties: tuple[detail.StatedParty, ...] = ()
    errors: tuple[ApplicationError, ...] = ()
    at: Places = {}


ANSWER = Shape(
    ApplicationAnswer,
    "BGM",
    detail.document_spots(function=Spot(3), response=Spot(4)),
    (
        Part("times", "DTM", detail.TIME),
        Part("texts", "FTX", detail.TEXT),
        Part("references", "reference", detail.REFERENCE),
        Part("parties", "party", detail.CONTACT_PARTY),
        Part("errors", "error", _ERROR),
    ),
)

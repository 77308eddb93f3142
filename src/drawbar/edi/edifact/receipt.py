"""A partner's receipt: which of our messages could be read, and where one could not (CONTRL).

Source: ISO 9735-4 and CONTRL of syntax versions 1 to 4, restated. ``action``: 4 rejected with all
inside, 7 accepted with all inside that is not rejected by name, 8 received.
"""

from msgspec import Struct

from drawbar.edi.edifact.shape import Part, Shape, Spot
from drawbar.edi.place import Places


class ElementReceipt(Struct, frozen=True, kw_only=True):
    """An element with an error. ``element`` counts from the tag = 1, ``component`` from 1."""

    error: str
    element: int | None
    component: int | None = None
    repetition: int | None = None
    at: Places = {}


class SegmentReceipt(Struct, frozen=True, kw_only=True):
    """A segment with errors. ``position`` counts in the message from UNH = 1."""

    position: int | None
    error: str = ""
    elements: tuple[ElementReceipt, ...] = ()
    at: Places = {}


class MessageReceipt(Struct, frozen=True, kw_only=True):
    """The verdict on one message."""

    control_number: str
    code: str
    version: str = ""
    release: str = ""
    agency: str = ""
    association: str = ""
    action: str = ""
    error: str = ""
    service_tag: str = ""
    element: int | None = None
    component: int | None = None
    segments: tuple[SegmentReceipt, ...] = ()
    at: Places = {}


class GroupReceipt(Struct, frozen=True, kw_only=True):
    """The verdict on one group."""

    control_number: str
    sender: str = ""
    sender_qualifier: str = ""
    receiver: str = ""
    receiver_qualifier: str = ""
    action: str = ""
    error: str = ""
    service_tag: str = ""
    element: int | None = None
    component: int | None = None
    messages: tuple[MessageReceipt, ...] = ()
    at: Places = {}


class SyntaxReceipt(Struct, frozen=True, kw_only=True):
    """The verdict on one of our interchanges; ``sender`` and ``receiver`` are that one's."""

    control_reference: str
    sender: str
    sender_qualifier: str = ""
    sender_internal: str = ""
    receiver: str = ""
    receiver_qualifier: str = ""
    receiver_internal: str = ""
    action: str = ""
    error: str = ""
    service_tag: str = ""
    element: int | None = None
    component: int | None = None
    messages: tuple[MessageReceipt, ...] = ()
    groups: tuple[GroupReceipt, ...] = ()
    at: Places = {}


def _verdict(first: int) -> dict[str, Spot]:
    return {
        "action": Spot(first),
        "error": Spot(first + 1),
        "service_tag": Spot(first + 2),
        "element": Spot(first + 3, 1, "whole"),
        "component": Spot(first + 3, 2, "whole"),
    }


_ELEMENT = Shape(
    ElementReceipt,
    "UCD",
    {
        "error": Spot(1),
        "element": Spot(2, 1, "whole"),
        "component": Spot(2, 2, "whole"),
        "repetition": Spot(2, 3, "whole"),
    },
)
_SEGMENT = Shape(
    SegmentReceipt,
    "UCS",
    {"position": Spot(1, 1, "whole"), "error": Spot(2)},
    (Part("elements", "UCD", _ELEMENT),),
)
_MESSAGE = Shape(
    MessageReceipt,
    "UCM",
    {
        "control_number": Spot(1),
        "code": Spot(2, 1),
        "version": Spot(2, 2),
        "release": Spot(2, 3),
        "agency": Spot(2, 4),
        "association": Spot(2, 5),
        **_verdict(3),
    },
    (Part("segments", "segment", _SEGMENT),),
)
_MESSAGES = Part("messages", "message", _MESSAGE)
_GROUP = Shape(
    GroupReceipt,
    "UCF",
    {
        "control_number": Spot(1),
        "sender": Spot(2, 1),
        "sender_qualifier": Spot(2, 2),
        "receiver": Spot(3, 1),
        "receiver_qualifier": Spot(3, 2),
        **_verdict(4),
    },
    (_MESSAGES,),
)
RECEIPT = Shape(
    SyntaxReceipt,
    "UCI",
    {
        "control_reference": Spot(1),
        "sender": Spot(2, 1),
        "sender_qualifier": Spot(2, 2),
        "sender_internal": Spot(2, 3),
        "receiver": Spot(3, 1),
        "receiver_qualifier": Spot(3, 2),
        "receiver_internal": Spot(3, 3),
        **_verdict(4),
    },
    (_MESSAGES, Part("groups", "group", _GROUP)),
)

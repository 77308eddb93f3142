"""What became of consignments on their way, as a carrier tells it (IFTSTA)."""

from msgspec import Struct

from drawbar.edi.edifact import detail
from drawbar.edi.edifact.cargo import EQUIPMENT, STATUS_GOODS, StatedEquipment, StatusGoods
from drawbar.edi.edifact.shape import Part, Shape, Spot
from drawbar.edi.edifact.stated_time import StatedTime
from drawbar.edi.place import Places


class ConsignmentEvent(Struct, frozen=True, kw_only=True):
    """One thing that happened or is expected. ``status`` by the code list of ``agency``.

    ``category`` says of what kind (1 transport, 5 arrival, ...); reasons may be empty.
    """

    category: str = ""
    status: str = ""
    code_list: str = ""
    agency: str = ""
    status_text: str = ""
    reasons: tuple[str, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    times: tuple[StatedTime, ...] = ()
    texts: tuple[detail.FreeText, ...] = ()
    parties: tuple[detail.StatedParty, ...] = ()
    places: tuple[detail.Location, ...] = ()
    legs: tuple[detail.Leg, ...] = ()
    equipment: tuple[StatedEquipment, ...] = ()
    goods: tuple[StatusGoods, ...] = ()
    at: Places = {}


_EVENT = Shape(
    ConsignmentEvent,
    "STS",
    {
        "category": Spot(1, 1),
        "status": Spot(2, 1),
        "code_list": Spot(2, 2),
        "agency": Spot(2, 3),
        "status_text": Spot(2, 4),
        "reasons": Spot(3, 1, times=5, across=True),
    },
    (
        Part("references", "RFF", detail.REFERENCE),
        Part("times", "DTM", detail.TIME),
        Part("texts", "FTX", detail.TEXT),
        Part("parties", "party", detail.CONTACT_PARTY),
        Part("places", "LOC", detail.LOCATION),
        Part("legs", "leg", detail.STATUS_LEG),
        Part("equipment", "equipment", EQUIPMENT),
        Part("goods", "goods", STATUS_GOODS),
    ),
)


class Consignment(Struct, frozen=True, kw_only=True):
    """One consignment and its events. ``reference`` is as its line names it (CNI)."""

    line: str = ""
    reference: str = ""
    places: tuple[detail.Location, ...] = ()
    totals: tuple[detail.Quantity, ...] = ()
    events: tuple[ConsignmentEvent, ...] = ()
    at: Places = {}


_CONSIGNMENT = Shape(
    Consignment,
    "CNI",
    {"line": Spot(1), "reference": Spot(2, 1)},
    (
        Part("places", "LOC", detail.LOCATION),
        Part("totals", "CNT", detail.TOTAL),
        Part("events", "status", _EVENT),
    ),
)


class ConsignmentStatus(Struct, frozen=True, kw_only=True):
    """One status message about one or more consignments."""

    number: str
    kind: str = ""
    kind_name: str = ""
    function: str = ""
    times: tuple[StatedTime, ...] = ()
    parties: tuple[detail.StatedParty, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    places: tuple[detail.Location, ...] = ()
    texts: tuple[detail.FreeText, ...] = ()
    totals: tuple[detail.Quantity, ...] = ()
    consignments: tuple[Consignment, ...] = ()
    at: Places = {}


STATUS = Shape(
    ConsignmentStatus,
    "BGM",
    detail.document_spots(function=Spot(3)),
    (
        Part("times", "DTM", detail.TIME),
        Part("parties", "party", detail.CONTACT_PARTY),
        Part("references", "RFF", detail.REFERENCE),
        Part("places", "LOC", detail.LOCATION),
        Part("texts", "FTX", detail.TEXT),
        Part("totals", "CNT", detail.TOTAL),
        Part("consignments", "consignment", _CONSIGNMENT),
    ),
)

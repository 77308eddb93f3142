"""A transport instruction or booking: somebody asks a carrier to move goods (IFTMIN)."""

from msgspec import Struct

from drawbar.edi.edifact import detail
from drawbar.edi.edifact.cargo import EQUIPMENT, GOODS, Goods, StatedEquipment
from drawbar.edi.edifact.shape import Part, Shape, Spot
from drawbar.edi.edifact.stated_time import StatedTime
from drawbar.edi.place import Places


class Service(Struct, frozen=True, kw_only=True):
    """What is asked for: ``contract`` the conditions of carriage, ``service`` the kind of it."""

    contract: str = ""
    service: str = ""
    more_service: str = ""
    priority: str = ""
    at: Places = {}


_SERVICE = Shape(
    Service,
    "TSR",
    {
        "contract": Spot(1, 1),
        "service": Spot(2, 1),
        "more_service": Spot(2, 4),
        "priority": Spot(3, 1),
    },
)


class TransportInstruction(Struct, frozen=True, kw_only=True):
    """One instruction. ``function``: 9 original, 1 cancellation, 4 change, 5 replace.

    ``number`` is the sender's name of the consignment; references tell others.
    """

    number: str
    kind: str = ""
    kind_name: str = ""
    function: str = ""
    people: tuple[detail.Person, ...] = ()
    times: tuple[StatedTime, ...] = ()
    services: tuple[Service, ...] = ()
    sums: tuple[detail.Sum, ...] = ()
    texts: tuple[detail.FreeText, ...] = ()
    totals: tuple[detail.Quantity, ...] = ()
    places: tuple[detail.Location, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    legs: tuple[detail.Leg, ...] = ()
    parties: tuple[detail.StatedParty, ...] = ()
    goods: tuple[Goods, ...] = ()
    equipment: tuple[StatedEquipment, ...] = ()
    at: Places = {}


class TransportAnswer(Struct, frozen=True, kw_only=True):
    """A carrier's answer to an instruction or a booking (IFTMCS; IFTMBC is read alike).

    ``function`` or ``response`` says yes or no, by the partner's habit; references name what is
    answered. ``number`` is the carrier's own name of the consignment.
    """

    number: str
    kind: str = ""
    kind_name: str = ""
    function: str = ""
    response: str = ""
    people: tuple[detail.Person, ...] = ()
    times: tuple[StatedTime, ...] = ()
    services: tuple[Service, ...] = ()
    sums: tuple[detail.Sum, ...] = ()
    texts: tuple[detail.FreeText, ...] = ()
    totals: tuple[detail.Quantity, ...] = ()
    places: tuple[detail.Location, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    legs: tuple[detail.Leg, ...] = ()
    parties: tuple[detail.StatedParty, ...] = ()
    goods: tuple[Goods, ...] = ()
    equipment: tuple[StatedEquipment, ...] = ()
    at: Places = {}


_PARTS = (
    Part("people", "contact", detail.PERSON),
    Part("times", "DTM", detail.TIME),
    Part("services", "TSR", _SERVICE),
    Part("sums", "MOA", detail.SUM),
    Part("texts", "FTX", detail.TEXT),
    Part("totals", "CNT", detail.TOTAL),
    Part("places", "place", detail.LOCATION),
    Part("references", "reference", detail.REFERENCE),
    Part("legs", "leg", detail.LEG),
    Part("parties", "party", detail.PARTY),
    Part("goods", "goods", GOODS),
    Part("equipment", "equipment", EQUIPMENT),
)
INSTRUCTION = Shape(TransportInstruction, "BGM", detail.document_spots(function=Spot(3)), _PARTS)
TRANSPORT_ANSWER = Shape(
    TransportAnswer, "BGM", detail.document_spots(function=Spot(3), response=Spot(4)), _PARTS
)

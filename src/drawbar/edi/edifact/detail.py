"""The small things that every EDIFACT freight message speaks of, and where they stand.

Codes stay the partner's codes; what they mean is decided by the partner's profile.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from drawbar.edi.edifact.shape import Part, Shape, Spot
from drawbar.edi.edifact.stated_time import StatedTime, stated_time
from drawbar.edi.place import Place, Places
from drawbar.edi.value import Amount


def _time(qualifier: str, text: str, form: str, at: Mapping[str, Place]) -> StatedTime:
    return structs.replace(stated_time(qualifier, text, form), at=at)


TIME = Shape(_time, "DTM", {"qualifier": Spot(1, 1), "text": Spot(1, 2), "form": Spot(1, 3)})


class StatedReference(Struct, frozen=True, kw_only=True):
    """A number that somebody calls something by. ``qualifier`` says whose (CU, CN, BM, ON, ...)."""

    qualifier: str
    value: str
    line: str = ""
    times: tuple[StatedTime, ...] = ()
    at: Places = {}


_REFERENCE_SPOTS = {"qualifier": Spot(1, 1), "value": Spot(1, 2), "line": Spot(1, 3)}
REFERENCE = Shape(StatedReference, "RFF", _REFERENCE_SPOTS, (Part("times", "DTM", TIME),))
"""Also of a group of its own; a bare RFF has no times."""


class FreeText(Struct, frozen=True, kw_only=True):
    """Text for people, up to five lines. ``subject`` says what about (AAI, DEL, ...)."""

    subject: str = ""
    code: str = ""
    lines: tuple[str, ...] = ()
    at: Places = {}


TEXT = Shape(FreeText, "FTX", {"subject": Spot(1), "code": Spot(3), "lines": Spot(4, 1, times=5)})


class Channel(Struct, frozen=True, kw_only=True):
    """How to reach somebody. ``kind`` says by what: TE telephone, EM e-mail."""

    number: str
    kind: str = ""
    at: Places = {}


class Person(Struct, frozen=True, kw_only=True):
    """Whom to call, and how."""

    function: str = ""
    id: str = ""
    name: str = ""
    channels: tuple[Channel, ...] = ()
    at: Places = {}


_CHANNEL = Shape(Channel, "COM", {"number": Spot(1, 1), "kind": Spot(1, 2)})
PERSON = Shape(
    Person,
    "CTA",
    {"function": Spot(1), "id": Spot(2, 1), "name": Spot(2, 2)},
    (Part("channels", "COM", _CHANNEL),),
)


class Location(Struct, frozen=True, kw_only=True):
    """A place in a role: 5 departure, 7 delivery, 9 loading, 11 discharge. ``id`` as DEHAM."""

    qualifier: str
    id: str = ""
    code_list: str = ""
    agency: str = ""
    name: str = ""
    related: str = ""
    times: tuple[StatedTime, ...] = ()
    at: Places = {}


LOCATION = Shape(
    Location,
    "LOC",
    {
        "qualifier": Spot(1),
        "id": Spot(2, 1),
        "code_list": Spot(2, 2),
        "agency": Spot(2, 3),
        "name": Spot(2, 4),
        "related": Spot(3, 1),
    },
    (Part("times", "DTM", TIME),),
)


class StatedParty(Struct, frozen=True, kw_only=True):
    """Somebody with a role (CZ consignor, CN consignee, CA carrier), by id, name or address."""

    role: str
    id: str = ""
    code_list: str = ""
    agency: str = ""
    free_lines: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    street: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    places: tuple[Location, ...] = ()
    references: tuple[StatedReference, ...] = ()
    people: tuple[Person, ...] = ()
    at: Places = {}


_PARTY_SPOTS = {
    "role": Spot(1),
    "id": Spot(2, 1),
    "code_list": Spot(2, 2),
    "agency": Spot(2, 3),
    "free_lines": Spot(3, 1, times=5),
    "names": Spot(4, 1, times=5),
    "street": Spot(5, 1, times=4),
    "city": Spot(6),
    "region": Spot(7, 1),
    "postal_code": Spot(8),
    "country": Spot(9),
}
_PLACES = Part("places", "LOC", LOCATION)
_PEOPLE = Part("people", "contact", PERSON)
_REFERENCES = Part("references", "reference", REFERENCE)
CONTACT_PARTY = Shape(StatedParty, "NAD", _PARTY_SPOTS, (_PEOPLE,))
PARTY = Shape(StatedParty, "NAD", _PARTY_SPOTS, (_PLACES, _PEOPLE, _REFERENCES))
INVOICE_PARTY = Shape(StatedParty, "NAD", _PARTY_SPOTS, (_PLACES, _REFERENCES, _PEOPLE))


class Sum(Struct, frozen=True, kw_only=True):
    """An amount of money in major units. ``currency`` is empty when not stated here."""

    qualifier: str
    amount: Amount | None = None
    currency: str = ""
    at: Places = {}


SUM = Shape(
    Sum,
    "MOA",
    {"qualifier": Spot(1, 1), "amount": Spot(1, 2, "amount"), "currency": Spot(1, 3)},
)


class Quantity(Struct, frozen=True, kw_only=True):
    """A count or control total with its unit (KGM, PCE, ...)."""

    qualifier: str
    amount: Amount | None = None
    unit: str = ""
    at: Places = {}


_QUANTITY_SPOTS = {"qualifier": Spot(1, 1), "amount": Spot(1, 2, "amount"), "unit": Spot(1, 3)}
QUANTITY = Shape(Quantity, "QTY", _QUANTITY_SPOTS)
TOTAL = Shape(Quantity, "CNT", _QUANTITY_SPOTS)


class Measure(Struct, frozen=True, kw_only=True):
    """What freight weighs or measures: ``purpose`` WT or AAE, ``dimension`` G gross, AAB, ..."""

    purpose: str
    dimension: str = ""
    unit: str = ""
    amount: Amount | None = None
    least: Amount | None = None
    most: Amount | None = None
    at: Places = {}


MEASURE = Shape(
    Measure,
    "MEA",
    {
        "purpose": Spot(1),
        "dimension": Spot(2, 1),
        "unit": Spot(3, 1),
        "amount": Spot(3, 2, "amount"),
        "least": Spot(3, 3, "amount"),
        "most": Spot(3, 4, "amount"),
    },
)


class Leg(Struct, frozen=True, kw_only=True):
    """One stage of a transport: 20 is the main one. ``mode``: 1 sea, 2 rail, 3 road, 4 air."""

    stage: str
    number: str = ""
    mode: str = ""
    means: str = ""
    carrier: str = ""
    carrier_code_list: str = ""
    carrier_agency: str = ""
    carrier_name: str = ""
    vehicle: str = ""
    vehicle_name: str = ""
    times: tuple[StatedTime, ...] = ()
    places: tuple[Location, ...] = ()
    references: tuple[StatedReference, ...] = ()
    at: Places = {}


_LEG_SPOTS = {
    "stage": Spot(1),
    "number": Spot(2),
    "mode": Spot(3, 1),
    "means": Spot(4, 1),
    "carrier": Spot(5, 1),
    "carrier_code_list": Spot(5, 2),
    "carrier_agency": Spot(5, 3),
    "carrier_name": Spot(5, 4),
    "vehicle": Spot(8, 1),
    "vehicle_name": Spot(8, 4),
}
_TIMES = Part("times", "DTM", TIME)
_LEG_PLACES = Part("places", "place", LOCATION)
LEG = Shape(Leg, "TDT", _LEG_SPOTS, (_TIMES, _LEG_PLACES, _REFERENCES))
STATUS_LEG = Shape(
    Leg, "TDT", _LEG_SPOTS, (_TIMES, Part("references", "RFF", REFERENCE), _LEG_PLACES)
)


def document_spots(**more: Spot) -> dict[str, Any]:
    """Return where a BGM states what kind of document it is, its number and its function."""
    return {"kind": Spot(1, 1), "kind_name": Spot(1, 4), "number": Spot(2, 1), **more}

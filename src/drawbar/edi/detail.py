"""The small things that every freight message speaks of: references, parties, dates, weights.

Codes stay the partner's codes; what they mean is decided by the partner's profile.
"""

from datetime import date, time

from msgspec import Struct

from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class Reference(Struct, frozen=True, kw_only=True):
    """A number that somebody calls a shipment by. ``qualifier`` says whose (BM, PO, CN, ...)."""

    qualifier: str
    value: str
    text: str = ""
    at: Places = {}


class Moment(Struct, frozen=True, kw_only=True):
    """A date, or date and time, as stated. ``on`` and ``clock`` are None when absent or unreadable.

    ``zone`` is the partner's code (LT, ET, CS, ...), empty when not given: see ``instant``.
    ``period`` is a span of days as written, in the form that ``period_format`` names (RD8).
    """

    qualifier: str = ""
    on: date | None = None
    clock: time | None = None
    time_qualifier: str = ""
    zone: str = ""
    period_format: str = ""
    period: str = ""
    at: Places = {}


class Contact(Struct, frozen=True, kw_only=True):
    """Whom to call. ``kind`` says by what: TE telephone, EM e-mail."""

    function: str
    name: str
    kind: str = ""
    number: str = ""
    at: Places = {}


class Party(Struct, frozen=True, kw_only=True):
    """Somebody with a role (SH, CN, BT, ...), by name, id or address."""

    role: str
    name: str = ""
    id_qualifier: str = ""
    id: str = ""
    more_names: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    location_qualifier: str = ""
    location: str = ""
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    at: Places = {}


class Weight(Struct, frozen=True, kw_only=True):
    """What freight weighs and measures. ``unit``: L pound, K kilogram."""

    qualifier: str = ""
    unit: str = ""
    weight: Amount | None = None
    pieces: int | None = None
    loose_pieces: int | None = None  # the second count: packages inside the pieces
    volume_unit: str = ""
    volume: Amount | None = None
    at: Places = {}


class Equipment(Struct, frozen=True, kw_only=True):
    """A trailer or container. ``length`` as written, in feet and inches (``5300``).

    ``temperature`` as written; ``iso_type`` is the size and type of a container.
    """

    prefix: str = ""
    number: str = ""
    kind: str = ""
    owner: str = ""  # SCAC
    length: str = ""
    weight: Amount | None = None
    weight_qualifier: str = ""
    weight_unit: str = ""
    temperature: str = ""
    height: Amount | None = None
    width: Amount | None = None
    iso_type: str = ""
    seals: tuple[str, ...] = ()
    at: Places = {}


class Handling(Struct, frozen=True, kw_only=True):
    """How freight must be handled, or a service that is asked for, by the partner's codes."""

    code: str = ""
    service: str = ""
    text: str = ""
    at: Places = {}


class RoutingLeg(Struct, frozen=True, kw_only=True):
    """One carrier of a route. ``sequence``: O origin, 1, 2; ``method``: M motor, R rail."""

    scac: str
    sequence: str = ""
    city: str = ""
    method: str = ""
    state: str = ""
    at: Places = {}


class Note(Struct, frozen=True, kw_only=True):
    """Free text, for people."""

    qualifier: str = ""
    text: str
    at: Places = {}

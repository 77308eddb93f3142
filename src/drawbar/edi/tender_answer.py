"""A carrier's answer to a load tender: yes, no, or yes with conditions (X12 990)."""

from datetime import date, time

from msgspec import Struct

from drawbar.edi.detail import Equipment, Moment, Note, Reference, RoutingLeg
from drawbar.edi.detail_general import StatedAmount
from drawbar.edi.place import Places


class AnswerEvent(Struct, frozen=True, kw_only=True):
    """What the carrier says beside yes or no: a code with its text, and a further reason."""

    code: str
    text: str = ""
    on: date | None = None
    clock: time | None = None
    city: str = ""
    state: str = ""
    country: str = ""
    reason: str = ""
    at: Places = {}


class AnswerStop(Struct, frozen=True, kw_only=True):
    """What the carrier says of one stop, such as when it will be there."""

    number: int | None
    reason: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    notes: tuple[Note, ...] = ()
    at: Places = {}


class TenderAnswer(Struct, frozen=True, kw_only=True):
    """One answer. ``action``: A accepted, D declined, and others by agreement; never guessed.

    ``decline_reason`` is the carrier's code, from B1-06 or else from the first event; empty when
    not given. ``charges`` are what the carrier asks for, code by code, in the currency agreed.
    """

    shipment_id: str
    scac: str
    action: str
    on: date | None = None
    decline_reason: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    routing: tuple[RoutingLeg, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    charges: tuple[StatedAmount, ...] = ()
    events: tuple[AnswerEvent, ...] = ()
    notes: tuple[Note, ...] = ()
    stops: tuple[AnswerStop, ...] = ()
    at: Places = {}

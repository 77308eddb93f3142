"""How a carrier of the small world behaves: whether and when it answers, what it reports and bills.

Scripted per load, by any name that the tender mentions: tender, shipment, order, PO, BOL.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec
from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.world.store import Store

SCHEMA = """
CREATE TABLE IF NOT EXISTS behaviour (ref TEXT PRIMARY KEY, body TEXT NOT NULL);
"""
DEFAULT = "default"
CENT = Decimal("0.01")
Name = Literal["tender", "pro", "bol", "po", "shipment", "order"]


class Report(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event. Either ``at`` is the clock on the stop's wall, or ``minutes`` after its opening.

    It is told ``after_minutes`` after the acceptance, whatever it says of itself.
    """

    status: str
    reason: str = "NS"
    stop: int = 1
    at: datetime | None = None
    minutes: int = 0
    zone: str = "LT"
    after_minutes: int = 0


class Charge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line that the carrier bills, by its X12 code; ``stop`` is 0 for the whole load."""

    code: str
    amount: Decimal
    text: str = ""
    stop: int = 0

    @property
    def cents(self) -> int:
        """Return the amount in cents."""
        return int(self.amount * 100)


class Bill(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the carrier bills; ``total`` only where it states another one than its lines.

    With ``fuel_percent`` it bills what the tender pays, as linehaul and that percent of it, under
    a number made of the tender's. ``names`` are the names of the load that it mentions, with the
    value of each, empty for the true one; None for those that the carrier always mentions.
    ``lines`` is another word for ``charges``.
    """

    number: str = ""
    on: date
    names: dict[Name, str] | None = None
    charges: tuple[Charge, ...] = ()
    lines: tuple[Charge, ...] = ()
    fuel_percent: Decimal | None = None
    total: Decimal | None = None
    currency: str = "USD"
    remit_to: str = ""
    after_minutes: int = 0

    @property
    def billed(self) -> tuple[Charge, ...]:
        """Return its lines."""
        return (*self.charges, *self.lines)

    @property
    def cents(self) -> int:
        """Return the total in cents, as the carrier states it."""
        stated = None if self.total is None else int(self.total * 100)
        return sum(charge.cents for charge in self.billed) if stated is None else stated

    def of_tender(self, tender: str, pay: Decimal | None) -> "Bill":
        """Return the bill as it goes out for a load that was tendered at ``pay``."""
        if self.fuel_percent is None or pay is None:
            return self
        haul = (pay / (1 + self.fuel_percent / 100)).quantize(CENT, rounding=ROUND_HALF_UP)
        charges = (Charge(code="400", amount=haul), Charge(code="FUE", amount=pay - haul))
        return msgspec.structs.replace(self, number=self.number or f"T-{tender}", charges=charges)


class Pod(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the receiver signed."""

    signer: str = ""
    signed_on: date | None = None
    pieces: int | None = None
    legible: bool = True
    notes: str = ""
    after_minutes: int = 0


class Again(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the carrier answers when it is asked about the same load once more."""

    answer: Literal["accept", "decline", "silent"] = "accept"
    after_minutes: int = 0


class Behaviour(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the carrier does with one load. ``names``: by which of our names it answers.

    Without ``again`` it answers the same, however often it is asked.
    """

    answer: Literal["accept", "decline", "silent"] = "accept"
    after_minutes: int = 0
    reason: str = ""
    pro: str = ""
    acknowledges: bool = True
    names: Literal["tender", "shipment"] = "tender"
    reports: tuple[Report, ...] = ()
    pod: Pod | None = None
    bill: Bill | None = None
    again: Again | None = None

    def asked_again(self) -> "Behaviour":
        """Return the behaviour towards a load that the carrier was asked about before."""
        if self.again is None:
            return self
        answer, after = self.again.answer, self.again.after_minutes
        return msgspec.structs.replace(self, answer=answer, after_minutes=after, reason="")


class Behaviours:
    """The behaviours that somebody scripted, and the one for all other loads."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    def learn(self, ref: str, behaviour: Behaviour) -> None:
        """Behave like this with the load of this name from now on."""
        self.learn_all((Lesson(ref=ref, behaviour=behaviour),))

    def learn_all(self, lessons: tuple["Lesson", ...]) -> None:
        """Learn several lessons at once."""
        if not lessons:
            return
        rows = [(one.ref, msgspec.json.encode(one.behaviour).decode()) for one in lessons]
        with self._store.write() as db:
            db.executemany("INSERT OR REPLACE INTO behaviour (ref, body) VALUES (?, ?)", rows)

    def towards(self, refs: tuple[str, ...]) -> Behaviour:
        """Return the behaviour towards a load with these names."""
        for ref in (*refs, DEFAULT):
            rows = self._store.rows("SELECT body FROM behaviour WHERE ref = ?", ref)
            if rows:
                return msgspec.json.decode(rows[0]["body"], type=Behaviour)
        return Behaviour()


class Lesson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A behaviour to learn, and the name of the load that it is for."""

    ref: str = DEFAULT
    behaviour: Behaviour


class Ordered(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that the carrier is told to say now about a load of any of its names.

    Under one ``key`` it is said once. ``raw`` goes out as it is; ``again`` is the key of an earlier
    thing that goes out once more, byte for byte.
    """

    key: str = ""
    ref: str = ""
    now: Instant | None = None
    report: Report | None = None
    pod: Pod | None = None
    bill: Bill | None = None
    raw: str | None = None
    again: str = ""

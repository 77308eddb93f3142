"""A carrier's bill as it is written, line by line with what of it is owed.

Every wrong or strange bill is an honest one with something done to it.
"""

from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct, structs

from drawbar.freight.charge import ChargeKind as C
from drawbar.freight.instant import Instant, local_day
from drawbar.world.plan.agreement import Agreement, FuelWeek
from drawbar.world.plan.carrier import Habit
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.journey import Journey
from drawbar.world.plan.owed import percent_of
from drawbar.world.plan.shape import Acceptance, OrderPlan, Plan
from drawbar.world.truth import Owed

CODES = {
    C.LINEHAUL.value: "400",
    C.FUEL_SURCHARGE.value: "FUE",
    C.DETENTION.value: "DET",
    C.LUMPER.value: "LUM",
    C.STOP_OFF.value: "SOC",
    C.TONU.value: "VOR",
    C.LIFTGATE.value: "LFT",
    C.LAYOVER.value: "LAY",
    C.REDELIVERY.value: "RCL",
    C.STORAGE.value: "STR",
    C.TAX.value: "TAX",
    C.OTHER.value: "MSC",
}
"""How a script names a charge; each carrier translates it into its own code."""

LEAST_EXCESS = 3_500
"""Cents: what an error overcharges at least, clearly above the tolerance of 25 dollars."""

HOUR = timedelta(hours=1)


class Line(Struct, frozen=True, kw_only=True):
    """One line, in cents. ``code`` only where it is none of the usual codes."""

    kind: str
    cents: int
    payable: int
    text: str = ""
    code: str = ""


class Bill(Struct, frozen=True, kw_only=True):
    """One bill. ``after`` is how much later than the load's first bill it comes.

    ``names`` are those of the load that it mentions, None for the usual ones; ``total`` only where
    it is not the sum; ``order`` only where it is for another load; ``kind`` only where it is not
    the load's lot; ``days_old`` dates it back.
    """

    lines: tuple[Line, ...]
    after: timedelta = timedelta()
    tag: str = ""
    number: str = ""
    names: dict[str, str] | None = None
    currency: str = "USD"
    total: int | None = None
    remit_to: str = ""
    order: str = ""
    kind: str = ""
    days_old: int = 0

    @property
    def cents(self) -> int:
        """Return the total that it states."""
        return sum(line.cents for line in self.lines) if self.total is None else self.total

    @property
    def payable(self) -> int:
        """Return what a faultless auditor pays of it."""
        return sum(line.payable for line in self.lines)


class Case(Struct, frozen=True, kw_only=True):
    """Everything that a bill is made of. ``sent_at`` is when the first bill of the load goes out.

    ``proof_at`` is when the first proof came in.
    """

    plan: Plan
    order: OrderPlan
    acceptance: Acceptance
    habit: Habit
    agreement: Agreement
    old: Agreement
    journey: Journey
    owed: tuple[Owed, ...]
    dice: Dice
    sent_at: Instant
    proof_at: Instant

    @property
    def linehaul(self) -> int:
        """Return the agreed linehaul in cents."""
        return self.owed[0].cents

    @property
    def fuel(self) -> int:
        """Return the fuel surcharge in cents."""
        return self.owed[1].cents

    @property
    def week(self) -> FuelWeek:
        """Return the fuel week of the pickup's local day."""
        pickup = self.journey.visits[0]
        return self.agreement.week(local_day(pickup.departed_at, pickup.zone))

    @property
    def number(self) -> str:
        """Return the invoice number of the load's first bill."""
        return f"{self.habit.ref[:2]}{self.order.number.removeprefix('SO-')}"

    @property
    def settled(self) -> timedelta:
        """Return how long after the first bill all is there that it is judged by."""
        return max(self.proof_at - self.sent_at, timedelta()) + 6 * HOUR


Recipe = Callable[[Case], tuple[Bill, ...]]


def honest(case: Case) -> Bill:
    """Return the bill of all that is owed."""
    return Bill(lines=tuple(line_of(one) for one in case.owed), number=case.number)


def line_of(owed: Owed) -> Line:
    """Return what is owed as an honest line."""
    text = owed.code.replace("_", " ").upper()
    return Line(kind=owed.code, cents=owed.cents, payable=owed.cents, text=text)


def extra(kind: C, cents: int, text: str, *, code: str = "") -> Line:
    """Return a line of which nothing is owed."""
    return Line(kind=kind.value, cents=cents, payable=0, text=text, code=code)


def with_line(bill: Bill, *more: Line) -> Bill:
    """Return a bill with more lines."""
    return structs.replace(bill, lines=(*bill.lines, *more))


def with_cents(bill: Bill, place: int, cents: int, text: str = "") -> Bill:
    """Return a bill with another amount on one line; what is owed of it stays."""
    line = bill.lines[place]
    changed = structs.replace(line, cents=cents, text=text or line.text)
    return structs.replace(bill, lines=(*bill.lines[:place], changed, *bill.lines[place + 1 :]))


def with_haul(case: Case, bill: Bill, cents: int, text: str = "") -> Bill:
    """Return a bill with another linehaul, and the fuel surcharge that follows from it."""
    changed = with_cents(bill, 0, cents, text)
    return with_cents(changed, 1, percent_of(cents, case.week.tenths))


def unpaid(bill: Bill) -> Bill:
    """Return a bill of which nothing is payable."""
    lines = tuple(structs.replace(line, payable=0) for line in bill.lines)
    return structs.replace(bill, lines=lines)

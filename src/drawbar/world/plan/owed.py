"""What is really owed for a load, in whole cents, by the world's own arithmetic.

Each line is rounded half-up on its own. The firm's rating has no part in this.
"""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.instant import Instant, local_day
from drawbar.world.plan.agreement import Agreement, Detention, End
from drawbar.world.plan.metro import METROS
from drawbar.world.truth import Owed

MINUTE = timedelta(minutes=1)


class Visit(Struct, frozen=True, kw_only=True):
    """How a stop really went: due, reached and left, to the minute."""

    number: int
    end: End
    zone: str
    due_at: Instant
    arrived_at: Instant
    departed_at: Instant


def percent_of(cents: int, tenths: int) -> int:
    """Return so many tenths of a percent of an amount, half a cent rounded up."""
    return (cents * tenths + 500) // 1000


def end_of(metro: str) -> End:
    """Return a metro as a lane names it."""
    place = METROS[metro]
    return End(place.state, place.city)


def owed(agreement: Agreement, visits: tuple[Visit, ...]) -> tuple[Owed, ...]:
    """Return all that the agreement grants for a load as it was driven."""
    first, last = visits[0], visits[-1]
    lane = agreement.lane(first.end, last.end)
    week = agreement.week(local_day(first.departed_at, first.zone))
    fuel = percent_of(lane.cents, week.tenths)
    main = (
        Owed(code=ChargeKind.LINEHAUL.value, cents=lane.cents, clause=lane.clause),
        Owed(code=ChargeKind.FUEL_SURCHARGE.value, cents=fuel, clause=week.clause),
    )
    return (*main, *_waits(agreement.detention, visits), *_stop_offs(agreement, visits))


def detention_cents(rate: Detention, visit: Visit) -> int:
    """Return what waiting at one stop costs; nothing for a truck that came beyond the grace.

    The clock runs from the later of appointment and arrival to departure; part minutes are dropped.
    """
    if visit.arrived_at > visit.due_at + rate.grace * MINUTE:
        return 0
    waited = (visit.departed_at - max(visit.due_at, visit.arrived_at)) // MINUTE
    over = waited - rate.free
    if over <= 0:
        return 0
    cents = -(-over // rate.increment) * rate.cents
    return cents if rate.cap is None else min(cents, rate.cap)


def tonu_cents(agreement: Agreement, *, due_at: Instant, cancelled_at: Instant) -> int:
    """Return what a truck costs that was cancelled at an instant; nothing for one in good time."""
    is_late = due_at - cancelled_at < timedelta(hours=agreement.tonu.hours)
    return agreement.tonu.cents if is_late else 0


def total(lines: Iterable[Owed]) -> int:
    """Return the sum in cents."""
    return sum(line.cents for line in lines)


def _waits(rate: Detention, visits: tuple[Visit, ...]) -> tuple[Owed, ...]:
    amounts = (detention_cents(rate, visit) for visit in visits)
    code = ChargeKind.DETENTION.value
    return tuple(Owed(code=code, cents=cents, clause=rate.clause) for cents in amounts if cents)


def _stop_offs(agreement: Agreement, visits: tuple[Visit, ...]) -> tuple[Owed, ...]:
    row = agreement.accessorial(ChargeKind.STOP_OFF.value)
    if row is None or row.needs_approval:
        return ()
    one = Owed(code=row.kind, cents=row.cents, clause=row.clause)
    return (one,) * (len(visits) - 2)

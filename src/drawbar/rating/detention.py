"""Detention: what waiting at a stop beyond the free time costs, and if nothing, why nothing.

The clock runs on instants, from where the contract says to the departure, so that a night on which
the clocks change is as long as it was. Times are never made up.
"""

from datetime import timedelta
from decimal import Decimal
from typing import assert_never

from msgspec import Struct

from drawbar.freight.accessorial import ClockStart, DetentionRate
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant, zone
from drawbar.freight.money import Money
from drawbar.freight.order import StopPurpose
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.grant import granted, rounded

MINUTE = timedelta(minutes=1)


class Owed(Struct, frozen=True, tag=True):
    """The stop took longer than the free time."""

    charge: AgreedCharge


class Forfeited(Struct, frozen=True, tag=True):
    """The carrier lost its claim, whatever the stop took."""

    reason: Reason
    text: str
    facts: tuple[FactKey, ...] = ()


class NotOwed(Struct, frozen=True, tag=True):
    """The stop stayed within its free time, or the contract grants no detention."""

    reason: Reason
    text: str
    facts: tuple[FactKey, ...] = ()


class NotKnown(Struct, frozen=True, tag=True):
    """The times of the stop are missing or contradict each other."""

    reason: Reason
    text: str
    remedy: str
    facts: tuple[FactKey, ...] = ()


Detention = Owed | Forfeited | NotOwed | NotKnown


def terms_at(contract: Contract, visit: Visit) -> DetentionRate | None:
    """Return the contract's terms for waiting at this stop; deliveries may have their own."""
    if visit.purpose is StopPurpose.DELIVERY and contract.detention_at_delivery is not None:
        return contract.detention_at_delivery
    return contract.detention


def detention(contract: Contract, visit: Visit, *, weight_lb: Decimal | None = None) -> Detention:
    """Return what the contract grants for waiting at one stop. Partial minutes are dropped.

    ``weight_lb`` is that of the freight, None where nobody said: free time may go by it.
    """
    rate = terms_at(contract, visit)
    if rate is None:
        text = f"{contract.contract_ref} version {contract.version} grants no detention"
        return NotOwed(reason=Reason.NOT_AUTHORISED, text=text)
    if visit.arrived_at is None:
        return _unknown(visit, "arrival at")
    grace = rate.late_grace_minutes
    if grace is not None and visit.arrived_at > visit.due_at + timedelta(minutes=grace):
        return _late(rate, visit, visit.arrived_at)
    if visit.departed_at is None:
        return _unknown(visit, "departure from")
    if visit.departed_at < visit.arrived_at:
        return _impossible(visit, visit.arrived_at, visit.departed_at)
    free = _free_minutes(rate, weight_lb)
    if free is None:
        return _weightless(rate, visit, weight_lb)
    begun_at = _begun(rate.clock, visit, visit.arrived_at)
    return _by_clock(contract, rate, visit, (begun_at, visit.departed_at), free)


def _begun(clock: ClockStart, visit: Visit, arrived_at: Instant) -> Instant:
    match clock:
        case ClockStart.LATER_OF_BOTH:
            return max(visit.due_at, arrived_at)
        case ClockStart.APPOINTMENT:
            return visit.due_at
        case ClockStart.ARRIVAL:
            return arrived_at
        case _:
            assert_never(clock)


def _free_minutes(rate: DetentionRate, weight_lb: Decimal | None) -> int | None:
    """Return the free minutes, None where they go by a weight that no row names."""
    if not rate.free_time_by_weight:
        return rate.free_time_minutes
    if weight_lb is None or weight_lb <= 0:
        return None
    rows = sorted(rate.free_time_by_weight, key=lambda row: row.from_lb)
    return next((row.minutes for row in reversed(rows) if row.from_lb <= weight_lb), None)


def _by_clock(
    contract: Contract,
    rate: DetentionRate,
    visit: Visit,
    counted: tuple[Instant, Instant],
    free: int,
) -> Detention:
    begun_at, departed_at = counted
    minutes = max((departed_at - begun_at) // MINUTE, 0)
    over = minutes - free
    clock = f"{minutes} min from {_clock(begun_at, visit)} to {_clock(departed_at, visit)}"
    if over <= 0:
        text = f"{clock} at stop {visit.stop}, {free} min are free"
        return NotOwed(reason=Reason.NO_EVENT, text=text, facts=visit.facts)
    if not _increments(rate, over):
        text = f"{clock} at stop {visit.stop}, {over} over {free} free; no full increment"
        return NotOwed(reason=Reason.NO_EVENT, text=text, facts=visit.facts)
    money, steps = _priced(contract, rate, over)
    first = Step(text=f"{clock}, {free} free", result=f"{over} min over")
    charge = Charge(kind=ChargeKind.DETENTION, money=money, stop=visit.stop)
    return Owed(
        granted(contract, charge, clause=rate.clause, steps=(first, *steps), facts=visit.facts)
    )


def _priced(contract: Contract, rate: DetentionRate, over: int) -> tuple[Money, tuple[Step, ...]]:
    increments = _increments(rate, over)
    amount = increments * rate.rate
    each = Money(rate.rate, contract.currency)
    kind = "started" if rate.or_fraction else "full"
    text = f"{increments} {kind} increments of {rate.increment_minutes} min at {each}"
    steps = [Step(text=text, result=str(rounded(amount, contract)))]
    if rate.minimum is not None and amount < rate.minimum:
        amount = rate.minimum
        least = rounded(amount, contract)
        steps.append(Step(text=f"below the minimum of {least} per stop", result=str(least)))
    if rate.cap is not None and amount > rate.cap:
        amount = rate.cap
        most = rounded(amount, contract)
        steps.append(Step(text=f"above the cap of {most} per stop", result=str(most)))
    return rounded(amount, contract), tuple(steps)


def _increments(rate: DetentionRate, over: int) -> int:
    full, begun = divmod(over, rate.increment_minutes)
    return full + (1 if begun and rate.or_fraction else 0)


def _late(rate: DetentionRate, visit: Visit, arrived_at: Instant) -> Forfeited:
    late = (arrived_at - visit.due_at) // MINUTE
    text = (
        f"arrived at stop {visit.stop} at {_clock(arrived_at, visit)}, {late} min after the"
        f" appointment of {_clock(visit.due_at, visit)}; more than {rate.late_grace_minutes} min"
        " late forfeits detention"
    )
    return Forfeited(reason=Reason.LATE_ARRIVAL, text=text, facts=visit.facts)


def _unknown(visit: Visit, what: str) -> NotKnown:
    return NotKnown(
        reason=Reason.NO_EVENT,
        text=f"nobody reported the {what} stop {visit.stop}",
        remedy=f"Report the {what} stop {visit.stop}, with its time.",
        facts=visit.facts,
    )


def _weightless(rate: DetentionRate, visit: Visit, weight_lb: Decimal | None) -> NotKnown:
    known = f"no row names {quantity(weight_lb)} lb" if weight_lb else "no weight is known"
    return NotKnown(
        reason=Reason.NO_EVENT,
        text=f"the free time at stop {visit.stop} goes by weight ({rate.clause}), and {known}",
        remedy="State the weight of the goods, and a row of free time for it.",
        facts=visit.facts,
    )


def _impossible(visit: Visit, arrived_at: Instant, departed_at: Instant) -> NotKnown:
    return NotKnown(
        reason=Reason.NO_EVENT,
        text=f"the departure from stop {visit.stop} at {_clock(departed_at, visit)} is before the"
        f" arrival at {_clock(arrived_at, visit)}",
        remedy="Correct the arrival or the departure.",
        facts=visit.facts,
    )


def _clock(moment: Instant, visit: Visit) -> str:
    """Return the time that the clock at the stop shows; with its day, where it is another day."""
    local = moment.astimezone(zone(visit.zone))
    due = visit.due_at.astimezone(zone(visit.zone))
    return f"{local:%H:%M}" if local.date() == due.date() else f"{local:%Y-%m-%d %H:%M}"

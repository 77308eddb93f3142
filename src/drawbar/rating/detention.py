"""Detention: what waiting at a stop beyond the free time costs, and if nothing, why nothing.

The clock runs from the later of appointment and arrival to departure; times are never made up.
"""

from datetime import timedelta

from msgspec import Struct

from drawbar.freight.accessorial import DetentionRate
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step
from drawbar.freight.contract import Contract
from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant, zone
from drawbar.freight.money import Money
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


def detention(contract: Contract, visit: Visit) -> Detention:
    """Return what the contract grants for waiting at one stop. Partial minutes are dropped."""
    rate = contract.detention
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
    return _by_clock(contract, rate, visit, (visit.arrived_at, visit.departed_at))


def _by_clock(
    contract: Contract, rate: DetentionRate, visit: Visit, stay: tuple[Instant, Instant]
) -> Detention:
    arrived_at, departed_at = stay
    begun_at = max(visit.due_at, arrived_at)
    minutes = max((departed_at - begun_at) // MINUTE, 0)
    over = minutes - rate.free_time_minutes
    clock = f"{minutes} min from {_clock(begun_at, visit)} to {_clock(departed_at, visit)}"
    if over <= 0:
        text = f"{clock} at stop {visit.stop}, {rate.free_time_minutes} min are free"
        return NotOwed(reason=Reason.NO_EVENT, text=text, facts=visit.facts)
    money, steps = _priced(contract, rate, over)
    first = Step(text=f"{clock}, {rate.free_time_minutes} free", result=f"{over} min over")
    charge = Charge(kind=ChargeKind.DETENTION, money=money, stop=visit.stop)
    return Owed(
        granted(contract, charge, clause=rate.clause, steps=(first, *steps), facts=visit.facts)
    )


def _priced(contract: Contract, rate: DetentionRate, over: int) -> tuple[Money, tuple[Step, ...]]:
    increments = -(-over // rate.increment_minutes)
    amount = increments * rate.rate
    each = Money(rate.rate, contract.currency)
    text = f"{increments} started increments of {rate.increment_minutes} min at {each}"
    step = Step(text=text, result=str(rounded(amount, contract)))
    if rate.cap is None or amount <= rate.cap:
        return rounded(amount, contract), (step,)
    most = rounded(rate.cap, contract)
    return most, (step, Step(text=f"above the cap of {most} per stop", result=str(most)))


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

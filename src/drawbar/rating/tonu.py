"""Truck ordered, not used: what a load that is cancelled too late still costs."""

from datetime import timedelta

from msgspec import Struct

from drawbar.freight.accessorial import TonuRate
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.rating.grant import granted, rounded


class Owed(Struct, frozen=True, tag=True):
    """The cancellation came too late, or the driver was on the way."""

    charge: AgreedCharge


class NotOwed(Struct, frozen=True, tag=True):
    """The load was cancelled in time, or the contract grants nothing for it."""

    text: str


def tonu(
    contract: Contract,
    *,
    pickup_due_at: Instant,
    cancelled_at: Instant,
    driver_dispatched: bool,
    facts: tuple[FactKey, ...] = (),
) -> Owed | NotOwed:
    """Return what is owed for a cancelled load: less than the hours before pickup, or dispatched.

    ``driver_dispatched`` says whether the driver was sent before the cancellation.
    """
    rate = contract.tonu
    if rate is None:
        return NotOwed(f"{contract.contract_ref} version {contract.version} grants no TONU")
    notice = f"cancelled {_ahead(pickup_due_at - cancelled_at)} the pickup was due"
    late = _late(rate, pickup_due_at - cancelled_at)
    if not late and not driver_dispatched:
        return NotOwed(f"{notice}, at least {quantity(rate.hours_before_pickup)} h ahead")
    because = f"less than {quantity(rate.hours_before_pickup)} h" if late else "driver dispatched"
    money = rounded(rate.amount, contract)
    steps = (Step(text=notice), Step(text=f"{because}: TONU of {money}", result=str(money)))
    charge = Charge(kind=ChargeKind.TONU, money=money)
    return Owed(granted(contract, charge, clause=rate.clause, steps=steps, facts=facts))


def _late(rate: TonuRate, notice: timedelta) -> bool:
    return notice // timedelta(microseconds=1) < rate.hours_before_pickup * 3_600_000_000


def _ahead(notice: timedelta) -> str:
    minutes = abs(notice) // timedelta(minutes=1)
    side = "before" if notice >= timedelta() else "after"
    return f"{minutes // 60} h {minutes % 60} min {side}"

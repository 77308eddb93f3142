"""A replay against what stands on file: the same, or what came in between that made it differ."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from drawbar.flow.bill_state import BillState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey
from drawbar.freight.verdict import LineVerdict


class LoadThen(Struct, frozen=True, kw_only=True):
    """What a shipment cost and earned, as far as was known."""

    shipment_ref: str
    status: str
    carrier_ref: str
    cost: tuple[AgreedCharge, ...]
    price: tuple[AgreedCharge, ...]
    accrued: Money | None


class BillThen(Struct, frozen=True, kw_only=True):
    """What a bill was worth, as far as was known."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    status: str
    payable: Money
    disputed: Money
    lines: tuple[LineVerdict, ...]


class Compared(Struct, frozen=True, kw_only=True):
    """A story as it was known, against what is on file.

    ``differences`` is empty where both are the same; ``since`` is what became known in between.
    """

    known_on: Instant
    company_version: int
    facts: int
    loads: tuple[LoadThen, ...]
    bills: tuple[BillThen, ...]
    differences: tuple[str, ...]
    since: tuple[str, ...]

    @property
    def is_identical(self) -> bool:
        """Return whether the replay says what stands on file."""
        return not self.differences


def load_then(state: ShipmentState) -> LoadThen:
    """Return a shipment as it was known."""
    return LoadThen(
        shipment_ref=state.shipment_ref,
        status=state.status.value,
        carrier_ref=state.payee_ref,
        cost=state.buy,
        price=state.sell,
        accrued=state.cost.money,
    )


def bill_then(state: BillState) -> BillThen:
    """Return a bill as it was known."""
    return BillThen(
        bill_ref=state.bill.bill_ref,
        carrier_ref=state.bill.carrier_ref,
        invoice_number=state.bill.invoice_number,
        status=state.status.value,
        payable=state.payable,
        disputed=state.disputed,
        lines=state.verdicts,
    )


def differing(then: dict[StreamKey, Any], now: dict[StreamKey, Any]) -> Iterator[str]:
    """Return what the replay says otherwise than the states on file, in the order of streams."""
    for key in sorted(now):
        before, after = then.get(key), now[key]
        match before, after:
            case ShipmentState(), ShipmentState():
                yield from _charges(key, "cost", before.buy, after.buy)
                yield from _charges(key, "price", before.sell, after.sell)
            case BillState(), BillState():
                yield from _verdicts(before, after)
            case None, ShipmentState() | BillState():
                yield f"{key} was not known."
            case _:
                pass  # what holds no money is not compared


def _charges(
    key: StreamKey, what: str, then: Iterable[AgreedCharge], now: Iterable[AgreedCharge]
) -> Iterator[str]:
    before = {one.charge_ref: one.charge.money for one in then}
    after = {one.charge_ref: one.charge.money for one in now}
    for ref in dict.fromkeys((*before, *after)):
        if before.get(ref) != after.get(ref):
            was, has = before.get(ref, "nothing"), after.get(ref, "nothing")
            yield f"{key}: {what} {ref.replace('_', ' ')} was {was}, is {has} by now."


def _verdicts(then: BillState, now: BillState) -> Iterator[str]:
    name = f"bill {now.bill.bill_ref}"
    before, after = (then.payable, then.disputed), (now.payable, now.disputed)
    if before != after:
        was = f"{then.status.value}, {then.payable} payable, {then.disputed} disputed"
        has = f"{now.status.value}, {now.payable} payable, {now.disputed} disputed"
        yield f"{name} was {was}; is {has} by now."
    lines = {one.line.number: one for one in then.verdicts}
    for one in now.verdicts:
        old = lines.get(one.line.number)
        if old is not None and (old.judgement, old.reason) != (one.judgement, one.reason):
            was, has = _judged(old), _judged(one)
            yield f"{name}, line {one.line.number} was {was}; is {has} by now."


def _judged(one: LineVerdict) -> str:
    reason = f" for {one.reason.value}" if one.reason else ""
    return f"{one.judgement.value.replace('_', ' ')}{reason}"

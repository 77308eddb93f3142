"""A bill judged again: only what is still contested is weighed; what was granted stands."""

from collections.abc import Iterable

from msgspec import structs

from drawbar.flow import tally
from drawbar.flow.bill_state import BillState
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.money import Money, total
from drawbar.freight.verdict import Judgement, LineVerdict


def still_contested(state: BillState) -> FreightBill:
    """Return the bill reduced to what of its lines is in dispute; it may have no lines left."""
    read = {line.number: line for line in state.bill.lines}
    lines = tuple(
        structs.replace(read.get(one.line.number, one.line), money=one.disputed)
        for one in state.verdicts
        if one.disputed.amount and one.line.number not in state.dropped
    )
    currency = state.bill.currency
    rest = total(
        (line.money for line in lines if line.money.currency == currency), currency=currency
    )
    return structs.replace(state.bill, lines=lines, total=rest)


def merged(
    before: tuple[LineVerdict, ...], again: Iterable[LineVerdict]
) -> tuple[LineVerdict, ...]:
    """Return the earlier verdicts with what a second look at their contested parts granted."""
    looks = {one.line.number: one for one in again}
    return tuple(_merged(old, looks.get(old.line.number)) for old in before)


def _merged(old: LineVerdict, new: LineVerdict | None) -> LineVerdict:
    if new is None or (old.payable.amount and not new.payable.amount):
        return old  # nothing more is granted: the first answer stands
    is_open = bool(new.disputed.amount)
    granted = old.payable + new.payable
    judgement = new.judgement
    if old.payable.amount:
        judgement = Judgement.SHORT_PAID if is_open else Judgement.PAYABLE
    return structs.replace(
        new,
        line=structs.replace(new.line, money=old.line.money),
        covered=old.covered,
        judgement=judgement,
        payable=granted,
        claimed=_both(old.claimed, new.claimed),
        tolerated=_both(old.tolerated, new.tolerated),
        uses=tally.plus(old.uses, new.uses),
        log=(*old.log, *new.log),
    )


def _both(one: Money | None, other: Money | None) -> Money | None:
    if one is None or other is None:
        return one or other
    return one + other

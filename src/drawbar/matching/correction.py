"""Whether a bill replaces an earlier one of the same load, and what is left to pay of it then.

A corrected bill asks for all of it again; only the difference is owed. It says so itself, or bears
the earlier number, with or without a mark for a correction, and every kind of charge again.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total, zero
from drawbar.freight.reference import Reference, ReferenceKind, normalise
from drawbar.freight.verdict import LineVerdict
from drawbar.matching.duplicate import EarlierBill

MARKS = ("CORR", "COR", "REV", "C", "A", "R")
"""Endings by which carriers mark a corrected invoice, after the number of the first one."""

Answered = Mapping[tuple[ChargeKind, int], Decimal]
"""What an earlier bill was paid for each kind and stop."""


class Difference(Struct, frozen=True, kw_only=True):
    """A corrected bill as it is judged: ``bill`` asks for what is new, below zero for what is less.

    ``whole`` are its lines as billed, with a line of zero for what it asks no more; ``covered`` is
    what the earlier bill was paid of each line, by line number.
    """

    bill: FreightBill
    whole: tuple[BillLine, ...]
    covered: dict[int, Money]


def numbers_meant(bill: FreightBill) -> tuple[Reference, ...]:
    """Return the carrier's numbers under which the bill that it replaces may stand."""
    own = _plain(bill.invoice_number)
    stripped = [own[: -len(mark)] for mark in MARKS if own.endswith(mark) and own != mark]
    return tuple(
        Reference(ReferenceKind.CARRIER_INVOICE, number, bill.carrier_ref)
        for number in dict.fromkeys([bill.corrects, own, *stripped])
        if number
    )


def replaced(
    bill: FreightBill, *, shipment_ref: str, earlier: tuple[EarlierBill, ...]
) -> EarlierBill | None:
    """Return the newest earlier bill of the load that ``bill`` replaces, None where it is new."""
    meant = {_plain(one.value) for one in numbers_meant(bill)}
    for other in reversed(earlier):
        is_alike = other.carrier_ref == bill.carrier_ref and other.shipment_ref == shipment_ref
        if not is_alike or other.bill_ref == bill.bill_ref:
            continue
        number = _plain(other.invoice_number)
        if bill.corrects:
            if number == _plain(bill.corrects):
                return other
        elif number in meant and _kinds(other.lines) <= _kinds(bill.lines):
            return other
    return None


def says_so(bill: FreightBill, other: EarlierBill) -> bool:
    """Return whether the bill itself says that it replaces the other: by word or by its number."""
    return bool(bill.corrects) or _plain(bill.invoice_number) != _plain(other.invoice_number)


def difference(bill: FreightBill, answered: Answered) -> Difference:
    """Return the bill less what the earlier one was ``answered`` with, kind by kind."""
    left = dict(answered)
    covered: defaultdict[int, Decimal] = defaultdict(Decimal)
    for line in bill.lines:
        for key in _keys(line, left):
            part = min(left[key], max(line.money.amount - covered[line.number], _ZERO))
            covered[line.number] += part
            left[key] -= part
    whole = list(bill.lines)
    for (kind, stop), rest in sorted(left.items()):
        if rest:
            covered[_line_for(whole, kind, stop, bill).number] += rest
    moneys = {number: Money(amount, bill.currency) for number, amount in covered.items() if amount}
    nothing = zero(bill.currency)
    lines = tuple(
        structs.replace(line, money=line.money - moneys.get(line.number, nothing)) for line in whole
    )
    asked = structs.replace(
        bill, lines=lines, total=total((one.money for one in lines), currency=bill.currency)
    )
    return Difference(bill=asked, whole=tuple(whole), covered=moneys)


def restored(verdicts: tuple[LineVerdict, ...], told: Difference) -> tuple[LineVerdict, ...]:
    """Return the verdicts on the lines as they were billed, each with what covers it already."""
    lines = {line.number: line for line in told.whole}
    return tuple(
        structs.replace(
            one,
            line=lines[one.line.number],
            covered=told.covered.get(one.line.number),
            text=_told(one, told),
        )
        for one in verdicts
    )


_ZERO = Decimal(0)


def _told(verdict: LineVerdict, told: Difference) -> str:
    covered = told.covered.get(verdict.line.number)
    if covered is None:
        return verdict.text
    return f"{verdict.text} {covered} of it was paid on the bill that this one replaces."


def _keys(line: BillLine, left: Answered) -> list[tuple[ChargeKind, int]]:
    """Return what of the earlier bill a line stands for; a stop of 0, here or there, fits any."""
    fitting = (
        key
        for key in left
        if key[0] is line.kind and (0 in {key[1], line.stop} or key[1] == line.stop)
    )
    return sorted(fitting, key=lambda key: (key[1] != line.stop, key[1]))


def _line_for(whole: list[BillLine], kind: ChargeKind, stop: int, bill: FreightBill) -> BillLine:
    """Return the line that a charge withdrawn in part is told on, a new one of zero for none."""
    for line in reversed(whole):
        if line.kind is kind and (0 in {stop, line.stop} or stop == line.stop):
            return line
    number = max((one.number for one in whole), default=0) + 1
    new = BillLine(
        number=number,
        kind=kind,
        money=Money(_ZERO, bill.currency),
        stop=stop,
        text="asked no more by the corrected bill",
    )
    whole.append(new)
    return new


def _kinds(lines: tuple[BillLine, ...]) -> set[ChargeKind]:
    return {line.kind for line in lines}


def _plain(number: str) -> str:
    return normalise(Reference(ReferenceKind.CARRIER_INVOICE, number)).value

"""Whether a carrier has sent this bill before, under the same number or another.

Supplements, corrections and one number on many loads are not duplicates; what is agreed is used up
line by line anyway, so nothing is paid twice where this decision lets a bill pass.
"""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind, normalise

Sums = dict[tuple[ChargeKind, int, str], Decimal]


class EarlierBill(Struct, frozen=True, kw_only=True):
    """A bill that stands: it was not refused as a whole. Only what comparing needs."""

    bill_ref: str
    carrier_ref: str
    shipment_ref: str
    invoice_number: str
    lines: tuple[BillLine, ...]
    total: Money
    received_at: Instant | None = None
    billed_on: date | None = None


class Fresh(Struct, frozen=True, tag=True):
    """Not sent before."""


class DuplicateOf(Struct, frozen=True, tag=True):
    """The same charges of the same carrier for the same shipment."""

    bill_ref: str
    text: str


def remembered(
    bill: FreightBill, *, shipment_ref: str, received_at: Instant | None = None
) -> EarlierBill:
    """Return what later bills are compared with."""
    return EarlierBill(
        bill_ref=bill.bill_ref,
        carrier_ref=bill.carrier_ref,
        shipment_ref=shipment_ref,
        invoice_number=bill.invoice_number,
        lines=bill.lines,
        total=bill.total,
        received_at=received_at,
        billed_on=bill.billed_on,
    )


def same_bill(
    bill: FreightBill, *, shipment_ref: str, earlier: tuple[EarlierBill, ...]
) -> Fresh | DuplicateOf:
    """Return the first of ``earlier`` that ``bill`` repeats.

    Equal are carrier, shipment, total and what is billed per kind and stop. Under another invoice
    number only a bill with linehaul counts: two stops may well have cost the same detention.
    """
    for other in earlier:
        if other.bill_ref == bill.bill_ref or other.carrier_ref != bill.carrier_ref:
            continue
        if other.shipment_ref == shipment_ref and _repeats(bill, other):
            return DuplicateOf(other.bill_ref, _said(bill, other))
    return Fresh()


def _repeats(bill: FreightBill, other: EarlierBill) -> bool:
    if bill.total != other.total or not _alike(bill.lines, other.lines):
        return False
    same_number = _number(bill) == _number(other)
    return same_number or any(line.kind is ChargeKind.LINEHAUL for line in bill.lines)


def _number(bill: FreightBill | EarlierBill) -> str:
    return normalise(Reference(ReferenceKind.CARRIER_INVOICE, bill.invoice_number)).value


def _alike(lines: tuple[BillLine, ...], others: tuple[BillLine, ...]) -> bool:
    """Compare sums per kind and stop; where one bill names no stop of a kind, sums per kind."""
    one, two = _sums(lines), _sums(others)
    vague = {kind for sums in (one, two) for kind, stop, _ in sums if stop == 0}
    return _blurred(one, vague) == _blurred(two, vague)


def _sums(lines: tuple[BillLine, ...]) -> Sums:
    sums: Sums = {}
    for line in lines:
        key = (line.kind, line.stop, line.money.currency)
        sums[key] = sums.get(key, Decimal(0)) + line.money.amount
    return sums


def _blurred(sums: Sums, vague: set[ChargeKind]) -> Sums:
    blurred: Sums = {}
    for (kind, stop, currency), amount in sums.items():
        key = (kind, 0 if kind in vague else stop, currency)
        blurred[key] = blurred.get(key, Decimal(0)) + amount
    return {key: amount for key, amount in blurred.items() if amount}


def _said(bill: FreightBill, other: EarlierBill) -> str:
    return (
        f"Invoice {bill.invoice_number} of {bill.carrier_ref} over {bill.total} repeats invoice"
        f" {other.invoice_number} ({other.bill_ref}) for {other.shipment_ref}."
    )

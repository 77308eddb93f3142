"""Whether a bill adds up: what its header says against the sum of its lines."""

from msgspec import Struct

from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.money import Money, total


class Foots(Struct, frozen=True, tag=True):
    """Header and lines agree to the cent."""


class Differs(Struct, frozen=True, tag=True):
    """They do not agree. ``expected`` is what the header says, ``actual`` what the lines come to.

    Lines in another currency than the header are not part of ``actual``.
    """

    expected: Money
    actual: Money
    text: str


def control_total(bill: FreightBill) -> Foots | Differs:
    """Return whether the bill, and the document that it came in, add up."""
    currency = bill.total.currency
    strange = [line for line in bill.lines if line.money.currency != currency]
    alike = (line.money for line in bill.lines if line.money.currency == currency)
    actual = total(alike, currency=currency)
    if strange:
        said = ", ".join(f"line {line.number} {line.money}" for line in strange)
        return Differs(bill.total, actual, f"The header is in {currency}, but {said}.")
    if actual != bill.total:
        text = f"The header says {bill.total}, the lines come to {actual}."
        return Differs(bill.total, actual, text)
    return _document(bill)


def _document(bill: FreightBill) -> Foots | Differs:
    said, lines = bill.document_total, bill.document_lines_total
    if said is None or lines is None or said == lines:
        return Foots()
    text = f"The document says {said}, all of its lines come to {lines}."
    return Differs(said, lines, text)

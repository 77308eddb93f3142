"""Write a remittance advice as an 820, with amounts in units and a decimal point.

Source: X12 transaction set 820, release 004010: BPR, TRN, RMR and ADX, restated. It is a notice
beside the payment (BPR01 "I"); the bank is instructed by a message of its own.
"""

from collections.abc import Iterator
from decimal import Decimal

from drawbar.edi.remittance import Remittance, RemittanceLine
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import write_date
from drawbar.edi.x12.wrap import Body

ADJUSTED = "CS"


class RemittanceDoesNotFoot(ValueError):
    """The lines of a remittance do not come to its total. Whoever made it has to look."""


def build_remittance(told: Remittance) -> Body:
    """Return the segments of an 820. Raise ``RemittanceDoesNotFoot``."""
    _refuse_what_does_not_foot(told)
    return Body("820", tuple(_build(told)))


def _refuse_what_does_not_foot(told: Remittance) -> None:
    for line in told.lines:
        if line.billed + line.adjustment - line.discount != line.paid:
            raise RemittanceDoesNotFoot(f"invoice {line.invoice_number} does not come to its sum")
    paid = sum((line.paid for line in told.lines), start=Decimal(0))
    taken = sum((one.money for one in told.claims), start=Decimal(0))
    if paid - taken != told.total:
        raise RemittanceDoesNotFoot(f"{paid} less {taken} is not {told.total}")


def _build(told: Remittance) -> Iterator[Segment]:
    how = "ACH" if told.total else "NON"
    yield segment("BPR", "I", f"{told.total:f}", "C", how, *[""] * 11, write_date(told.paid_on))
    yield segment("TRN", "1", told.reference)
    yield segment("CUR", "PR", told.currency)
    yield segment("DTM", "097", write_date(told.paid_on))
    yield segment("N1", "PR", told.payer)
    yield segment("N1", "PE", told.payee, "ZZ", told.payee_id)
    yield segment("ENT", "1")
    for one in told.claims:
        yield segment("ADX", f"{-one.money:f}", ADJUSTED)
        yield segment("REF", "CM", one.claim)
    for line in told.lines:
        yield from _line(line)


def _line(line: RemittanceLine) -> Iterator[Segment]:
    kept = f"{line.discount:f}" if line.discount else ""
    sums = (f"{line.paid:f}", f"{line.billed:f}", kept)
    yield segment("RMR", "IV", line.invoice_number, "", *sums)
    if line.pro:
        yield segment("REF", "CN", line.pro)
    if line.shipment_id:
        yield segment("REF", "SI", line.shipment_id)
    if line.adjustment:
        yield segment("ADX", f"{line.adjustment:f}", ADJUSTED)

"""From a set to what it says, and from what we say to a set."""

from typing import assert_never

from msgspec import Struct

from drawbar.edi.acknowledgement import Acknowledgement
from drawbar.edi.application_advice import ApplicationAdvice
from drawbar.edi.document import TransactionSet
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.freight_invoice import FreightInvoice
from drawbar.edi.load_tender import LoadTender
from drawbar.edi.meaning import found
from drawbar.edi.remittance_advice import RemittanceAdvice
from drawbar.edi.shipment_status import ShipmentStatus
from drawbar.edi.tender_answer import TenderAnswer
from drawbar.edi.warehouse import WarehouseOrder, WarehouseShipment
from drawbar.edi.x12.build_204 import build_load_tender
from drawbar.edi.x12.build_210 import build_freight_invoice
from drawbar.edi.x12.check import structured
from drawbar.edi.x12.footing import footing, remittance_footing
from drawbar.edi.x12.release import release_for
from drawbar.edi.x12.set_204 import parse_load_tender
from drawbar.edi.x12.set_210 import parse_freight_invoice
from drawbar.edi.x12.set_214 import build_shipment_status, parse_shipment_status
from drawbar.edi.x12.set_820 import build_remittance_advice, parse_remittance_advice
from drawbar.edi.x12.set_824 import build_application_advice, parse_application_advice
from drawbar.edi.x12.set_940 import build_warehouse_order, parse_warehouse_order
from drawbar.edi.x12.set_945 import build_warehouse_shipment, parse_warehouse_shipment
from drawbar.edi.x12.set_990 import build_tender_answer, parse_tender_answer
from drawbar.edi.x12.set_997 import build_acknowledgement, parse_acknowledgement
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body


class Unparsed(Struct, frozen=True):
    """A set that we have no typed form for. Its segments are in the set that was given."""

    code: str


Typed = (
    LoadTender
    | TenderAnswer
    | ShipmentStatus
    | FreightInvoice
    | Acknowledgement
    | RemittanceAdvice
    | ApplicationAdvice
    | WarehouseOrder
    | WarehouseShipment
)


def parse(
    item: TransactionSet, *, references_reversed: bool = False
) -> tuple[Typed | Unparsed, tuple[Finding, ...]]:
    """Return what a set says, and what is wrong with it by its definition.

    ``references_reversed``: this partner writes the qualifier of an L11 first. Without it a
    reference that looks reversed is a finding, and stays as it is.
    """
    root, findings = structured(item)
    if not references_reversed:
        findings += _reversed_references(item)
    match item.code:
        case "204":
            return parse_load_tender(root, is_reversed=references_reversed), findings
        case "990":
            return parse_tender_answer(root, is_reversed=references_reversed), findings
        case "214":
            return parse_shipment_status(root, is_reversed=references_reversed), findings
        case "210":
            return _parse_invoice(root, findings, is_reversed=references_reversed)
        case "997" | "999":
            return parse_acknowledgement(root, component=item.dialect.component), findings
        case _:
            return _parse_business(item, root, findings)


def _parse_business(
    item: TransactionSet, root: Loop, findings: tuple[Finding, ...]
) -> tuple[Typed | Unparsed, tuple[Finding, ...]]:
    """Return what a set of money, goods or advice says; references in them are never reversed."""
    match item.code:
        case "820":
            advice = parse_remittance_advice(root)
            return advice, (*findings, *remittance_footing(advice, root))
        case "824":
            return parse_application_advice(root), findings
        case "940":
            return parse_warehouse_order(root), findings
        case "945":
            return parse_warehouse_shipment(root), findings
        case _:
            return Unparsed(item.code), findings


def build(typed: Typed, *, component: str = ":") -> Body:
    """Return the segments that say it, without ST and SE: ``wrap`` adds envelopes and counts.

    ``component`` is the separator inside elements of the dialect it will be written in.
    """
    match typed:
        case LoadTender():
            return build_load_tender(typed)
        case TenderAnswer():
            return build_tender_answer(typed)
        case ShipmentStatus():
            return build_shipment_status(typed)
        case FreightInvoice():
            return build_freight_invoice(typed)
        case Acknowledgement():
            return build_acknowledgement(typed, component=component)
        case RemittanceAdvice():
            return build_remittance_advice(typed)
        case ApplicationAdvice():
            return build_application_advice(typed)
        case WarehouseOrder():
            return build_warehouse_order(typed)
        case WarehouseShipment():
            return build_warehouse_shipment(typed)
        case _:
            assert_never(typed)


def _parse_invoice(
    root: Loop, findings: tuple[Finding, ...], *, is_reversed: bool
) -> tuple[FreightInvoice, tuple[Finding, ...]]:
    invoice = parse_freight_invoice(root, is_reversed=is_reversed)
    return invoice, (*findings, *footing(invoice, root))


def _reversed_references(item: TransactionSet) -> tuple[Finding, ...]:
    """Name each reference whose value is a known qualifier, and whose qualifier is none."""
    known = release_for(item.version).codes["reference"]
    return tuple(
        found(FindingCode.REFERENCE_REVERSED, each, 1, actual=" ".join(each.elements[:2]))
        for each in item.segments
        if (each.tag == "L11" and each.get(1) in known and each.get(2) not in known)
        or (each.tag == "N9" and each.get(2) in known and each.get(1) not in known)
        if each.get(1) and each.get(2)
    )

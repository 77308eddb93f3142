"""The names by which a freight bill is found, and its shipment through it."""

from msgspec import structs

from drawbar.flow import names
from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, Naming
from drawbar.flow.needs import bill, shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.reference import Reference, ReferenceKind


def own_names(billed: FreightBill, company: Company) -> tuple[Naming, ...]:
    """Return the namings of a bill: our number for it, the carrier's, and all that it mentions."""
    said = tuple(
        structs.replace(one, party=billed.carrier_ref) if not one.party else one
        for one in billed.references
    )
    return names.named(bill(billed.bill_ref), (*_numbers(billed), *said), company=company)


def names_of_load(billed: FreightBill, load: ShipmentState, company: Company) -> Decision:
    """Let the shipment be found by the bill's numbers too, and by the carrier's PRO on it."""
    pros = tuple(
        Reference(ReferenceKind.PRO, one.value, billed.carrier_ref)
        for one in billed.references
        if one.kind is ReferenceKind.PRO
    )
    stream = shipment(load.shipment_ref)
    return Decision(names=names.named(stream, (*_numbers(billed), *pros), company=company))


def numbers_of_load(billed: FreightBill, load: ShipmentState, company: Company) -> Decision:
    """Let the shipment be found by the bill's own numbers alone: a person said that it is meant.

    What else the bill mentions may be what was wrong with it.
    """
    stream = shipment(load.shipment_ref)
    return Decision(names=names.named(stream, _numbers(billed), company=company))


def _numbers(billed: FreightBill) -> tuple[Reference, ...]:
    return (
        Reference(ReferenceKind.BILL, billed.bill_ref),
        Reference(ReferenceKind.CARRIER_INVOICE, billed.invoice_number, billed.carrier_ref),
    )

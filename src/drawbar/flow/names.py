"""Names under which a story is found from now on."""

from collections.abc import Iterable

from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, Naming
from drawbar.flow.needs import order, shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.order import Order
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey


def named(
    stream: StreamKey, references: Iterable[Reference], *, company: Company
) -> tuple[Naming, ...]:
    """Return the namings that make ``stream`` found by each of the references."""
    return tuple(
        Naming(key=company.key_of(reference), stream=stream, spelled=reference.value)
        for reference in references
    )


def of_order(placed: Order, shipment_ref: str, *, company: Company) -> tuple[Naming, ...]:
    """Return the namings of an order: it is found by the names of its shipment too."""
    return named(order(placed.order_ref), _of_both(placed, shipment_ref), company=company)


def of_load(placed: Order, shipment_ref: str, *, company: Company) -> tuple[Naming, ...]:
    """Return the namings of an order's shipment, once it exists: by the names of the order too."""
    return named(shipment(shipment_ref), _of_both(placed, shipment_ref), company=company)


def _of_both(placed: Order, shipment_ref: str) -> tuple[Reference, ...]:
    return (
        Reference(ReferenceKind.ORDER, placed.order_ref),
        Reference(ReferenceKind.SHIPMENT, shipment_ref),
        *placed.references,
    )


def of_shipment(
    shipment_ref: str, kind: ReferenceKind, value: str, *, party: str = "", company: Company
) -> tuple[Naming, ...]:
    """Return the naming of a shipment by one more reference."""
    return named(shipment(shipment_ref), (Reference(kind, value, party),), company=company)


def of_carrier(
    references: Iterable[Reference], load: ShipmentState, said_by: str, *, company: Company
) -> Decision:
    """Let a load be found by the PRO that the carrier which has it uses for it."""
    if said_by != load.payee_ref:
        return NOTHING
    pros = (
        Reference(ReferenceKind.PRO, one.value, said_by)
        for one in references
        if one.kind is ReferenceKind.PRO
    )
    return Decision(names=named(shipment(load.shipment_ref), pros, company=company))

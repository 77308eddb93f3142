"""Which shipments come on one invoice: those of one group and currency, so many at most.

Nothing is left out, nothing comes twice, and the order in which shipments got ready is no matter.
"""

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from drawbar.freight.billing_terms import BillingTerms, InvoiceGroup, InvoicePer
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.invoice import InvoicedShipment
from drawbar.freight.reference import ReferenceKind


class Billable(Struct, frozen=True, kw_only=True):
    """A shipment that may be invoiced now, with its lines, which are in one currency."""

    about: InvoicedShipment
    lines: tuple[AgreedCharge, ...]

    @property
    def currency(self) -> str:
        """Return the currency of its lines."""
        return self.lines[0].charge.money.currency


class Bundle(Struct, frozen=True, kw_only=True):
    """The shipments of one invoice; ``group`` says what they have in common, empty for all."""

    group: str
    currency: str
    shipments: tuple[Billable, ...]


def bundles(shipments: Iterable[Billable], terms: BillingTerms) -> tuple[Bundle, ...]:
    """Return the shipments by group, currency and reference, cut where an invoice grows too long.

    A customer who is invoiced shipment by shipment gets one bundle for each.
    """
    alone = terms.per is InvoicePer.SHIPMENT
    ordered = sorted(shipments, key=lambda one: _place(one, terms))
    found: list[Bundle] = []
    for (group, currency), some in groupby(ordered, key=lambda one: _place(one, terms)[:2]):
        parts = _cut(tuple(some), 1 if alone else terms.shipments_max)
        found += [Bundle(group=group, currency=currency, shipments=part) for part in parts]
    return tuple(found)


def _cut(shipments: tuple[Billable, ...], most: int) -> Iterable[tuple[Billable, ...]]:
    return (shipments[at : at + most] for at in range(0, len(shipments), most))


def _place(one: Billable, terms: BillingTerms) -> tuple[str, str, str]:
    return group_of(one.about, terms.by), one.currency, one.about.shipment_ref


def group_of(about: InvoicedShipment, by: InvoiceGroup) -> str:
    """Return what groups a shipment; empty where all go together or it has no such name."""
    match by:
        case InvoiceGroup.CUSTOMER:
            return ""
        case InvoiceGroup.PO:
            names = {one.value for one in about.references if one.kind is ReferenceKind.PO}
            return ", ".join(sorted(names))
        case InvoiceGroup.ORIGIN:
            return about.origin
        case InvoiceGroup.DESTINATION:
            return about.destination

"""Releasing invoices: what is ready gets the next number of its series, once, and is posted.

Whatever is not ready any more waits with its reasons; it never holds back the others.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from drawbar.billing.grouping import Billable, Bundle, bundles
from drawbar.billing.invoice import Heading, invoice
from drawbar.billing.readiness import Ready, ready
from drawbar.billing.series import invoice_series
from drawbar.flow import account
from drawbar.flow.company import Company
from drawbar.flow.conclusion import concluded, standing
from drawbar.flow.customer_invoice import SeriesState
from drawbar.flow.customer_invoice_posting import booked
from drawbar.flow.decision import Decision, Known, joined
from drawbar.flow.invoice_needs import number_series
from drawbar.flow.needs import customer, shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.invoice import (
    CustomerInvoice,
    InvoicedShipment,
    InvoiceKind,
    InvoicePeriod,
)
from drawbar.freight.party import Customer

Loads = dict[str, ShipmentState]


class Wish(Struct, frozen=True, kw_only=True):
    """What is to be invoiced, to whom, and as what; ``replaces`` is the invoice it stands for."""

    payer: Customer
    loads: tuple[ShipmentState, ...]
    period: InvoicePeriod | None = None
    replaces: str = ""


def released(wish: Wish, fact: Fact, known: Known, company: Company) -> Decision:
    """Return the invoices of all that is ready, and the rest waiting with its reasons."""
    done = Decision()
    fit: list[Billable] = []
    loads: Loads = {}
    for load in wish.loads:
        found = _judged(load, wish.payer, fact.learned_at, company)
        if isinstance(found, ShipmentState):
            done = joined(done, Decision(states={shipment(load.shipment_ref): found}))
        else:
            fit.append(found)
            loads[load.shipment_ref] = load
    for bundle in bundles(fit, wish.payer.billing):
        now = structs.replace(known, states=known.states | done.states)
        done = joined(done, _one(bundle, loads, wish, fact, now, company))
    return done


def _judged(
    load: ShipmentState, payer: Customer, now: Instant, company: Company
) -> Billable | ShipmentState:
    """Return the shipment as an invoice shows it, or waiting: something came since the wish."""
    lines = supplement(load)
    seen = concluded(load, company)
    outcome = ready(standing(load, seen, company), customer=payer, sell_charges=lines, now=now)
    if isinstance(outcome, Ready):
        return Billable(about=about(load, company), lines=lines)
    blocks = getattr(outcome, "reasons", ())
    return structs.replace(load, invoice_asked=False, invoice_period=None, invoice_blocks=blocks)


def about(load: ShipmentState, company: Company) -> InvoicedShipment:
    """Return what an invoice tells about a shipment."""
    placed = load.order
    delivered_at = concluded(load, company).delivered_at
    zone = placed.delivery.place.zone
    return InvoicedShipment(
        shipment_ref=load.shipment_ref,
        order_ref=placed.order_ref,
        references=placed.references,
        origin=placed.pickup.place.label,
        destination=placed.delivery.place.label,
        delivered_on=local_day(delivered_at, zone) if delivered_at else None,
    )


def _one(
    bundle: Bundle, loads: Loads, wish: Wish, fact: Fact, known: Known, company: Company
) -> Decision:
    """Return one invoice with the next number of its series, counted and booked."""
    series = invoice_series(wish.payer.billing, bundle.currency)
    key = number_series(series)
    number = known.states.get(key, SeriesState()).last + 1
    meant = [loads[one.about.shipment_ref] for one in bundle.shipments]
    heading = Heading(
        number=number,
        series=series,
        on=local_day(fact.learned_at, wish.payer.billing.zone or company.zone),
        kind=_kind(meant, wish),
        period=wish.period,
        replaces=wish.replaces,
    )
    made = invoice(heading, customer=wish.payer, bundle=bundle)
    return joined(
        Decision(states={key: SeriesState(last=number)}),
        _counted(made, meant, known, company),
        booked(made, meant, company),
    )


def _kind(loads: Iterable[ShipmentState], wish: Wish) -> InvoiceKind:
    if wish.replaces:
        return InvoiceKind.REBILL
    late_only = all(load.invoice_refs for load in loads)
    return InvoiceKind.SUPPLEMENT if late_only else InvoiceKind.INVOICE


def _counted(
    made: CustomerInvoice, loads: Sequence[ShipmentState], known: Known, company: Company
) -> Decision:
    """Put the invoice in the place of its orders on the customer's account."""
    used = account.account_of(made.customer_ref, known, currency=company.currency)
    for load in loads:
        used = account.without_order(used, load.order.order_ref)
    billed = account.with_invoice(used, made.invoice_ref, made.total)
    return Decision(states={customer(made.customer_ref): billed})

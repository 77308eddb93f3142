"""Consolidated invoices: what gets ready in a period waits for its end, and is invoiced together.

The end is a fact that comes when it is due. What is not ready by then rolls on to the next period.
"""

from msgspec import structs

from drawbar.billing.period import period_of
from drawbar.flow import account
from drawbar.flow.company import Company
from drawbar.flow.customer_invoice_release import Wish, released
from drawbar.flow.decision import Deadline, Decision, Known, Naming, joined
from drawbar.flow.invoice_needs import period_key
from drawbar.flow.needs import customer, shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.billing_terms import Release
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.invoice import InvoicePeriod, InvoicePeriodEnded
from drawbar.freight.party import Customer


def waits(
    load: ShipmentState, payer: Customer, fact: Fact, known: Known, company: Company
) -> Decision:
    """Let a shipment that is ready wait for the end of the period, which is then due."""
    used = account.account_of(payer.customer_ref, known, currency=company.currency)
    period = period_of(
        payer.billing, fact.learned_at, zone_name=company.zone, after=used.invoiced_until
    )
    stream = shipment(load.shipment_ref)
    key = period_key(payer.customer_ref, period)
    note = f"Ready to be invoiced; the period of {payer.customer_ref} ends {_said(period)}"
    return Decision(
        states={stream: structs.replace(load, invoice_asked=True, invoice_period=period)},
        names=(Naming(key=key, stream=stream, spelled=key.value),),
        deadlines=(_due(payer.customer_ref, period, fact),),
        notes=((stream, note),),
    )


def ended(fact: InvoicePeriodEnded, known: Known, company: Company) -> Decision:
    """Invoice all that waited for the end of a period; by hand, it only waits on."""
    used = account.account_of(fact.customer_ref, known, currency=company.currency)
    over = structs.replace(used, invoiced_until=fact.period.until)
    closed = Decision(states={customer(fact.customer_ref): over})
    payer = company.customers.get(fact.customer_ref)
    if payer is None or payer.billing.release is Release.BY_HAND:
        return closed
    now = structs.replace(known, states=known.states | closed.states)
    wish = Wish(payer=payer, loads=_waiting(fact, known), period=fact.period)
    return joined(closed, released(wish, fact, now, company)) if wish.loads else closed


def _waiting(fact: InvoicePeriodEnded, known: Known) -> tuple[ShipmentState, ...]:
    """Return the shipments that still wait for this very period."""
    found = known.found.get(period_key(fact.customer_ref, fact.period), ())
    loads = (known.states.get(key) for key in found)
    return tuple(
        one
        for one in loads
        if isinstance(one, ShipmentState)
        and one.invoice_period == fact.period
        and one.order.customer_ref == fact.customer_ref
    )


def _due(customer_ref: str, period: InvoicePeriod, fact: Fact) -> Deadline:
    until = period.until
    return Deadline(
        stream=customer(customer_ref),
        name=f"invoice_period:{until:%Y%m%dT%H%M%S}",  # stored
        due_at=until,
        fact=InvoicePeriodEnded(
            key=key_for(InvoicePeriodEnded.__name__, customer_ref, f"{until:%Y%m%dT%H%M%S}"),
            happened_at=until,
            learned_at=until,
            lineage=fact.lineage,
            customer_ref=customer_ref,
            period=period,
        ),
    )


def _said(period: InvoicePeriod) -> str:
    return f"{period.until:%Y-%m-%d %H:%M} UTC"

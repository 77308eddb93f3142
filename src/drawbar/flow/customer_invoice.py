"""The customer's invoice: released once, with the next number, and followed until it is paid."""

from msgspec import Struct, structs

from drawbar.billing.invoice import invoice
from drawbar.billing.readiness import Ready, ready
from drawbar.flow import account, document
from drawbar.flow.company import Company
from drawbar.flow.conclusion import concluded, standing
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, Naming, joined
from drawbar.flow.document import Documents
from drawbar.flow.needs import INVOICE_SERIES, customer, shipment
from drawbar.flow.needs import invoice as invoice_stream
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import Accrual, ShipmentState
from drawbar.flow.supplement import supplement, with_invoiced
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import PostInvoice
from drawbar.freight.instant import local_day
from drawbar.freight.invoice import CustomerInvoice, InvoicePaid, InvoiceReady
from drawbar.freight.money import Money, zero
from drawbar.freight.order import CustomerPaid
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.subledger.booking import Booking
from drawbar.subledger.revenue import receive_payment, release_invoice


class InvoiceState(Struct, frozen=True, kw_only=True):
    """A released invoice, what was paid of it, and its document in the ERP."""

    invoice: CustomerInvoice
    paid: Money
    payments: int = 0
    documents: Documents = ()

    @property
    def status(self) -> str:
        """Return "released", "partly_paid" or "paid": by amounts, never by a date."""
        if self.paid.amount >= self.invoice.total.amount:
            return "paid"
        return "partly_paid" if self.paid.amount else "released"


class SeriesState(Struct, frozen=True, kw_only=True):
    """The last number given out; the next is one more, so there is never a gap."""

    last: int = 0


def decide(fact: InvoiceReady, known: Known, company: Company) -> Decision:
    """Release the invoice of a shipment with the next number of the series."""
    state = known.states.get(shipment(fact.shipment_ref))
    payer = company.customers.get(fact.customer_ref)
    assert isinstance(state, ShipmentState)
    assert payer is not None
    lines = supplement(state)
    outcome = ready(standing(state, concluded(state, company)), customer=payer, sell_charges=lines)
    if not isinstance(outcome, Ready):
        waits = structs.replace(state, invoice_asked=False)  # something came since the wish
        return Decision(states={shipment(state.shipment_ref): waits})
    series = known.states.get(INVOICE_SERIES, SeriesState())
    number = series.last + 1
    released = invoice(
        number=number,
        customer=payer,
        shipment_ref=state.shipment_ref,
        lines=lines,
        on=local_day(fact.learned_at, company.zone),
    )
    return joined(
        Decision(states={INVOICE_SERIES: SeriesState(last=number)}),
        _counted(released, state, known, company),
        _booked(released, state, company),
    )


def _counted(
    released: CustomerInvoice, state: ShipmentState, known: Known, company: Company
) -> Decision:
    used = account.account_of(released.customer_ref, known, currency=company.currency)
    billed = account.invoiced(
        used,
        order_ref=state.order.order_ref,
        invoice_ref=released.invoice_ref,
        amount=released.total,
    )
    return Decision(states={customer(released.customer_ref): billed})


def _booked(released: CustomerInvoice, state: ShipmentState, company: Company) -> Decision:
    """Return invoice, entry and delivery, and the shipment that bears its number."""
    ref = released.invoice_ref
    stream = invoice_stream(ref)
    nothing = zero(released.total.currency)
    booking = Booking(
        about=stream,
        shipment_ref=state.shipment_ref,
        document_on=released.invoiced_on,
        revision=1,
        text=f"Invoice {ref} for {state.shipment_ref}",
    )
    accrued = state.revenue.money or nothing
    (entry,) = release_invoice(booking, invoiced=released.total, accrued=accrued, stays=nothing)
    kept = InvoiceState(
        invoice=released,
        paid=nothing,
        documents=document.expected((), business_key=ref, amount=document.debits(entry)),
    )
    billed = structs.replace(
        state,
        invoice_refs=(*state.invoice_refs, ref),
        invoiced=with_invoiced(state, released.lines),
        invoice_asked=False,
        revenue=Accrual(money=nothing, entry_ref=state.revenue.entry_ref),
    )
    name = ReferenceKey(ReferenceKind.INVOICE, ref)
    bearers = (stream, shipment(state.shipment_ref))
    note = f"Invoice {ref} over {released.total} released to {released.customer_ref}"
    return joined(
        Decision(
            states={stream: kept, shipment(state.shipment_ref): billed},
            names=tuple(Naming(key=name, stream=one, spelled=ref) for one in bearers),
            notes=tuple((one, note) for one in bearers),
        ),
        document.post(
            PostInvoice(invoice=released, entry=entry),
            business_key=ref,
            stream=stream,
            entry=entry,
            company=company,
        ),
    )


def paid(fact: InvoicePaid, known: Known) -> Decision:
    """Book the customer's payment, and make room under its credit limit by what was open."""
    stream = invoice_stream(fact.invoice_ref)
    state = known.states.get(stream)
    if not isinstance(state, InvoiceState):
        raise UnknownInvoice(f"nobody released an invoice {fact.invoice_ref}")
    if fact.money.currency != state.paid.currency or fact.money.amount <= 0:
        return _unfit(state, fact)
    booking = Booking(
        about=stream,
        shipment_ref=state.invoice.shipment_ref,
        document_on=fact.paid_on,
        revision=state.payments + 1,
        text=f"{state.invoice.customer_ref} paid {fact.invoice_ref}",
    )
    received = structs.replace(state, paid=state.paid + fact.money, payments=state.payments + 1)
    booked = Decision(
        states={stream: received},
        entries=receive_payment(booking, paid=fact.money),
        notes=((stream, f"{fact.money} paid on {fact.paid_on}"),),
    )
    return joined(booked, _credited(state, fact), _too_much(received, fact))


def _credited(before: InvoiceState, fact: InvoicePaid) -> Decision:
    """Tell the customer's account what was open and is paid now; it counts no more than that."""
    nothing = zero(fact.money.currency)
    counts = min(fact.money, max(before.invoice.total - before.paid, nothing))
    if not counts.amount:
        return NOTHING
    ref = fact.invoice_ref
    payer = before.invoice.customer_ref
    credit = following(
        CustomerPaid, fact, about=ref, customer_ref=payer, money=counts, invoice_ref=ref
    )
    return Decision(follows=(credit,))


def _too_much(now: InvoiceState, fact: InvoicePaid) -> Decision:
    beyond = now.paid - now.invoice.total
    if beyond.amount <= 0:
        return NOTHING
    return raised(
        CaseKind.CREDIT_DUE,
        invoice_stream(fact.invoice_ref),
        f"{now.invoice.customer_ref} paid {now.paid} on invoice {fact.invoice_ref} over"
        f" {now.invoice.total}: {beyond} too much.",
        remedy="Find out what it was for: another debt, money to give back, or one payment that"
        " was reported twice.",
        now=fact.learned_at,
        item="payment",
        money=beyond,
    )


def _unfit(state: InvoiceState, fact: InvoicePaid) -> Decision:
    """Give a payment that the invoice cannot take to a person; nothing is booked."""
    is_foreign = fact.money.currency != state.paid.currency
    why = f"it is in {state.paid.currency}" if is_foreign else "no payment is that"
    return raised(
        CaseKind.ERP_DIFFERENCE,
        invoice_stream(fact.invoice_ref),
        f"{fact.money} was reported as paid on invoice {fact.invoice_ref}, but {why}. It was not"
        " booked.",
        remedy="Correct the payment in the ERP; what it then pays comes as a payment of its own.",
        now=fact.learned_at,
        item=fact.key,
        money=fact.money,
    )


class UnknownInvoice(ValueError):
    """A payment for an invoice that we never released. Find out whose it is."""

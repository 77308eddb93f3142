"""The customer's invoice after its release: followed until it is paid, or credited, to the cent."""

from msgspec import Struct, structs

from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.document import Documents
from drawbar.flow.needs import invoice as invoice_stream
from drawbar.flow.problem import raised
from drawbar.freight.case import CaseKind
from drawbar.freight.instant import Instant
from drawbar.freight.invoice import CreditCode, CreditLine, CustomerInvoice, InvoicePaid
from drawbar.freight.money import Money, total, zero
from drawbar.freight.order import CustomerPaid
from drawbar.subledger.booking import Booking
from drawbar.subledger.revenue import receive_payment


class Contest(Struct, frozen=True, kw_only=True):
    """A customer's dispute of one line; ``outcome`` is empty while it is open."""

    line: int
    money: Money
    reason: str
    recorded_by: str
    at: Instant
    outcome: str = ""
    decided_by: str = ""


class CreditProposal(Struct, frozen=True, kw_only=True):
    """A credit that one person wants and a second one must agree to."""

    by: str
    lines: tuple[CreditLine, ...]
    code: CreditCode
    reason: str
    rebill: bool
    at: Instant


class InvoiceState(Struct, frozen=True, kw_only=True):
    """A released invoice, what was paid of it, and its document in the ERP.

    ``credited`` is what credit notes took back of each line, ``credit_refs`` are those, and
    ``rebilled_as`` is the invoice in its place. ``credited_by`` remembers whose word they were.
    """

    invoice: CustomerInvoice
    paid: Money
    payments: int = 0
    documents: Documents = ()
    credited: dict[int, Money] = {}
    credit_refs: tuple[str, ...] = ()
    credited_by: tuple[tuple[str, Money], ...] = ()
    rebilled_as: tuple[str, ...] = ()
    contests: tuple[Contest, ...] = ()
    proposal: CreditProposal | None = None

    @property
    def credit(self) -> Money:
        """Return what was taken back in all."""
        return total(self.credited.values(), currency=self.invoice.total.currency)

    @property
    def owed(self) -> Money:
        """Return what the customer owes by it in the end, paid or not."""
        return self.invoice.total - self.credit

    @property
    def open(self) -> Money:
        """Return what is neither paid nor credited, never below zero; a credit note is settled."""
        nothing = zero(self.invoice.total.currency)
        return nothing if self.invoice.is_credit else max(self.owed - self.paid, nothing)

    @property
    def contested(self) -> Money:
        """Return what the customer disputes now, at most what is left of each line."""
        amounts = (one.money for one in self.contests if not one.outcome)
        return total(amounts, currency=self.invoice.total.currency)

    @property
    def dunned(self) -> Money:
        """Return what the customer may be reminded of: what is open and not in dispute."""
        return max(self.open - self.contested, zero(self.invoice.total.currency))

    @property
    def status(self) -> str:
        """Return how far it is settled: by amounts, never by a date."""
        if self.invoice.is_credit:
            return "released"
        if self.credit.amount >= self.invoice.total.amount:
            return "credited"
        if not self.open.amount:
            return "paid"
        return "partly_paid" if self.paid.amount else "released"


class SeriesState(Struct, frozen=True, kw_only=True):
    """The last number given out; the next is one more, so there is never a gap."""

    last: int = 0


class UnknownInvoice(ValueError):
    """An invoice that we never released. Find out whose it is."""


def invoice_of(ref: str, known: Known) -> InvoiceState:
    """Return a released invoice. Raise ``UnknownInvoice``."""
    state = known.states.get(invoice_stream(ref))
    if not isinstance(state, InvoiceState):
        raise UnknownInvoice(f"nobody released an invoice {ref}")
    return state


def paid(fact: InvoicePaid, known: Known) -> Decision:
    """Book the customer's payment, and make room under its credit limit by what was open."""
    state = invoice_of(fact.invoice_ref, known)
    stream = invoice_stream(fact.invoice_ref)
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
    return joined(booked, _counted(state, fact), too_much(received, fact.learned_at))


def _counted(before: InvoiceState, fact: InvoicePaid) -> Decision:
    """Tell the customer's account what was open and is paid now; it counts no more than that."""
    counts = min(fact.money, before.open)
    if not counts.amount:
        return NOTHING
    ref = fact.invoice_ref
    payer = before.invoice.customer_ref
    credit = following(
        CustomerPaid, fact, about=ref, customer_ref=payer, money=counts, invoice_ref=ref
    )
    return Decision(follows=(credit,))


def too_much(now: InvoiceState, at: Instant) -> Decision:
    """Return the case that a customer paid more than it owes by an invoice, if it did."""
    beyond = now.paid - now.owed
    if beyond.amount <= 0 or now.invoice.is_credit:
        return NOTHING
    ref, payer = now.invoice.invoice_ref, now.invoice.customer_ref
    over = f"over {now.invoice.total}"
    if now.credit.amount:
        over += f", of which {now.credit} is credited"
    return raised(
        CaseKind.CREDIT_DUE,
        invoice_stream(ref),
        f"{payer} paid {now.paid} on invoice {ref} {over}: {beyond} too much.",
        remedy="Find out what it was for: another debt, money to give back, or one payment that"
        " was reported twice.",
        now=at,
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

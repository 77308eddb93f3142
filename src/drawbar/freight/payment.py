"""A payment run: which bills are paid to whom, who agreed to it, and what the bank says of it.

The product never holds money: it instructs a bank, once, and reads back what became of it.
"""

from datetime import date

from msgspec import Struct

from drawbar.freight.fact import Fact
from drawbar.freight.money import Money, total
from drawbar.freight.payee import Assignment, BankAccount, PostalAddress


class PaidBill(Struct, frozen=True, kw_only=True):
    """What a payment settles of one bill. ``billed`` is what the carrier asked for.

    ``gross`` is what is settled, below zero for a credit; ``discount`` is kept for paying early,
    ``netted`` is covered by credits instead of money, below zero where it is the credit itself.
    """

    bill_ref: str
    carrier_ref: str
    shipment_ref: str
    invoice_number: str
    pro: str = ""
    billed: Money
    gross: Money
    discount: Money
    netted: Money

    @property
    def cash(self) -> Money:
        """Return what of it leaves the bank."""
        return self.gross - self.discount - self.netted

    @property
    def net(self) -> Money:
        """Return what it adds to the payment, below zero for a credit."""
        return self.gross - self.discount


class NettedClaim(Struct, frozen=True, kw_only=True):
    """What a payment takes off for a claim that the carrier accepted, above zero."""

    claim_ref: str
    carrier_ref: str
    money: Money


class PaymentOrder(Struct, frozen=True, kw_only=True):
    """One payment to one payee in one currency; ``money`` is zero or more.

    Without money it only nets: nothing is instructed, and the remittance says why.
    """

    payment_ref: str
    payee_ref: str
    name: str
    account: BankAccount
    address: PostalAddress | None = None
    bills: tuple[PaidBill, ...]
    claims: tuple[NettedClaim, ...] = ()

    @property
    def currency(self) -> str:
        """Return the currency of all its parts."""
        return self.bills[0].gross.currency

    @property
    def money(self) -> Money:
        """Return what leaves the bank."""
        return total((one.cash for one in self.bills), currency=self.currency)


class LeftOut(Struct, frozen=True, kw_only=True):
    """Money that a run does not pay, and why."""

    ref: str
    carrier_ref: str
    money: Money
    text: str


class PaymentRunProposed(Fact, frozen=True, kw_only=True):
    """Somebody proposes to pay what is due ``until`` a day, on ``pay_on``.

    ``bill_refs`` and ``claim_refs`` are what may be open; what is, the decision finds out itself.
    """

    run_ref: str
    until: date
    pay_on: date
    bill_refs: tuple[str, ...]
    carrier_refs: tuple[str, ...]
    claim_refs: tuple[str, ...] = ()
    proposed_by: str


class PaymentRunApproved(Fact, frozen=True, kw_only=True):
    """A person agrees to a run as they saw it: ``seen`` is its total in each currency."""

    run_ref: str
    seen: tuple[Money, ...]
    approved_by: str
    role: str


class PaymentRunReleased(Fact, frozen=True, kw_only=True):
    """A person lets an approved run go to the bank."""

    run_ref: str
    released_by: str


class PaymentRunDropped(Fact, frozen=True, kw_only=True):
    """A person gives a run up that was not released; its bills may be in another one."""

    run_ref: str
    dropped_by: str
    reason: str


class PaymentConfirmed(Fact, frozen=True, kw_only=True):
    """The bank booked a payment of ours. ``bank_ref`` is the bank's own number."""

    payment_ref: str
    bank_ref: str
    money: Money
    booked_on: date


class PaymentReturned(Fact, frozen=True, kw_only=True):
    """The bank could not bring a payment about, or got it back. ``code`` is the bank's reason."""

    payment_ref: str
    bank_ref: str
    money: Money | None = None
    returned_on: date
    code: str = ""
    text: str = ""


class QuickPayAsked(Fact, frozen=True, kw_only=True):
    """The carrier wants a bill paid early, less the discount of its contract."""

    bill_ref: str
    asked_by: str


class PayeeChangeAsked(Fact, frozen=True, kw_only=True):
    """Somebody enters another account of a carrier, a factor's notice, or the end of one."""

    carrier_ref: str
    change_ref: str
    account: BankAccount | None = None
    assignment: Assignment | None = None
    released: str = ""
    asked_by: str
    reason: str


class PayeeChangeConfirmed(Fact, frozen=True, kw_only=True):
    """A second, other person asked the payee at an address known before, and confirms a change."""

    carrier_ref: str
    change_ref: str
    confirmed_by: str
    reason: str


class PayeeChangeRefused(Fact, frozen=True, kw_only=True):
    """A person refuses a change; nobody is paid by it."""

    carrier_ref: str
    change_ref: str
    refused_by: str
    reason: str

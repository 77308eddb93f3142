"""A customer's account: how much of its credit is used, and which orders wait for room.

An order counts from its release until its invoice takes its place; a payment makes room again.
"""

from msgspec import Struct, structs

from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import customer
from drawbar.flow.order_state import OrderStatus, state_of
from drawbar.flow.problem import raised
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, zero
from drawbar.freight.order import (
    CustomerPaid,
    HoldReviewed,
    OrderDropped,
    ReceivablesStated,
)


class CustomerState(Struct, frozen=True, kw_only=True):
    """What a customer owes and will owe, in the currency of the books.

    ``stated`` is what the ERP says beyond our invoices; ``orders`` holds the value of each released
    order not yet invoiced, ``invoices`` the open amount of each invoice; ``held`` waits, in order.
    ``uninvoiced`` and ``unpaid`` are always their sums, kept so that no decision adds them up.
    The last invoice period that is over ended at ``invoiced_until``.
    """

    customer_ref: str
    stated: Money
    orders: dict[str, Money] = {}
    uninvoiced: Money
    invoices: dict[str, Money] = {}
    unpaid: Money
    held: tuple[str, ...] = ()
    invoiced_until: Instant | None = None

    @property
    def open_receivables(self) -> Money:
        """Return what is invoiced and not paid."""
        return self.stated + self.unpaid

    @property
    def exposure(self) -> Money:
        """Return all credit that is in use."""
        return self.open_receivables + self.uninvoiced


AccountFact = ReceivablesStated | CustomerPaid | OrderDropped


def account_of(customer_ref: str, known: Known, *, currency: str) -> CustomerState:
    """Return a customer's account, an empty one where nothing happened yet."""
    state = known.states.get(customer(customer_ref))
    if isinstance(state, CustomerState):
        return state
    nothing = zero(currency)
    return CustomerState(
        customer_ref=customer_ref, stated=nothing, uninvoiced=nothing, unpaid=nothing
    )


def decide(fact: AccountFact, account: CustomerState, known: Known) -> Decision:
    """Return the changed account, and the orders on hold that are to be looked at again."""
    if isinstance(fact, OrderDropped) and _counts_again(fact, known):
        return NOTHING
    said = _money(fact)
    if said is not None and said.currency != account.stated.currency:
        return _foreign(account, said, fact)
    match fact:
        case ReceivablesStated():
            changed = structs.replace(account, stated=fact.open_receivables)
        case CustomerPaid():
            if not _is_open(account, fact):
                return _astray(account, fact)
            changed = _paid(account, fact)
        case OrderDropped():
            changed = without_order(account, fact.order_ref)
    if changed == account:
        return NOTHING
    return joined(
        Decision(states={customer(account.customer_ref): changed}), reviewed(changed, fact)
    )


def _counts_again(fact: OrderDropped, known: Known) -> bool:
    """Return whether the order came back to this customer before it could be dropped."""
    placed = state_of(fact.order_ref, known)
    if placed is None or placed.order.customer_ref != fact.customer_ref:
        return False
    return placed.status in (OrderStatus.ON_HOLD, OrderStatus.RELEASED)


def _money(fact: AccountFact) -> Money | None:
    match fact:
        case ReceivablesStated():
            return fact.open_receivables
        case CustomerPaid():
            return fact.money
        case OrderDropped():
            return None


def _foreign(account: CustomerState, said: Money, fact: AccountFact) -> Decision:
    return raised(
        CaseKind.ERP_DIFFERENCE,
        customer(account.customer_ref),
        f"{said} was stated for {account.customer_ref}, whose account is in"
        f" {account.stated.currency}; it was not counted.",
        remedy="Convert it at the bank's rate and record that amount.",
        now=fact.learned_at,
        item=fact.key,
        money=said,
    )


def with_order(account: CustomerState, order_ref: str, value: Money) -> CustomerState:
    """Return the account with a released order counted, and no longer on hold.

    A value in another currency than the books is not counted: it was released without a limit.
    """
    held = tuple(ref for ref in account.held if ref != order_ref)
    if value.currency != account.stated.currency:
        return structs.replace(account, held=held)
    before = account.orders.get(order_ref, zero(value.currency))
    return structs.replace(
        account,
        orders=account.orders | {order_ref: value},
        uninvoiced=account.uninvoiced - before + value,
        held=held,
    )


def with_hold(account: CustomerState, order_ref: str) -> CustomerState:
    """Return the account with an order waiting for room; it is not counted while it waits."""
    if order_ref in account.held:
        return account
    return structs.replace(account, held=(*account.held, order_ref))


def without_order(account: CustomerState, order_ref: str) -> CustomerState:
    """Return the account without an order, neither counted nor waiting."""
    if order_ref in account.held:
        held = tuple(ref for ref in account.held if ref != order_ref)
        account = structs.replace(account, held=held)
    if order_ref not in account.orders:
        return account
    orders = account.orders.copy()
    value = orders.pop(order_ref)
    return structs.replace(account, orders=orders, uninvoiced=account.uninvoiced - value)


def with_invoice(account: CustomerState, invoice_ref: str, amount: Money) -> CustomerState:
    """Return the account with one more invoice; one in another currency is not counted."""
    if amount.currency != account.stated.currency:
        return account
    return structs.replace(
        account,
        invoices=account.invoices | {invoice_ref: amount},
        unpaid=account.unpaid + amount,
    )


def with_credit(account: CustomerState, invoice_ref: str, amount: Money) -> CustomerState:
    """Return the account with less open on an invoice, by at most what is open there."""
    left = account.invoices.get(invoice_ref)
    if left is None or left.currency != amount.currency:
        return account
    counts = min(amount, left)
    invoices = {ref: money for ref, money in account.invoices.items() if ref != invoice_ref}
    if (left - counts).amount:
        invoices[invoice_ref] = left - counts
    return structs.replace(account, invoices=invoices, unpaid=account.unpaid - counts)


def reviewed(account: CustomerState, fact: Fact) -> Decision:
    """Return the wish to look again at every order on hold: there is more room now."""
    ref = account.customer_ref
    reviews = tuple(
        following(HoldReviewed, fact, about=held, customer_ref=ref, order_ref=held)
        for held in account.held
    )
    return Decision(follows=reviews)


def _is_open(account: CustomerState, fact: CustomerPaid) -> bool:
    """Return whether a payment on an invoice finds that much open there; older debts take any."""
    if not fact.invoice_ref:
        return True
    return fact.money <= account.invoices.get(fact.invoice_ref, zero(fact.money.currency))


def _astray(account: CustomerState, fact: CustomerPaid) -> Decision:
    left = account.invoices.get(fact.invoice_ref, zero(fact.money.currency))
    return raised(
        CaseKind.CREDIT_DUE,
        customer(account.customer_ref),
        f"{account.customer_ref} paid {fact.money} on invoice {fact.invoice_ref}, of which {left}"
        " is open; it was not counted.",
        remedy="Find out which invoice it pays; report it on that one, or on account.",
        now=fact.learned_at,
        item=fact.key,
        money=fact.money,
    )


def _paid(account: CustomerState, fact: CustomerPaid) -> CustomerState:
    if not fact.invoice_ref:
        return structs.replace(account, stated=account.stated - fact.money)
    invoices = account.invoices.copy()
    left = invoices.pop(fact.invoice_ref) - fact.money
    if left.amount:
        invoices[fact.invoice_ref] = left
    return structs.replace(account, invoices=invoices, unpaid=account.unpaid - fact.money)

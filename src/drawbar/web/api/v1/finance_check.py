"""Whether what finance says can be meant, asked of the books before the message is kept.

The flow decides the same again under its locks; asking first gives the caller a way out.
"""

from collections.abc import Iterable
from typing import Any

from drawbar.flow.bill_objection import limit_told
from drawbar.flow.bill_state import BillState
from drawbar.flow.books import payee
from drawbar.flow.company import Company
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.dispute import NotInDispute, in_dispute
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey
from drawbar.records.desk.stream import stream
from drawbar.settlement.authority import Authority, Person, authority
from drawbar.settlement.dispute import BeyondDispute, conclude
from drawbar.web.api.v1.inbound import Inbound
from drawbar.web.auth.caller import Caller
from drawbar.web.problem import Flaw, Refusal, problem, unfit


def refuse_closing(state: Any, *, line: int, conceded: Money) -> None:
    """Raise ``Refusal``: 409 where nothing is in dispute, 422 for more than what is.

    What ended a dispute may be said again in the same words; that is harmless.
    """
    if not isinstance(state, BillState):
        raise _not_now("The bill is of the time before Drawbar, and was settled elsewhere.")
    if line in state.dropped and state.conceded[line] == conceded:
        return
    try:
        conclude(in_dispute(state, line).disputed, conceded)
    except NotInDispute as error:
        raise _not_now(f"There is nothing to close: {error}.") from error
    except BeyondDispute as error:
        remedy = "Concede at most what is in dispute; what goes beyond it needs an approval."
        raise unfit("$.conceded", f"{error}.", remedy) from error


def refuse_beyond_limit(
    money: Money, granted: Iterable[Money], who: Caller, company: Company
) -> None:
    """Raise ``Refusal`` (403) for more than ``who`` may let us pay alone.

    What they ``granted`` before counts: many small amounts are one large one.
    """
    may = _authority(money, granted, who, company)
    if money.amount and may is not Authority.ALONE:
        person = Person(name=who.sender, role=who.role.value)
        text = f"{money} is more than you may approve alone. {limit_told(person, company)}"
        raise beyond_limit(text)


def refuse_beyond_both(
    money: Money, granted: Iterable[Money], who: Caller, company: Company
) -> None:
    """Raise ``Refusal`` (403) for more than ``who`` may approve even with a second person."""
    may = _authority(money, granted, who, company)
    if money.amount and may is Authority.BEYOND:
        person = Person(name=who.sender, role=who.role.value)
        raise beyond_limit(f"{money} is more than you may approve. {limit_told(person, company)}")


def _authority(money: Money, granted: Iterable[Money], who: Caller, company: Company) -> Authority:
    person = Person(name=who.sender, role=who.role.value)
    limits = company.policy.approval_limits
    return authority(money, person, before=granted, limits=limits, currency=company.currency)


def beyond_limit(text: str) -> Refusal:
    """Return that somebody's word does not go so far."""
    return Refusal(problem(403, "beyond-limit", text))


def let_go_with(carrier_ref: str, inbound: Inbound) -> dict[StreamKey, Any]:
    """Return the story of a carrier that says what was let go with it, empty where there is none.

    It is asked for only where the policy counts that.
    """
    if not inbound.settings.company.policy.let_go_days:
        return {}
    key = payee(carrier_ref)
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, key)
    return {key: found.state} if found else {}


def refuse_resolver(state: Any, *, conceded: Money, who: Caller) -> None:
    """Raise ``Refusal`` (403) where whoever said which bill it is would pay more of it too."""
    if isinstance(state, BillState) and conceded.amount and who.sender in state.resolved_by:
        text = f"{who.sender} said which bill this is, so another person must concede."
        raise beyond_limit(text)


def refuse_payment(state: Any, *, customer_ref: str, money: Money) -> None:
    """Raise ``Refusal`` (422) for a payment that cannot be one of this invoice."""
    assert isinstance(state, InvoiceState)
    invoice = state.invoice
    if invoice.customer_ref != customer_ref:
        raise unfit(
            "$.customer_ref",
            f"{invoice.invoice_ref} is an invoice to another customer.",
            "Name the customer of the invoice, or the invoice that this customer paid.",
        )
    if invoice.total.currency != money.currency:
        raise unfit(
            "$.money.currency",
            f"{invoice.invoice_ref} is in {invoice.total.currency}.",
            "Report what the bank credited in the currency of the invoice.",
        )


def refuse_other_erp(system: str, *, erp: str, is_on_invoice: bool) -> None:
    """Raise ``Refusal`` (422) unless a payment bears the number of the ERP that owns it.

    The ERP reads payments back to us; without its number the same one would count twice.
    """
    if system not in ("", erp):
        remedy = f"Name {erp}, or leave it out." if erp else "Leave it out: there is no ERP here."
        raise unfit("$.system", f"{system} is no ERP of this firm.", remedy)
    if erp and is_on_invoice and not system:
        raise unfit(
            "$.system",
            f"Payments of invoices belong to {erp}, which reports them itself.",
            f'Send the number of the payment in {erp} as payment_ref, with "system": "{erp}".',
        )


def _not_now(detail: str) -> Refusal:
    flaw = Flaw(
        path="$.line",
        message="Nothing of this line can be conceded or dropped now.",
        remedy="Look at the lines of the bill, and name one that is in dispute.",
    )
    return Refusal(problem(409, "wrong-state", detail, flaw))

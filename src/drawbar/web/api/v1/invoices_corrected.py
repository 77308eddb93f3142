"""What is taken back of a customer's invoice over HTTP: credit notes, and disputes of its lines.

Who decided, and in what role, is whose key or session it is, never a field of the body.
"""

from typing import Annotated, Any

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct, json, structs

from drawbar.flow.customer_invoice import InvoiceState
from drawbar.freight.identity import key_for
from drawbar.freight.invoice import (
    CreditCode,
    CreditLine,
    InvoiceContested,
    InvoiceCredited,
    InvoiceUpheld,
)
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.finance import Because, LineNumber
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.invoices_check import refuse_contest, refuse_credit, refuse_other_invoice
from drawbar.web.api.v1.term import MoneyV1
from drawbar.web.api.v1.text import Line, Name, NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope


class CreditLineV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is taken back of one line, above zero."""

    line: LineNumber
    money: MoneyV1

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for zero or below."""
        if self.money.money().amount <= 0:
            raise ValueError("what is taken back is above zero")


class CreditNoteV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back what an invoice asked for, with a reason that stays for ever.

    With ``rebill`` what is owed by now is invoiced anew in the same act. Above one person's limit a
    second one sends the same.
    """

    invoice_ref: Name
    lines: Annotated[tuple[CreditLineV1, ...], Meta(min_length=1, max_length=2000)]
    code: CreditCode
    reason: Because
    rebill: bool = False


class CreditNoteKeptV1(CreditNoteV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A credit as it is kept: with the role and the customer, which the server adds."""

    role: Line
    customer_ref: Name


class InvoiceContestV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer disputes a line; until that ends it is not reminded of the money."""

    invoice_ref: Name
    line: LineNumber
    money: MoneyV1
    reason: Because


class ContestRefusalV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Refuse a customer's dispute of a line; to agree, credit the line."""

    invoice_ref: Name
    line: LineNumber
    reason: Because


@post(
    "/v1/invoices/{invoice_ref:str}/credit-notes",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.INVOICE_CREDIT),
)
def credit_invoice(
    invoice_ref: NamePath, data: JSONBody[CreditNoteV1], inbound: Arriving
) -> TakenV1:
    """Take back what an invoice asked for, and invoice anew where that is said."""
    refuse_other_invoice(invoice_ref, data.invoice_ref)
    return take_credit(data, inbound)


@post(
    "/v1/invoices/{invoice_ref:str}/contests",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.INVOICE_CONTEST),
)
def contest_invoice(
    invoice_ref: NamePath, data: JSONBody[InvoiceContestV1], inbound: Arriving
) -> TakenV1:
    """Record that a customer disputes a line."""
    refuse_other_invoice(invoice_ref, data.invoice_ref)
    return take_contest(data, inbound)


@post(
    "/v1/invoices/{invoice_ref:str}/contest-refusals",
    status_code=HTTP_202_ACCEPTED,
    **policy(Scope.INVOICE_CREDIT),
)
def refuse_invoice_contest(
    invoice_ref: NamePath, data: JSONBody[ContestRefusalV1], inbound: Arriving
) -> TakenV1:
    """Refuse a customer's dispute of a line: it is owed as it stands."""
    refuse_other_invoice(invoice_ref, data.invoice_ref)
    return take_contest_refusal(data, inbound)


def take_credit(told: CreditNoteV1, inbound: Inbound) -> TakenV1:
    """Keep a credit and do it. Raise ``Refusal``: 403 beyond the limit, 404, or 409."""
    state = _invoice(inbound, told.invoice_ref)
    who = inbound.caller
    kept = CreditNoteKeptV1(
        **structs.asdict(told), role=who.role.value, customer_ref=state.invoice.customer_ref
    )
    if not inbound.was_taken("credit-invoice"):
        at = inbound.settings.clock.now()
        receipt = Receipt(message_ref="M", sender=who.sender, learned_at=at)
        refuse_credit(state, _credited(kept, receipt), inbound.settings.company)
    return structs.replace(inbound, body=json.encode(kept)).take("credit-invoice")


def take_contest(told: InvoiceContestV1, inbound: Inbound) -> TakenV1:
    """Keep a customer's dispute. Raise ``Refusal``: 404, or 409 where it cannot be."""
    if not inbound.was_taken("contest-invoice"):
        state = _invoice(inbound, told.invoice_ref)
        refuse_contest(state, told.line, money=told.money.money())
    return structs.replace(inbound, body=json.encode(told)).take("contest-invoice")


def take_contest_refusal(told: ContestRefusalV1, inbound: Inbound) -> TakenV1:
    """Keep the refusal of a dispute. Raise ``Refusal``: 404, or 409 where none is open."""
    if not inbound.was_taken("refuse-contest"):
        refuse_contest(_invoice(inbound, told.invoice_ref), told.line, money=None)
    return structs.replace(inbound, body=json.encode(told)).take("refuse-contest")


def read_credit(body: bytes, receipt: Receipt) -> Reading:
    """Read a credit; the sender of the message is who credits."""
    return Reading(facts=(_credited(decoded(body, CreditNoteKeptV1), receipt),))


def read_contest(body: bytes, receipt: Receipt) -> Reading:
    """Read a customer's dispute of a line; the sender is who recorded it."""
    told = decoded(body, InvoiceContestV1)
    fact = InvoiceContested(
        key=key_for("api", "invoice-contest", told.invoice_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        invoice_ref=told.invoice_ref,
        line=told.line,
        money=told.money.money(),
        reason=told.reason,
        recorded_by=receipt.sender,
    )
    return Reading(facts=(fact,))


def read_contest_refusal(body: bytes, receipt: Receipt) -> Reading:
    """Read the refusal of a dispute; the sender is who decided."""
    told = decoded(body, ContestRefusalV1)
    fact = InvoiceUpheld(
        key=key_for("api", "invoice-upheld", told.invoice_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        invoice_ref=told.invoice_ref,
        line=told.line,
        reason=told.reason,
        decided_by=receipt.sender,
    )
    return Reading(facts=(fact,))


def _credited(told: CreditNoteKeptV1, receipt: Receipt) -> InvoiceCredited:
    return InvoiceCredited(
        key=key_for("api", "credit-note", told.invoice_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        invoice_ref=told.invoice_ref,
        customer_ref=told.customer_ref,
        lines=tuple(CreditLine(line=one.line, money=one.money.money()) for one in told.lines),
        code=told.code,
        reason=told.reason,
        credited_by=receipt.sender,
        role=told.role,
        rebill=told.rebill,
    )


def _invoice(inbound: Inbound, ref: str) -> InvoiceState:
    state: Any = inbound.must_know(StreamKind.CUSTOMER_INVOICE, ref)
    assert isinstance(state, InvoiceState)
    return state

"""What whoever looks may do about an invoice: the credit note that is proposed, and why not."""

from collections.abc import Mapping

from msgspec import Struct

from drawbar.billing.credit_note import all_of, left_of, proposed
from drawbar.flow.bill_objection import limit_told
from drawbar.flow.company import Company
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import overcharged
from drawbar.freight.invoice import CreditCode, CreditLine
from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.settlement.authority import Authority, Person, authority
from drawbar.web.auth.visitor import PRESENT
from drawbar.web.desks.state_mark import words_of


class CreditableLine(Struct, frozen=True, kw_only=True):
    """A line with what is left of it, and what of that is proposed to be given back."""

    number: int
    shipment_ref: str
    kind: str
    left: Money
    proposed: Money | None
    is_contested: bool


class InvoiceDesk(Struct, frozen=True, kw_only=True):
    """What may be done about an invoice. ``waits_for`` says whose word a credit waits for."""

    invoice_ref: str
    lines: tuple[CreditableLine, ...]
    proposed: Money | None
    whole: Money
    limit: str
    needs_second: bool
    waits_for: str
    codes: tuple[tuple[str, str], ...]
    why_not: str


def invoice_desk(
    state: InvoiceState, loads: Mapping[str, ShipmentState], company: Company
) -> InvoiceDesk | None:
    """Return what the person who looks may do about an invoice; None for nobody."""
    visitor = PRESENT.get()
    if visitor is None:
        return None
    person = Person(name=visitor.caller.sender, role=visitor.caller.role.value)
    currency = state.invoice.total.currency
    due = credit_due(state, loads)
    everything = all_of(state.invoice, state.credited)
    whole = total((one.money for one in everything), currency=currency)
    wish = state.proposal
    return InvoiceDesk(
        invoice_ref=state.invoice.invoice_ref,
        lines=_lines(state, {one.line: one.money for one in due}),
        proposed=total((one.money for one in due), currency=currency) if due else None,
        whole=whole,
        limit=limit_told(person, company),
        needs_second=_may(whole, state, person, company) is not Authority.ALONE,
        waits_for=_waits_for(wish.by, wish.reason, wish.lines, currency) if wish else "",
        codes=tuple((code.value, words_of(code.value)) for code in CreditCode),
        why_not="" if everything else "Nothing is left of it to take back.",
    )


def credits_proposed(cursor: Rows, shipment_ref: str, company: Company) -> list[InvoiceDesk]:
    """Return what may be done about each invoice of a shipment that should give money back."""
    found = stream(cursor, StreamKey(StreamKind.SHIPMENT, shipment_ref))
    if found is None or not isinstance(found.state, ShipmentState):
        return []
    loads = {shipment_ref: found.state}
    refs = reversed(found.state.invoice_refs)
    told = (stream(cursor, StreamKey(StreamKind.CUSTOMER_INVOICE, ref)) for ref in refs)
    states = [one.state for one in told if one and isinstance(one.state, InvoiceState)]
    desks = (invoice_desk(one, loads, company) for one in states if credit_due(one, loads))
    return [one for one in desks if one is not None]


def credit_due(state: InvoiceState, loads: Mapping[str, ShipmentState]) -> tuple[CreditLine, ...]:
    """Return what an invoice should give back: what was charged beyond what is owed by now."""
    if state.invoice.is_credit:
        return ()
    beyond = {
        (ref, charge): money
        for ref, load in loads.items()
        for charge, money in overcharged(load).items()
    }
    return proposed(state.invoice, state.credited, beyond=beyond)


def _lines(state: InvoiceState, due: Mapping[int, Money]) -> tuple[CreditableLine, ...]:
    if state.invoice.is_credit:
        return ()
    contested = {one.line for one in state.contests if not one.outcome}
    return tuple(
        CreditableLine(
            number=number,
            shipment_ref=state.invoice.shipment_of(line),
            kind=line.charge.kind.value,
            left=left_of(state.invoice, number, state.credited),
            proposed=due.get(number),
            is_contested=number in contested,
        )
        for number, line in enumerate(state.invoice.lines, start=1)
    )


def _may(money: Money, state: InvoiceState, person: Person, company: Company) -> Authority:
    before = [amount for by, amount in state.credited_by if by == person.name]
    limits = company.policy.approval_limits
    return authority(money, person, before=before, limits=limits, currency=company.currency)


def _waits_for(by: str, reason: str, lines: tuple[CreditLine, ...], currency: str) -> str:
    money = total((one.money for one in lines), currency=currency)
    return f"{by} would credit {money}: {reason}. A second, other person must release the same."

"""Whether what somebody says about an invoice can be meant, asked before the message is kept.

The flow decides the same again under its locks; asking first gives the caller a way out.
"""

from collections.abc import Iterable
from typing import Any

from drawbar.billing.obstacle import NotReadyReason
from drawbar.billing.readiness import NotReady, ready
from drawbar.flow.company import Company
from drawbar.flow.conclusion import concluded, standing
from drawbar.flow.credit_note_objection import objection, of_person
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.customer_invoice_contest import contest_objection
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.instant import Instant
from drawbar.freight.invoice import InvoiceCredited
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKind
from drawbar.settlement.authority import Authority
from drawbar.web.api.v1.inbound import Inbound
from drawbar.web.problem import Flaw, Refusal, problem, unfit, unknown


def refuse_release(customer_ref: str, refs: Iterable[str], inbound: Inbound) -> None:
    """Raise ``Refusal``: 404 for a stranger, 422 for another's load, 409 where nothing is ready."""
    company = inbound.settings.company
    if customer_ref not in company.customers:
        raise unknown("customer")
    flaws = [
        flaw
        for place, ref in enumerate(refs)
        for flaw in _against(f"$.shipment_refs[{place}]", ref, customer_ref, inbound)
    ]
    if len({flaw.path for flaw in flaws}) == len(tuple(refs)):
        raise Refusal(problem(409, "wrong-state", "Nothing of it can be invoiced now.", *flaws))


def _against(path: str, ref: str, customer_ref: str, inbound: Inbound) -> list[Flaw]:
    state: Any = inbound.must_know(StreamKind.SHIPMENT, ref)
    if not isinstance(state, ShipmentState):
        return [
            Flaw(path=path, message=f"{ref} is of the time before Drawbar.", remedy="Leave it.")
        ]
    if state.order.customer_ref != customer_ref:
        remedy = "Release the shipments of one customer at a time."
        raise unfit(path, f"{ref} is a shipment of another customer.", remedy)
    company, now = inbound.settings.company, inbound.settings.clock.now()
    return [
        Flaw(path=path, message=f"{ref}: {one.text}.", remedy=one.remedy)
        for one in reasons_of(state, company, now)
    ]


def reasons_of(state: ShipmentState, company: Company, now: Instant) -> tuple[NotReadyReason, ...]:
    """Return why a shipment cannot be invoiced now, each with its remedy; empty where it can."""
    lines = supplement(state)
    payer = company.customers.get(state.order.customer_ref)
    stands = standing(state, concluded(state, company), company)
    outcome = ready(stands, customer=payer, sell_charges=lines, now=now)
    return outcome.reasons if isinstance(outcome, NotReady) else ()


def refuse_credit(state: InvoiceState, wish: InvoiceCredited, company: Company) -> None:
    """Raise ``Refusal``: 403 beyond the person's limit, 409 for what cannot be taken back."""
    why = objection(state, wish, company)
    if not why:
        return
    money = {one.money.currency for one in wish.lines}
    is_own = money == {state.invoice.total.currency}
    if is_own and of_person(state, wish, company) is Authority.BEYOND:
        raise Refusal(problem(403, "beyond-limit", why))
    _refuse("$.lines", why, "Look at the invoice as it stands now.")


def refuse_contest(state: InvoiceState, line: int, *, money: Money | None) -> None:
    """Raise ``Refusal`` (409) for a dispute that cannot be, or one to end that is not open."""
    why = contest_objection(state, line, open_needed=money is None)
    if why:
        _refuse("$.line", why, "Look at the lines of the invoice.")
    asked = state.invoice.lines[line - 1].charge.money
    if money is not None and not _fits(money, asked):
        remedy = "Name at most what the line asks for, in its currency."
        raise unfit("$.money", f"Line {line} asks for {asked}.", remedy)


def _fits(money: Money, asked: Money) -> bool:
    return money.currency == asked.currency and 0 < money.amount <= asked.amount


def refuse_other_invoice(path: str, body: str) -> None:
    """Raise ``Refusal`` (422) where the address and the body name two invoices."""
    if path != body:
        raise unfit(
            "$.invoice_ref",
            f"The address names {path}, the body {body}.",
            "Name one and the same invoice.",
        )


def _refuse(path: str, why: str, remedy: str) -> None:
    flaw = Flaw(path=path, message=why, remedy=remedy)
    raise Refusal(problem(409, "wrong-state", why, flaw))

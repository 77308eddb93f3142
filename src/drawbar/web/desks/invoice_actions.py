"""What finance does about a customer's invoice on a page: release, credit, dispute, file."""

from typing import Any

from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.billing import PaperV1, take_paper
from drawbar.web.api.v1.invoices import InvoiceReleaseV1, take_release
from drawbar.web.api.v1.invoices_corrected import (
    ContestRefusalV1,
    CreditNoteV1,
    InvoiceContestV1,
    take_contest,
    take_contest_refusal,
    take_credit,
)
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.form import unfilled
from drawbar.web.problem import unknown

MOST_LINES = 300


def release(acting: Acting) -> Done:
    """Release the invoice of a shipment that waits for a person, or for its period."""
    ref = acting.path["shipment_ref"]
    state: Any = acting.inbound().must_know(StreamKind.SHIPMENT, ref)
    if not isinstance(state, ShipmentState):
        raise unknown("shipment")
    said = {
        "customer_ref": state.order.customer_ref,
        "shipment_refs": [ref],
        "reason": acting.form.reason(),
    }
    told = body_of(InvoiceReleaseV1, said)
    take_release(told, acting.inbound(told))
    return Done(says=f"The invoice of {ref} is released.", back=f"/shipments/{ref}")


def credit(acting: Acting) -> Done:
    """Take back what is written beside each line; with the second button, invoice anew."""
    ref, form = acting.path["invoice_ref"], acting.form
    currency = form.needed("currency")
    lines = [
        {"line": number, "money": {"amount": f"{money.amount:f}", "currency": currency}}
        for number in range(1, MOST_LINES + 1)
        if form.text(f"line_{number}")
        and (money := form.money(f"line_{number}", currency, f"line {number}")).amount
    ]
    if not lines:
        raise unfilled("Write beside at least one line what is taken back of it.")
    said = {
        "invoice_ref": ref,
        "lines": lines,
        "code": form.needed("code", "why, by its code"),
        "reason": form.reason(),
        "rebill": form.text("answer") == "rebill",
    }
    told = body_of(CreditNoteV1, said)
    take_credit(told, acting.inbound(told))
    return Done(says=f"Your word to credit {ref} is kept.", back=f"/invoices/{ref}")


def contest(acting: Acting) -> Done:
    """Record that the customer disputes a line."""
    ref, form = acting.path["invoice_ref"], acting.form
    line = form.number("line", "the line")
    money = form.money("amount", form.needed("currency"), "the amount")
    said = {
        "invoice_ref": ref,
        "line": line,
        "money": {"amount": f"{money.amount:f}", "currency": money.currency},
        "reason": form.reason(),
    }
    told = body_of(InvoiceContestV1, said)
    take_contest(told, acting.inbound(told))
    return Done(says=f"Line {line} is in dispute; nobody is reminded.", back=f"/invoices/{ref}")


def refuse(acting: Acting) -> Done:
    """Refuse a customer's dispute of a line."""
    ref, form = acting.path["invoice_ref"], acting.form
    line = form.number("line", "the line")
    told = body_of(ContestRefusalV1, {"invoice_ref": ref, "line": line, "reason": form.reason()})
    take_contest_refusal(told, acting.inbound(told))
    return Done(says=f"The dispute of line {line} is refused.", back=f"/invoices/{ref}")


def file_paper(acting: Acting) -> Done:
    """File a paper with a shipment."""
    ref, form = acting.path["shipment_ref"], acting.form
    said = {
        "shipment_ref": ref,
        "kind": form.needed("kind", "which paper it is"),
        "number": form.text("number"),
    }
    told = body_of(PaperV1, said)
    take_paper(told, acting.inbound(told))
    return Done(says=f"It is filed with {ref}.", back=f"/shipments/{ref}")


_LOAD = "/shipments/{shipment_ref:str}"
_INVOICE = "/invoices/{invoice_ref:str}"
INVOICE_ACTIONS = (
    action(
        f"{_LOAD}/release-invoice",
        Scope.INVOICE_RELEASE,
        release,
        verb="release-invoices",
        back="/billing",
    ),
    action(f"{_LOAD}/file-paper", Scope.PAPER_FILE, file_paper, verb="file-paper", back="/billing"),
    action(
        f"{_INVOICE}/credit", Scope.INVOICE_CREDIT, credit, verb="credit-invoice", back="/invoices"
    ),
    action(
        f"{_INVOICE}/contest",
        Scope.INVOICE_CONTEST,
        contest,
        verb="contest-invoice",
        back="/invoices",
    ),
    action(
        f"{_INVOICE}/refuse-contest",
        Scope.INVOICE_CREDIT,
        refuse,
        verb="refuse-contest",
        back="/invoices",
    ),
)
"""The forms about customer invoices."""

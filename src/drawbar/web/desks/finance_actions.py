"""What finance does on a page: decide about a bill, approve a charge, end a dispute."""

from drawbar.freight.freight_bill import BillAnswer
from drawbar.freight.money import Money
from drawbar.web.api.v1.bill_decisions import (
    BillAssignmentV1,
    BillDecisionV1,
    take_assignment,
    take_decision,
)
from drawbar.web.api.v1.finance import (
    ChargeApprovalV1,
    DisputeClosingV1,
    take_approval,
    take_closing,
    waits_for_second,
)
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of

SAYS = {
    BillAnswer.SHORT_PAY: "It is paid as judged; the carrier has the rest to answer.",
    BillAnswer.PAY_AS_BILLED: "Your word to pay it as billed is kept.",
    BillAnswer.REJECT: "What was contested is rejected, and the carrier is told.",
    BillAnswer.ASK: "The carrier is asked for it.",
    BillAnswer.IS_DUPLICATE: "It stays refused as a duplicate.",
    BillAnswer.BOTH_OWED: "It is judged as a bill of its own.",
}


def approve_charge(acting: Acting) -> Done:
    """Agree to pay a charge of a shipment that the contract alone does not grant."""
    ref, form = acting.path["shipment_ref"], acting.form
    money = _money(acting, "amount", "the amount")
    said = {
        "shipment_ref": ref,
        "kind": form.needed("kind"),
        "money": _said(money),
        "reason": form.reason(),
        "stop": form.number("stop") if form.text("stop") else 0,
    }
    told = body_of(ChargeApprovalV1, said)
    inbound = acting.inbound(told)
    take_approval(told, inbound)
    is_open = waits_for_second(told, inbound)
    stands = "waits for a second, other person" if is_open else "is approved"
    what = told.kind.value.replace("_", " ")
    return Done(says=f"{money} for {what} {stands} on {ref}.", back=f"/shipments/{ref}")


def close_dispute(acting: Acting) -> Done:
    """End the dispute about one line of a bill, by what we pay of it after all."""
    ref, form = acting.path["bill_ref"], acting.form
    line = form.number("line", "the line")
    money = _money(acting, "conceded", "what we concede")
    said = {"bill_ref": ref, "line": line, "conceded": _said(money), "reason": form.reason()}
    told = body_of(DisputeClosingV1, said)
    take_closing(told, acting.inbound(told))
    what = f"{money} conceded" if money.amount else "nothing conceded"
    return Done(says=f"The dispute about line {line} is closed: {what}.", back=f"/bills/{ref}")


def decide_bill(acting: Acting) -> Done:
    """Decide about a bill as a whole."""
    ref, form = acting.path["bill_ref"], acting.form
    said: dict[str, object] = {
        "bill_ref": ref,
        "answer": form.needed("answer", "what is to happen"),
        "code": form.needed("code", "why, by its code"),
        "reason": form.reason(),
    }
    if form.text("disputed"):
        said["disputed"] = _said(_money(acting, "disputed", "what is in dispute"))
    told = body_of(BillDecisionV1, said)
    take_decision(told, acting.inbound(told))
    return Done(says=SAYS[told.answer], back=f"/bills/{ref}")


def assign_bill(acting: Acting) -> Done:
    """Name the shipment that a bill is for."""
    ref, form = acting.path["bill_ref"], acting.form
    load = form.needed("shipment_ref", "the shipment")
    told = body_of(
        BillAssignmentV1, {"bill_ref": ref, "shipment_ref": load, "reason": form.reason()}
    )
    take_assignment(told, acting.inbound(told))
    return Done(says=f"{ref} is judged as a bill for {load}.", back=f"/bills/{ref}")


def _money(acting: Acting, name: str, label: str) -> Money:
    currency = acting.form.text("currency") or acting.settings.company.currency
    return acting.form.money(name, currency, label)


def _said(money: Money) -> dict[str, str]:
    return {"amount": f"{money.amount:f}", "currency": money.currency}


_BILL = "/bills/{bill_ref:str}"
FINANCE_ACTIONS = (
    action(
        "/shipments/{shipment_ref:str}/approve-charge",
        Scope.CHARGE_APPROVE,
        approve_charge,
        verb="approve-charge",
        back="/shipments",
    ),
    action(
        f"{_BILL}/close-dispute",
        Scope.DISPUTE_CLOSE,
        close_dispute,
        verb="close-dispute",
        back="/bills",
    ),
    action(f"{_BILL}/decide", Scope.BILL_DECIDE, decide_bill, verb="decide-bill", back="/bills"),
    action(f"{_BILL}/assign", Scope.BILL_DECIDE, assign_bill, verb="assign-bill", back="/bills"),
)
"""The forms of the finance desk."""

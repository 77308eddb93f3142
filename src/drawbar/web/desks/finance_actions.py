"""What finance does on a page: approve a charge, end a dispute."""

from drawbar.freight.stream import StreamKind
from drawbar.web.api.v1.finance import ChargeApprovalV1, DisputeClosingV1
from drawbar.web.api.v1.finance_check import refuse_closing
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of


def approve_charge(acting: Acting) -> Done:
    """Agree to pay a charge of a shipment that the contract alone does not grant."""
    ref, form = acting.path["shipment_ref"], acting.form
    currency = form.text("currency") or acting.settings.company.currency
    money = form.money("amount", currency, "the amount")
    said = {
        "shipment_ref": ref,
        "kind": form.needed("kind"),
        "money": {"amount": f"{money.amount:f}", "currency": money.currency},
        "reason": form.reason(),
        "stop": form.number("stop") if form.text("stop") else 0,
    }
    told = body_of(ChargeApprovalV1, said)
    acting.inbound(told).must_know(StreamKind.SHIPMENT, ref)
    acting.take(told)
    return Done(
        says=f"{money} of {told.kind.value} is approved for {ref}.", back=f"/shipments/{ref}"
    )


def close_dispute(acting: Acting) -> Done:
    """End the dispute about one line of a bill, by what we pay of it after all."""
    ref, form = acting.path["bill_ref"], acting.form
    line = form.number("line", "the line")
    currency = form.text("currency") or acting.settings.company.currency
    money = form.money("conceded", currency, "what we concede")
    said = {
        "bill_ref": ref,
        "line": line,
        "conceded": {"amount": f"{money.amount:f}", "currency": money.currency},
        "reason": form.reason(),
    }
    told = body_of(DisputeClosingV1, said)
    state = acting.inbound(told).must_know(StreamKind.FREIGHT_BILL, ref)
    refuse_closing(state, line=line, conceded=money)
    acting.take(told)
    what = f"{money} conceded" if money.amount else "nothing conceded"
    return Done(says=f"The dispute about line {line} is closed: {what}.", back=f"/bills/{ref}")


FINANCE_ACTIONS = (
    action(
        "/shipments/{shipment_ref:str}/approve-charge",
        Scope.CHARGE_APPROVE,
        approve_charge,
        verb="approve-charge",
        back="/shipments",
    ),
    action(
        "/bills/{bill_ref:str}/close-dispute",
        Scope.DISPUTE_CLOSE,
        close_dispute,
        verb="close-dispute",
        back="/bills",
    ),
)
"""The forms of the finance desk."""

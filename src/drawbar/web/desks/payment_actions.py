"""What finance does about payments on a page: runs proposed and let go, payees changed."""

from drawbar.web.api.v1.payees import PayeeChangeV1, PayeeWordV1, take_change, take_word
from drawbar.web.api.v1.payments import (
    RunApprovalV1,
    RunDropV1,
    RunProposalV1,
    RunReleaseV1,
    run_of,
    take_approval,
    take_drop,
    take_proposal,
    take_release,
)
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of


def propose(acting: Acting) -> Done:
    """Propose to pay what is due until a day."""
    form = acting.form
    said: dict[str, object] = {"until": form.needed("until", "until when")}
    if form.text("pay_on"):
        said["pay_on"] = form.text("pay_on")
    told = body_of(RunProposalV1, said)
    taken = take_proposal(told, acting.inbound(told))
    refs = [one.ref for one in taken.streams if one.kind == "payment_run"]
    back = f"/payments/{refs[0]}" if refs else "/payments"
    return Done(says=f"What is due until {told.until} is proposed.", back=back)


def approve(acting: Acting) -> Done:
    """Agree to a run: it pays what the page showed."""
    ref, form = acting.path["run_ref"], acting.form
    sums = [part.split(" ") for part in form.text("seen").split(";") if part]
    seen = [{"amount": one[0], "currency": one[-1]} for one in sums]
    told = body_of(RunApprovalV1, {"run_ref": ref, "seen": seen})
    inbound = acting.inbound(told)
    take_approval(told, inbound)
    state = run_of(inbound, ref)
    agreed = any(one.by == acting.caller.sender for one in state.signatures)
    said = f"Your word for {ref} is kept; it is {state.status.value}."
    refused = f"{ref} was not approved by you; its story says why."
    return Done(says=said if agreed else refused, back=f"/payments/{ref}")


def release(acting: Acting) -> Done:
    """Let an approved run go to the bank."""
    ref = acting.path["run_ref"]
    told = body_of(RunReleaseV1, {"run_ref": ref})
    inbound = acting.inbound(told)
    take_release(told, inbound)
    if run_of(inbound, ref).released_by:
        return Done(says=f"{ref} goes to the bank.", back=f"/payments/{ref}")
    stopped = "Something changed since it was proposed: drop it and propose it anew."
    return Done(says=stopped, back=f"/payments/{ref}")


def drop(acting: Acting) -> Done:
    """Give a run up."""
    ref = acting.path["run_ref"]
    told = body_of(RunDropV1, {"run_ref": ref, "reason": acting.form.reason()})
    take_drop(told, acting.inbound(told))
    return Done(says=f"{ref} is dropped; its bills are payable again.", back=f"/payments/{ref}")


def change_payee(acting: Acting) -> Done:
    """Enter another bank account of a carrier."""
    form = acting.form
    names = ("holder", "country", "iban", "number", "routing", "bic")
    account = {name: form.text(name) for name in names if form.text(name)}
    said = {"carrier_ref": form.needed("carrier_ref"), "reason": form.reason(), "account": account}
    told = body_of(PayeeChangeV1, said)
    take_change(told, acting.inbound(told))
    return Done(says=f"It waits for a second person to confirm {told.carrier_ref}.", back="/payees")


def answer_change(acting: Acting) -> Done:
    """Confirm or refuse a change that somebody else entered."""
    form = acting.form
    said = {
        "carrier_ref": form.needed("carrier_ref"),
        "change_ref": form.needed("change_ref"),
        "confirm": form.needed("answer") == "confirm",
        "reason": form.reason(),
    }
    told = body_of(PayeeWordV1, said)
    take_word(told, acting.inbound(told))
    return Done(says="It is confirmed." if told.confirm else "It is refused.", back="/payees")


_RUN = "/payments/{run_ref:str}"
PAYMENT_ACTIONS = (
    action(
        "/payments/propose",
        Scope.PAYMENT_PROPOSE,
        propose,
        verb="propose-payment-run",
        back="/payments",
    ),
    action(
        f"{_RUN}/approve",
        Scope.PAYMENT_APPROVE,
        approve,
        verb="approve-payment-run",
        back="/payments",
    ),
    action(
        f"{_RUN}/release",
        Scope.PAYMENT_RELEASE,
        release,
        verb="release-payment-run",
        back="/payments",
    ),
    action(f"{_RUN}/drop", Scope.PAYMENT_PROPOSE, drop, verb="drop-payment-run", back="/payments"),
    action("/payees/change", Scope.PAYEE_CHANGE, change_payee, verb="change-payee", back="/payees"),
    action(
        "/payees/answer",
        Scope.PAYEE_CHANGE,
        answer_change,
        verb="answer-payee-change",
        back="/payees",
    ),
)
"""The forms about payments."""

"""What a dispatcher does on the page of a load: ask carriers, take back, answer for them, stop."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from drawbar.freight.tender import Answer
from drawbar.web.api.v1 import by_hand
from drawbar.web.api.v1.by_hand_check import load_called, refuse_unfit_refusal
from drawbar.web.api.v1.inbound import TakenV1
from drawbar.web.api.v1.order_decisions import ChangeRefusalV1
from drawbar.web.api.v1.tender_answers import TenderAnswerV1
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.form import unfilled
from drawbar.web.problem import Refusal, problem


def offer(acting: Acting) -> Done:
    """Offer the load to one carrier, at a spot rate where one is written."""
    carrier = acting.form.needed("carrier_ref", "the carrier")
    said: dict[str, Any] = {"carrier_ref": carrier}
    if acting.form.text("rate"):
        currency = acting.form.text("currency") or acting.settings.company.currency
        money = acting.form.money("rate", currency, "the spot rate")
        said["rate"] = {"amount": f"{money.amount:f}", "currency": money.currency}
    _decide(acting, by_hand.LoadOfferV1, said)
    return _done(acting, f"{carrier} is asked.")


def offer_to_all(acting: Acting) -> Done:
    """Offer the load to everybody of its guide at once."""
    _decide(acting, by_hand.LoadBroadcastV1, {})
    return _done(acting, "Everybody of the guide is asked; the first to accept has it.")


def withdraw(acting: Acting) -> Done:
    """Take a tender back."""
    tender = acting.form.needed("tender_ref", "the tender")
    _decide(acting, by_hand.TenderWithdrawalV1, {"tender_ref": tender})
    return _done(acting, f"{tender} is taken back. Nobody is asked until you say who.")


def retender(acting: Acting) -> Done:
    """Let the next carrier of the guide be asked."""
    _decide(acting, by_hand.RetenderV1, {"tender_ref": acting.form.text("tender_ref")})
    return _done(acting, "The next carrier of the guide is asked.")


def hold(acting: Acting) -> Done:
    """Stop the load."""
    _decide(acting, by_hand.LoadHoldV1, {})
    return _done(acting, "The load is on hold: no carrier is asked.")


def lift_hold(acting: Acting) -> Done:
    """Let the load go on."""
    _decide(acting, by_hand.HoldLiftingV1, {})
    return _done(acting, "The load goes on.")


def refuse_change(acting: Acting) -> Done:
    """Refuse what the ERP changed."""
    load = load_called(acting.inbound(_Nothing()), acting.path["shipment_ref"])
    ref, revision = load.order.order_ref, acting.form.number("revision", "the revision")
    told = body_of(
        ChangeRefusalV1,
        {"order_ref": ref, "revision": revision, "reason": acting.form.reason()},
    )
    refuse_unfit_refusal(acting.inbound(told), ref, revision)
    _take(acting, told)
    return _done(acting, f"Revision {revision} is refused: sales settles it, the load stops.")


def answer_tender(acting: Acting) -> Done:
    """Record what a carrier said, by whom of theirs it was said and how we know."""
    form = acting.form
    tender = form.needed("tender_ref", "the tender")
    ref = acting.path["shipment_ref"]
    found = load_called(acting.inbound(_Nothing()), ref).waterfall.tender(tender)
    if found is None:
        raise unfilled(f"{ref} has no tender {tender}.")
    answer = form.needed("answer", "what the carrier said")
    if answer not in {one.value for one in Answer}:
        raise unfilled("Say whether the carrier accepts or declines.")
    said_by = form.needed("said_by", "who said so")
    told = body_of(
        TenderAnswerV1,
        {
            "carrier_ref": found.carrier_ref,
            "references": [{"kind": "tender", "value": found.tender_ref}],
            "answer": answer,
            "reason": f"{said_by} said so: {form.reason()}",
            "pro": form.text("pro"),
        },
    )
    problems = _take(acting, told).problems
    if problems:
        return _done(acting, f"It is noted, but: {problems[0].message}")
    return _done(acting, f"{found.carrier_ref} {answer} {found.tender_ref}, by your word.")


class _Nothing(Struct, frozen=True):
    """No body: only looked at."""


def _decide(acting: Acting, shape: type[Struct], said: dict[str, Any]) -> None:
    told = body_of(
        shape,
        {"shipment_ref": acting.path["shipment_ref"], "reason": acting.form.reason()} | said,
    )
    _refuse_lost(by_hand.decided(acting.inbound(told), acting.verb))


def _take(acting: Acting, told: Struct) -> TakenV1:
    taken = acting.take(told)
    _refuse_lost(taken)
    return taken


def _refuse_lost(taken: TakenV1) -> None:
    """Raise ``Refusal`` (409) where somebody was quicker between the look and the click."""
    if taken.outcome == "dead":
        words = " ".join(flaw.message for flaw in taken.problems)
        raise Refusal(problem(409, "wrong-state", f"Somebody was quicker. {words}"))


def _done(acting: Acting, says: str) -> Done:
    ref = acting.path["shipment_ref"]
    return Done(says=f"{ref}: {says}", back=f"/shipments/{ref}")


_LOAD = "/shipments/{shipment_ref:str}/"
_FORMS: tuple[tuple[str, Scope, Callable[[Acting], Done], str], ...] = (
    ("offer", Scope.LOAD_DISPATCH, offer, "offer-load"),
    ("offer-to-all", Scope.LOAD_DISPATCH, offer_to_all, "offer-load-to-all"),
    ("withdraw-tender", Scope.LOAD_DISPATCH, withdraw, "withdraw-tender"),
    ("retender", Scope.LOAD_DISPATCH, retender, "retender-load"),
    ("hold", Scope.LOAD_DISPATCH, hold, "hold-load"),
    ("lift-hold", Scope.LOAD_DISPATCH, lift_hold, "lift-hold"),
    ("refuse-change", Scope.LOAD_DISPATCH, refuse_change, "refuse-change"),
    ("answer-tender", Scope.TENDER_ANSWER, answer_tender, "answer-tender"),
)
DISPATCH_ACTIONS = tuple(
    action(_LOAD + name, scope, act, verb=verb, back="/shipments")
    for name, scope, act, verb in _FORMS
)
"""The forms that ask and stop carriers."""

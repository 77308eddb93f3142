"""Proofs of delivery: who signed for how many pieces, and when the paper comes in.

Carriers with no better way hand it to the desk; most comes in one to three days after delivery.
"""

from collections.abc import Iterator
from datetime import timedelta

from drawbar.freight.instant import Instant, local_day
from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.journey import Journey
from drawbar.world.plan.kind import Kind
from drawbar.world.plan.shape import Acceptance, Json, OrderPlan, Plan, Saying
from drawbar.world.truth import ProofTruth

MINUTE = timedelta(minutes=1)
LAGS = (((24, 48), 50), ((48, 72), 30), ((72, 120), 14), ((120, 168), 6))
"""Hours from delivery to proof, and how many of a hundred. 24 h to 7 days is published."""

SOON, LATE = (24, 60), (96, 168)
"""For loads about which there is something to see, and for those whose proof is what is late."""

SIGNERS = ("R. Diaz", "M. Okafor", "J. Nowak", "T. Nguyen", "A. Lindqvist", "S. Patel", "D. Ruiz")
NO_PROOF = frozenset({Kind.PROOF_NEVER_CAME.value})


def proof_at(plan: Plan, order: OrderPlan, done: Journey) -> Instant:
    """Return when the first proof of a load is handed in."""
    if order.quick:
        return done.delivered_at + 2 * MINUTE
    dice = Dice(plan.asked.seed, "proof", order.number)
    least, most = dice.weighted(LAGS)
    if order.lot != Kind.CLEAN.value:
        least, most = LATE if order.lot == Kind.LATE_PROOF.value else SOON
    return done.delivered_at + dice.between(least * 60 + 1, most * 60) * MINUTE


def proofs(plan: Plan, order: OrderPlan, acceptance: Acceptance, done: Journey) -> Iterator[Saying]:
    """Yield the proof, and a better one where the first was not good enough."""
    if order.lot in NO_PROOF:
        return
    dice = Dice(plan.asked.seed, "paper", order.number)
    at, pieces = proof_at(plan, order, done), pieces_of(order)
    signer, clean = dice.pick(SIGNERS), Kind.CLEAN.value
    if order.proof == Kind.PROOF_SHORT.value:
        pieces -= dice.between(1, 3)
    first = "" if order.proof == Kind.PROOF_UNSIGNED.value else signer
    legible = order.proof != Kind.PROOF_ILLEGIBLE.value
    truth = ProofTruth(
        order=order.number, sent_at=at, pieces=pieces, signer=first, kind=order.proof
    )
    yield _saying("proof", acceptance, done, truth, legible=legible)
    if order.proof in {Kind.PROOF_UNSIGNED.value, Kind.PROOF_ILLEGIBLE.value}:
        later = at + dice.between(20, 48) * 60 * MINUTE
        better = ProofTruth(
            order=order.number, sent_at=later, pieces=pieces, signer=signer, kind=clean
        )
        yield _saying("proof-2", acceptance, done, better, legible=True)


def pieces_of(order: OrderPlan) -> int:
    """Return how many pieces the last revision of an order asks for."""
    last = order.revisions[-1].sales_order if order.revisions else order.sales_order
    return sum(int(line["quantity"]) for line in last["lines"])


def _saying(
    name: str, acceptance: Acceptance, done: Journey, truth: ProofTruth, *, legible: bool
) -> Saying:
    key = f"{truth.order}/{acceptance.carrier}/{name}"
    signed_on = local_day(done.delivered_at, done.visits[-1].zone).isoformat()
    paper: Json = {
        "signer": truth.signer,
        "signed_on": signed_on,
        "pieces": truth.pieces,
        "legible": legible,
    }
    if CARRIERS[acceptance.carrier].channel != "x12":
        body: Json = {"key": key, "ref": acceptance.tender, "pod": paper}
        return Saying(key=key, at=truth.sent_at, mouth="carrier", body=body, truth=truth)
    bol = truth.order.replace("SO-", "BOL-")
    posted = {
        "references": [{"kind": "bol", "value": bol}],
        "delivered_at": f"{done.delivered_at:%Y-%m-%dT%H:%M:%SZ}",
        **paper,
    }
    body = {"key": key, "path": "/v1/pods", "body": posted}
    return Saying(key=key, at=truth.sent_at, mouth="desk", body=body, truth=truth)

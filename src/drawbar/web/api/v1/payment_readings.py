"""What kept messages about payments say: each becomes one fact, its sender who did it."""

from collections.abc import Callable

from msgspec import structs

from drawbar.freight.identity import key_for, minted
from drawbar.freight.lineage import Receipt
from drawbar.freight.payment import (
    PaymentRunApproved,
    PaymentRunDropped,
    PaymentRunProposed,
    PaymentRunReleased,
    QuickPayAsked,
)
from drawbar.freight.reading import Reading
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.payments import (
    QuickPayV1,
    RunApprovalKeptV1,
    RunDropV1,
    RunProposalKeptV1,
    RunReleaseV1,
)


def run_ref_of(receipt: Receipt) -> str:
    """Return the reference of the run that a message proposes."""
    return minted("R", cause=receipt.message_ref, learned_at=receipt.learned_at)


def read_proposal(body: bytes, receipt: Receipt) -> Reading:
    """Read a proposal; the sender of the message is who proposes."""
    told = decoded(body, RunProposalKeptV1)
    run_ref = run_ref_of(receipt)
    fact = PaymentRunProposed(
        key=key_for("api", "run-proposed", run_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        run_ref=run_ref,
        proposed_by=receipt.sender,
        **structs.asdict(told),
    )
    return Reading(facts=(fact,))


def read_approval(body: bytes, receipt: Receipt) -> Reading:
    """Read an approval; the sender of the message is who approves."""
    told = decoded(body, RunApprovalKeptV1)
    fact = PaymentRunApproved(
        key=key_for("api", "run-approved", told.run_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        run_ref=told.run_ref,
        seen=tuple(one.money() for one in told.seen),
        approved_by=receipt.sender,
        role=told.role,
    )
    return Reading(facts=(fact,))


def read_release(body: bytes, receipt: Receipt) -> Reading:
    """Read a release; the sender of the message is who lets it go."""
    told = decoded(body, RunReleaseV1)
    fact = PaymentRunReleased(
        key=key_for("api", "run-released", told.run_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        run_ref=told.run_ref,
        released_by=receipt.sender,
    )
    return Reading(facts=(fact,))


def read_drop(body: bytes, receipt: Receipt) -> Reading:
    """Read that a run is given up; the sender of the message is who says so."""
    told = decoded(body, RunDropV1)
    fact = PaymentRunDropped(
        key=key_for("api", "run-dropped", told.run_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        run_ref=told.run_ref,
        dropped_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_quick_pay(body: bytes, receipt: Receipt) -> Reading:
    """Read that a carrier wants a bill paid early; the sender is who says so."""
    told = decoded(body, QuickPayV1)
    fact = QuickPayAsked(
        key=key_for("api", "quick-pay", told.bill_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        bill_ref=told.bill_ref,
        asked_by=receipt.sender,
    )
    return Reading(facts=(fact,))


PAYMENT_READERS: dict[str, Callable[[bytes, Receipt], Reading]] = {
    "api:propose-payment-run": read_proposal,
    "api:approve-payment-run": read_approval,
    "api:release-payment-run": read_release,
    "api:drop-payment-run": read_drop,
    "api:ask-quick-pay": read_quick_pay,
}
"""What reads each kept message about payments."""

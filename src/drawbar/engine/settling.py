"""Settle attempts: what the far side said is kept, learned and noted in one transaction.

Only where the claim still holds; a worker that came back too late changes nothing.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from drawbar.connectors.port import Connector
from drawbar.engine import trouble
from drawbar.engine.applying import Learn
from drawbar.engine.arrival import Arrival
from drawbar.engine.attempt import Attempt
from drawbar.engine.batch import Batch
from drawbar.engine.outcome import settlement, trouble_of
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import Confirmed, DeliveryConfirmed, Existing, Lane, Outcome, Unknown
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.messages import inbox
from drawbar.messages.gate import failed
from drawbar.messages.queue import (
    Claimed,
    Settlement,
    far_side_answered,
    lock_gate,
    settle,
    write_circuit,
)
from drawbar.messages.sent import answer
from drawbar.records.cases import CaseChange, CaseClosed, CaseOpened, case_key

STUCK = (CaseKind.DELIVERY_REJECTED, CaseKind.DELIVERY_UNSURE)


class Post(Struct, frozen=True):
    """Where deliveries go: a system, in one lane."""

    connector: Connector
    lane: Lane

    @property
    def system(self) -> str:
        """Return the name of the system."""
        return self.connector.system


class Tried(Struct, frozen=True):
    """An attempt and its outcome."""

    attempt: Attempt
    outcome: Outcome


class _Heard(Struct):
    messages: list[inbox.Message] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    changes: list[CaseChange] = field(default_factory=list)


def settle_tried(batch: Batch, learn: Learn, post: Post, tried: Sequence[Tried]) -> int:
    """Write what became of ``tried`` and learn what follows; return how many claims still held."""
    settlements = [
        settlement(one.attempt.claimed, one.outcome, lane=post.lane, now=batch.now) for one in tried
    ]
    held = settle(batch.cursor, settlements, now=batch.now)
    heard = _Heard()
    outcomes = []
    for one, settled in zip(tried, settlements, strict=True):
        if settled.delivery_id in held:
            _hear(batch, post, one, heard)
            heard.changes += cases_of(batch, post.system, one.attempt.claimed, settled)
            outcomes.append(one.outcome)
    inbox.keep(batch.cursor, heard.messages)
    learn(batch, [Arrival(fact=fact) for fact in heard.facts])
    batch.change_cases(heard.changes)
    move_gate(batch, post, outcomes)
    return len(outcomes)


def cases_of(
    batch: Batch, system: str, claimed: Claimed, settled: Settlement
) -> Iterator[CaseChange]:
    """Yield the case that a stuck delivery needs, or the end of those that it had."""
    item = item_of(system, claimed.business_key)
    kind = trouble_of(settled)
    if kind is not None:
        case = trouble.stuck_delivery(
            kind, stream=claimed.stream, item=item, text=settled.error, now=batch.now
        )
        yield CaseOpened(case=case, opened_at=batch.now)
    elif claimed.attempts > 1:
        for stuck in STUCK:
            key = case_key(stuck, claimed.stream, item)
            yield CaseClosed(key=key, at=batch.now, because="sent again")


def item_of(system: str, business_key: str) -> str:
    """Return what there is one case of: a delivery by its key in its system."""
    return f"{system} {business_key}"


def move_gate(batch: Batch, post: Post, outcomes: Sequence[Outcome]) -> None:
    """Count unknown outcomes in a row; any answer at all closes the circuit."""
    if not outcomes:
        return
    cursor, now = batch.cursor, batch.now
    if not all(isinstance(outcome, Unknown) for outcome in outcomes):
        far_side_answered(cursor, system=post.system, lane=post.lane, now=now)
        return
    gate = lock_gate(cursor, system=post.system, lane=post.lane)
    write_circuit(cursor, failed(gate, now=now, times=len(outcomes)))


def _hear(batch: Batch, post: Post, tried: Tried, heard: _Heard) -> None:
    """Collect what an outcome says: its bytes, that it is done, and what else it means."""
    claimed, outcome = tried.attempt.claimed, tried.outcome
    message_ref = tried.attempt.message_ref
    if outcome.said:
        message = answer(claimed, outcome.said, system=post.system, now=batch.now)
        heard.messages.append(message)
        message_ref = message.message_ref
    if not isinstance(outcome, Confirmed | Existing):
        return
    receipt = Receipt(message_ref=message_ref, sender=post.system, learned_at=batch.now)
    heard.facts.append(_confirmed(post, tried.attempt, outcome, receipt))
    try:
        heard.facts += post.connector.read_answer(tried.attempt.sending, outcome, receipt)
    except Exception as error:  # noqa: BLE001 - done is done, even if we cannot read more from it
        case = trouble.dead_message(message_ref, error, now=batch.now)
        heard.changes.append(CaseOpened(case=case, opened_at=batch.now, message_ref=message_ref))


def _confirmed(
    post: Post, tried: Attempt, outcome: Confirmed | Existing, receipt: Receipt
) -> DeliveryConfirmed:
    claimed, control = tried.claimed, tried.sending.control
    terms = post.connector.capabilities().receipts.get(claimed.kind)
    return DeliveryConfirmed(
        key=f"confirmed:{post.system}:{claimed.business_key}",
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        system=post.system,
        delivery_kind=claimed.kind,
        business_key=claimed.business_key,
        stream=claimed.stream,
        document=outcome.document,
        control=control.name if control and control.drawn else "",
        envelope=str(control.interchange) if control and control.drawn else "",
        receipt=terms.from_now(receipt.learned_at) if terms else None,
    )

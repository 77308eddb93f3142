"""A person decides about a delivery that does not go on by itself; what was said is a message."""

from enum import StrEnum

import msgspec
from msgspec import Struct

from drawbar.engine.applying import Learn
from drawbar.engine.arrival import Arrival
from drawbar.engine.batch import Batch
from drawbar.engine.settling import STUCK, item_of
from drawbar.freight.delivery import DeliveryConfirmed
from drawbar.freight.identity import minted
from drawbar.freight.lineage import Lineage
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.messages.control_numbers import given_to
from drawbar.messages.inbox import Message, keep, sha256
from drawbar.messages.outbox import announce
from drawbar.messages.queue import DeliveryState, resolve
from drawbar.records.cases import CaseClosed, case_key
from drawbar.records.sheet import Row


class Answer(StrEnum):
    """What a person may say about a stuck delivery. Stored."""

    SEND_AGAIN = "send_again"
    IT_WAS_DONE = "it_was_done"
    SKIP = "skip"


class Resolution(Struct, frozen=True, kw_only=True):
    """A person's word. ``document`` is the far side's number, where it was done."""

    delivery_id: int
    answer: Answer
    by: str
    why: str
    document: str = ""


_STATES = {
    Answer.SEND_AGAIN: DeliveryState.READY,
    Answer.IT_WAS_DONE: DeliveryState.CONFIRMED,
    Answer.SKIP: DeliveryState.SKIPPED,
}


def resolve_delivery(batch: Batch, learn: Learn, resolution: Resolution) -> bool:
    """Do as the person says; false when the delivery is on its way or settled already."""
    row = resolve(
        batch.cursor,
        delivery_id=resolution.delivery_id,
        state=_STATES[resolution.answer],
        document=resolution.document,
        by=resolution.by,
        now=batch.now,
    )
    if row is None:
        return False
    message = _message(batch, resolution)
    keep(batch.cursor, [message])
    if resolution.answer is Answer.IT_WAS_DONE:
        learn(batch, [Arrival(fact=_confirmed(batch, resolution, row, message.message_ref))])
    system, lane, stream_kind, stream_ref, business_key, _ = row
    stream = StreamKey(StreamKind(stream_kind), stream_ref)
    keys = [case_key(kind, stream, item_of(system, business_key)) for kind in STUCK]
    why = resolution.why or resolution.answer.value
    closed = [CaseClosed(key=key, at=batch.now, because=why, by=resolution.by) for key in keys]
    batch.change_cases(closed)
    announce(batch.cursor, [(system, lane)])
    return True


def _message(batch: Batch, resolution: Resolution) -> Message:
    body = msgspec.json.encode(resolution)
    scope = ("desk", resolution.by, f"delivery {resolution.delivery_id} {batch.now.isoformat()}")
    return Message(
        message_ref=minted("M", cause="\0".join(scope), learned_at=batch.now),
        scope=scope,
        body=body,
        sha256=sha256(body),
        content_type="application/json",
        learned_at=batch.now,
        last_at=batch.now,
        delivery_id=resolution.delivery_id,
    )


def _confirmed(
    batch: Batch, resolution: Resolution, row: Row, message_ref: str
) -> DeliveryConfirmed:
    system, _, stream_kind, stream_ref, business_key, kind = row
    given = given_to(batch.cursor, resolution.delivery_id)
    return DeliveryConfirmed(
        key=f"confirmed:{system}:{business_key}",
        happened_at=batch.now,
        learned_at=batch.now,
        lineage=Lineage(message_ref=message_ref),
        system=system,
        delivery_kind=kind,
        business_key=business_key,
        stream=StreamKey(StreamKind(stream_kind), stream_ref),
        document=resolution.document,
        control=given.name if given else "",
        envelope=str(given.interchange) if given else "",
    )

"""What a flow that is not live does with a delivery: nothing goes out, and it is ended.

In shadow the bytes that would have gone out are kept beside it, to be compared with what the old
interface sent. All of it is one transaction: there is no moment at which another could send it.
"""

from drawbar.connectors.port import Sending
from drawbar.engine.batch import Batch
from drawbar.engine.outcome import unsendable
from drawbar.engine.settling import Post, cases_of
from drawbar.flow.mode import Mode
from drawbar.messages.mode import DOUBT, KeptBack, keep_back
from drawbar.messages.queue import Claimed, DeliveryState, Settlement, settle
from drawbar.messages.sent import keep_shadow
from drawbar.records.cases import CaseChange
from drawbar.records.codec import decode_payload


def end_kept_back(batch: Batch, post: Post, *, limit: int) -> int:
    """End up to ``limit`` deliveries of flows that are not live; return how many.

    One that was tried while its flow was live is not ended: a person is asked.
    """
    found = keep_back(batch.cursor, system=post.system, lane=post.lane, now=batch.now, limit=limit)
    changes: list[CaseChange] = []
    shadows: list[tuple[Claimed, bytes]] = []
    settlements = [_ended(batch, post, one, shadows) for one in found]
    keep_shadow(batch.cursor, shadows, system=post.system, now=batch.now)
    settle(batch.cursor, settlements, now=batch.now)
    for one, settled in zip(found, settlements, strict=True):
        changes += cases_of(batch, post.system, one.claimed, settled)
    batch.change_cases(changes)
    return len(found)


def _ended(
    batch: Batch, post: Post, one: KeptBack, shadows: list[tuple[Claimed, bytes]]
) -> Settlement:
    """Return what to write on a delivery, and note the bytes that it would have been."""
    if one.mode is None:
        return _settled(batch, one.claimed, DeliveryState.UNSURE, DOUBT)
    if one.mode is Mode.SHADOW:
        try:
            shadows.append((one.claimed, _rendered(post, one.claimed)))
        except Exception as error:  # noqa: BLE001 - one that cannot be rendered stops only itself
            return unsendable(one.claimed, error, now=batch.now)
    return _settled(batch, one.claimed, DeliveryState.SKIPPED, f"not sent: {one.mode.value}")


def _rendered(post: Post, claimed: Claimed) -> bytes:
    """Return the bytes as they would go out now; no control number is drawn for them."""
    return post.connector.render(
        Sending(
            number=claimed.delivery_id,
            business_key=claimed.business_key,
            stream=claimed.stream,
            payload=decode_payload(claimed.payload),
        )
    )


def _settled(batch: Batch, claimed: Claimed, state: DeliveryState, error: str) -> Settlement:
    return Settlement(
        delivery_id=claimed.delivery_id,
        claim=claimed.claim,
        state=state,
        due_at=batch.now,
        error=error,
    )

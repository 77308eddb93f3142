"""What went out and what was said to it: the exact bytes, linked to their delivery."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from drawbar.freight.identity import minted
from drawbar.messages.inbox import Message, Outcome, keep, sha256
from drawbar.messages.queue import Claimed
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("messages")
OURSELVES = "drawbar"
_RAW = "application/octet-stream"


def keep_sent(
    cursor: Rows, sent: Sequence[tuple[Claimed, bytes]], *, system: str, now: datetime
) -> list[str]:
    """Keep what is about to be sent and return the reference of each.

    The same bytes of one delivery are kept once, however often they are sent.
    """
    again = [claimed.delivery_id for claimed, _ in sent if claimed.attempts > 1]
    known = _known(cursor, again) if again else {}
    refs, new = [], []
    for claimed, body in sent:
        hash_ = sha256(body)
        ref = known.get((claimed.delivery_id, hash_))
        if ref is None:
            message = _sent(claimed, body, hash_, system=system, now=now)
            new.append(message)
            ref = message.message_ref
        refs.append(ref)
    keep(cursor, new)
    return refs


def keep_shadow(
    cursor: Rows, made: Sequence[tuple[Claimed, bytes]], *, system: str, now: datetime
) -> None:
    """Keep what would have been sent; where no bytes could be made, there are none to keep."""
    keep(cursor, [_shadow(one, body, system=system, now=now) for one, body in made if body])


def answer(claimed: Claimed, said: bytes, *, system: str, now: datetime) -> Message:
    """Return the message that holds what the far side said to a delivery."""
    cause = f"answer {claimed.delivery_id} {claimed.claim}"
    return Message(
        message_ref=minted("M", cause=cause, learned_at=now),
        scope=(f"{system}.answer", system, f"{claimed.business_key} #{claimed.attempts}"),
        body=said,
        sha256=sha256(said),
        content_type=_RAW,
        learned_at=now,
        last_at=now,
        delivery_id=claimed.delivery_id,
    )


def _known(cursor: Rows, delivery_ids: Sequence[int]) -> dict[tuple[int, bytes], str]:
    rows = cursor.execute(_SQL["sent"], {"delivery_ids": list(delivery_ids)})
    return {(delivery_id, bytes(hash_)): ref for delivery_id, hash_, ref in rows}


def _shadow(claimed: Claimed, body: bytes, *, system: str, now: datetime) -> Message:
    cause = f"shadow {claimed.delivery_id} {claimed.claim}"
    return structs.replace(
        _sent(claimed, body, sha256(body), system=system, now=now),
        message_ref=minted("M", cause=cause, learned_at=now),
        outcome=Outcome.SHADOW,
    )


def _sent(claimed: Claimed, body: bytes, hash_: bytes, *, system: str, now: datetime) -> Message:
    cause = f"sent {claimed.delivery_id} {hash_.hex()}"
    return Message(
        message_ref=minted("M", cause=cause, learned_at=now),
        scope=(system, OURSELVES, claimed.business_key),
        body=body,
        sha256=hash_,
        content_type=_RAW,
        learned_at=now,
        last_at=now,
        direction="out",
        delivery_id=claimed.delivery_id,
        outcome=Outcome.SENT,
    )

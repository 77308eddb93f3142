"""The outbox: deliveries written in the transaction of the facts that cause them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from drawbar.freight.delivery import Delivery
from drawbar.records.codec import digest, encode
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

CHANNEL = "drawbar_deliveries"
_SQL = statements("deliveries")


class DifferentDelivery(RuntimeError):
    """A run asks for another effect under a business key that is taken: only one may happen."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """A delivery to keep, and the fact that caused it or the message that it answers."""

    delivery: Delivery
    created_at: datetime
    fact_id: int | None = None
    message_ref: str = ""


def put_out(cursor: Rows, outgoing: Sequence[Outgoing]) -> None:
    """Keep deliveries, and one that is known by its business key only once.

    Their streams are locked, so rows of one stream are numbered in the order of their facts. Raise
    ``DifferentDelivery`` when a known key would carry something else.
    """
    if not outgoing:
        return
    rows = [_values(item) for item in outgoing]
    cursor.executemany(_SQL["put_out"], rows)
    _refuse_different(cursor, rows)
    announce(cursor, {(item.delivery.system, item.delivery.lane.value) for item in outgoing})


def announce(cursor: Rows, gates: Iterable[tuple[str, str]]) -> None:
    """Tell the workers, at commit, to which systems and lanes something may go out."""
    cursor.executemany(
        "SELECT pg_notify(%s, %s)",
        [(CHANNEL, f"{system} {lane}") for system, lane in sorted(gates)],
    )


def _refuse_different(cursor: Rows, rows: Sequence[dict[str, object]]) -> None:
    asked = {
        name: [row[name] for row in rows] for name in ("system", "business_key", "payload_hash")
    }
    different = cursor.execute(_SQL["different"], asked).fetchall()
    if different:
        raise DifferentDelivery(
            ", ".join(f"{system} has another delivery under {key}" for system, key in different)
        )


def _values(outgoing: Outgoing) -> dict[str, object]:
    delivery = outgoing.delivery
    payload = encode(delivery.payload)
    return {
        "system": delivery.system,
        "lane": delivery.lane.value,
        "stream_kind": delivery.stream.kind.value,
        "stream_ref": delivery.stream.ref,
        "business_key": delivery.business_key,
        "kind": type(delivery.payload).__name__,
        "payload": payload,
        "payload_hash": digest(payload),
        "depart_at": delivery.depart_at,
        "fact_id": outgoing.fact_id,
        "message_ref": outgoing.message_ref,
        "created_at": outgoing.created_at,
    }

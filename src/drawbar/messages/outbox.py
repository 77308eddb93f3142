"""The outbox: deliveries written in the transaction of the facts that cause them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from drawbar.freight.delivery import Delivery
from drawbar.records.codec import digest, encode
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, Sheet, aside

CHANNEL = "drawbar_deliveries"
_SQL = statements("deliveries")
_DELIVERIES = Sheet(
    "deliveries",
    {
        "system": "text",
        "lane": "text",
        "stream_kind": "text",
        "stream_ref": "text",
        "business_key": "text",
        "kind": "text",
        "payload": "bytea",
        "payload_hash": "bytea",
        "depart_at": "timestamptz",
        "fact_id": "int8",
        "message_ref": "text",
        "created_at": "timestamptz",
        "due_at": "timestamptz",
    },
)


Known = dict[tuple[str, str], bytes]
"""The hash of the payload by system and business key."""


class DifferentDelivery(RuntimeError):
    """A run asks for another effect under a business key that is taken: only one may happen."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """A delivery to keep, and the fact that caused it or the message that it answers."""

    delivery: Delivery
    created_at: datetime
    fact_id: int | None = None
    message_ref: str = ""


def put_out(
    cursor: Rows, outgoing: Sequence[Outgoing], *, known: Callable[[], Known] | None = None
) -> None:
    """Keep deliveries, and one that is known by its business key only once.

    Their streams are locked, so rows of one stream are numbered in the order of their facts. Raise
    ``DifferentDelivery`` when a known key would carry something else. ``UniqueViolation``: another
    asked for the same effect meanwhile. ``known`` is what ``ask_known`` gave, if it was asked.
    """
    if not outgoing:
        return
    found = known() if known else ask_known(cursor, outgoing)()
    new = []
    for item in outgoing:
        key = (item.delivery.system, item.delivery.business_key)
        payload = encode(item.delivery.payload)
        hash_ = digest(payload)
        if key not in found:
            found[key] = hash_
            new.append(_values(item, payload, hash_))
        elif found[key] != hash_:
            raise DifferentDelivery(f"{key[0]} has another delivery under {key[1]}")
    _DELIVERIES.append(cursor, new)
    announce(cursor, {(item.delivery.system, item.delivery.lane.value) for item in outgoing})


def announce(cursor: Rows, gates: Iterable[tuple[str, str]]) -> None:
    """Tell the workers, at commit, to which systems and lanes something may go out."""
    words = [f"{system} {lane}" for system, lane in sorted(gates)]
    told = "SELECT pg_notify(%s, word) FROM unnest(%s::text[]) AS word"
    aside(cursor).execute(told, [CHANNEL, words])


def ask_known(cursor: Rows, outgoing: Sequence[Outgoing]) -> Callable[[], Known]:
    """Ask what is out already, or owed, under the business keys of ``outgoing``."""
    if not outgoing:
        return dict
    asked = {
        "systems": sorted({one.delivery.system for one in outgoing}),
        "business_keys": sorted({one.delivery.business_key for one in outgoing}),
    }
    rows = aside(cursor).execute(_SQL["known"], asked)
    return lambda: {(system, key): bytes(hash_) for system, key, hash_ in rows.fetchall()}


def _values(outgoing: Outgoing, payload: bytes, hash_: bytes) -> tuple[object, ...]:
    delivery = outgoing.delivery
    return (
        delivery.system,
        delivery.lane,
        delivery.stream.kind,
        delivery.stream.ref,
        delivery.business_key,
        type(delivery.payload).__name__,
        payload,
        hash_,
        delivery.depart_at,
        outgoing.fact_id,
        outgoing.message_ref,
        outgoing.created_at,
        outgoing.created_at,
    )

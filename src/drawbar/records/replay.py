"""The facts about a shipment or a bill as they were known at an instant, and the terms of then."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import structs

from drawbar.flow.company import Company
from drawbar.flow.replay import Recorded
from drawbar.freight.fact import Fact
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.codec import decode_fact
from drawbar.records.company import company_of
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("replay")
ROUNDS_MAX = 3
STREAMS_MAX = 200


def story_of(cursor: Rows, keys: Iterable[StreamKey]) -> list[StreamKey]:
    """Return the streams whose facts decide about ``keys``: loads, orders, bills and invoices."""
    known = sorted(set(keys))
    for _ in range(ROUNDS_MAX):
        rows = cursor.execute(_SQL["streams"], _pairs(known)).fetchall()
        found = sorted({*known, *(StreamKey(StreamKind(kind), ref) for kind, ref in rows)})
        if len(found) == len(known) or len(found) > STREAMS_MAX:
            break
        known = found
    return known


def recorded(cursor: Rows, streams: Iterable[StreamKey], *, known_on: datetime) -> list[Recorded]:
    """Return the facts that touched the streams and were learned by then, in their order."""
    asked = _pairs(streams) | {"known_on": known_on}
    return [
        Recorded(
            fact=structs.replace(decode_fact(bytes(body)), learned_at=learned_at),
            touched=frozenset(StreamKind(kind) for kind in kinds),
        )
        for body, learned_at, kinds in cursor.execute(_SQL["facts"], asked)
    ]


def terms_then(
    cursor: Rows, otherwise: Company, *, known_on: datetime
) -> Callable[[Fact], Company]:
    """Return what gives the firm for each fact: the version that held when it was learned.

    Where no folder was ever applied it is ``otherwise``.
    """
    rows = cursor.execute(_SQL["applied"]).fetchall()
    numbers, days = [number for number, _ in rows], [at for _, at in rows]
    firms: dict[int, Company] = {}

    def firm(fact: Fact) -> Company:
        if not numbers:
            return otherwise
        place = max(bisect_right(days, fact.learned_at) - 1, 0)
        if place not in firms:
            firms[place] = company_of(cursor, numbers[place], known_at=known_on)
        return firms[place]

    return firm


def _pairs(streams: Iterable[StreamKey]) -> dict[str, object]:
    keys = list(streams)
    return {"kinds": [key.kind.value for key in keys], "refs": [key.ref for key in keys]}

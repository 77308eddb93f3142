"""The pulse of the books: which lists have changed since somebody looked a moment ago."""

from collections import defaultdict

from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("pulse")
_LATE = 300
"""How many facts back one may still become visible: a longer transaction takes its number early."""
_ROWS_MAX = 3000
REFS_MAX = 100
_LIST_OF = {
    "order": "orders",
    "shipment": "shipments",
    "freight_bill": "bills",
    "customer_invoice": "invoices",
}


class Beat(Struct, frozen=True, kw_only=True):
    """Where each list stands. ``touched`` names what changed since the last beat, by list.

    A list that changed without a name for what, or in too many places, has no references.
    """

    versions: dict[str, int]
    touched: dict[str, tuple[str, ...]]
    seen: frozenset[int]


_NOTHING = Beat(versions={}, touched={}, seen=frozenset())


def beat(cursor: Rows, last: Beat | None) -> Beat:
    """Return where the lists stand now, and what changed since ``last`` (nothing for the first)."""
    row = cursor.execute(_SQL["figures"]).fetchone()
    assert row is not None
    newest, message, delivery, open_now, attempts, case, open_cases, parked = (
        int(figure or 0) for figure in row
    )
    counted = {
        "messages": message,
        "deliveries": hash((delivery, open_now, attempts)),
        "cases": hash((case, open_cases)),
        "waits": parked,
    }
    facts = _facts(cursor, last or _NOTHING, newest)
    streams = dict.fromkeys(_LIST_OF.values(), newest)
    if last is None:
        return Beat(versions=streams | counted, touched={}, seen=frozenset(facts))
    fresh = _by_list(facts, last)
    streams = {name: newest if name in fresh else last.versions[name] for name in streams}
    changed = {name: () for name, at in counted.items() if at != last.versions[name]}
    return Beat(versions=streams | counted, touched=changed | fresh, seen=frozenset(facts))


def _facts(cursor: Rows, last: Beat, newest: int) -> dict[int, list[tuple[str, str]]]:
    after = max(last.seen, default=newest) - _LATE
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    asked = {"after": after, "limit": _ROWS_MAX}
    for fact_id, kind, ref in cursor.execute(_SQL["touched"], asked):
        found[fact_id].append((kind, ref))
    return found


def _by_list(facts: dict[int, list[tuple[str, str]]], last: Beat) -> dict[str, tuple[str, ...]]:
    touched: dict[str, set[str]] = defaultdict(set)
    for fact_id in facts.keys() - last.seen:
        for kind, ref in facts[fact_id]:
            if kind in _LIST_OF:
                touched[_LIST_OF[kind]].add(ref)
    return {
        name: tuple(sorted(refs)) if len(refs) <= REFS_MAX else () for name, refs in touched.items()
    }

"""Names on file: under which references a stream is found, and who waits for a name to appear.

Who adds a name and who parks for it take the same lock, so no fact waits for what is there.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.json import encode

from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, aside

_SQL = statements("names")
BUCKETS = 256

Found = dict[ReferenceKey, tuple[StreamKey, ...]]


class NameRow(Struct, frozen=True, order=True):
    """A stream is found under a name, since the fact with this number."""

    key: ReferenceKey
    stream: StreamKey
    spelled: str
    fact_id: int


def look_up(cursor: Rows, keys: Iterable[ReferenceKey]) -> Found:
    """Return, for each of ``keys``, the streams that bear the name, in key order; maybe none."""
    return ask_names(cursor, keys)()


def ask_names(cursor: Rows, keys: Iterable[ReferenceKey]) -> Callable[[], Found]:
    """Ask what ``look_up`` returns."""
    asked = {key: key for key in keys}
    if not asked:
        return dict
    rows = aside(cursor).execute(_SQL["look_up"], _columns(asked))

    def answer() -> Found:
        found: dict[ReferenceKey, list[StreamKey]] = {key: [] for key in asked}
        for kind, value, party, stream_kind, stream_ref in rows.fetchall():
            key = asked[ReferenceKey(ReferenceKind(kind), value, party)]
            found[key].append(StreamKey(StreamKind(stream_kind), stream_ref))
        return {key: tuple(sorted(streams)) for key, streams in found.items()}

    return answer


def lock_names(
    cursor: Rows, *, added: Iterable[ReferenceKey], awaited: Iterable[ReferenceKey]
) -> None:
    """Let nobody park for a name while it is added, nor add it while somebody parks for it.

    Taken after all locks on streams, until the end of the transaction.
    """
    exclusive = {bucket(key) for key in awaited}
    buckets = sorted(exclusive | {bucket(key) for key in added})
    if buckets:
        modes = [number in exclusive for number in buckets]
        aside(cursor).execute(_SQL["lock"], {"buckets": buckets, "exclusive": modes})


def bucket(key: ReferenceKey) -> int:
    """Return which lock guards a name. The same in every process and version."""
    words = "\0".join((key.kind.value, key.value, key.party))
    return hashlib.blake2b(words.encode(), digest_size=1).digest()[0]


def add_names(cursor: Rows, rows: Iterable[NameRow], *, now: datetime) -> Rows | None:
    """Add names and let facts that waited for them be decided next; return what counts those.

    The caller holds the locks of the names; a name that is there already changes nothing.
    """
    said = [
        {
            "kind": row.key.kind,
            "value": row.key.value,
            "party": row.key.party,
            "stream_kind": row.stream.kind,
            "stream_ref": row.stream.ref,
            "spelled": row.spelled,
            "fact_id": row.fact_id,
        }
        for row in rows
    ]
    if not said:
        return None
    return aside(cursor).execute(_SQL["add"], {"names": encode(said).decode(), "now": now})


def _columns(keys: Mapping[ReferenceKey, object]) -> dict[str, list[str]]:
    return {
        "kinds": [key.kind.value for key in keys],
        "values": [key.value for key in keys],
        "parties": [key.party for key in keys],
    }

"""Names on file: under which references a stream is found, and who waits for a name to appear.

Who adds a name and who parks for it take the same lock, so no fact waits for what is there.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, Sheet

_SQL = statements("names")
_NAMES = Sheet(
    "names",
    {
        "kind": "text",
        "value": "text",
        "party": "text",
        "stream_kind": "text",
        "stream_ref": "text",
        "spelled": "text",
        "fact_id": "int8",
    },
)
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
    found: dict[ReferenceKey, list[StreamKey]] = {key: [] for key in keys}
    if not found:
        return {}
    for kind, value, party, stream_kind, stream_ref in cursor.execute(
        _SQL["look_up"], _columns(found)
    ):
        key = ReferenceKey(ReferenceKind(kind), value, party)
        found[key].append(StreamKey(StreamKind(stream_kind), stream_ref))
    return {key: tuple(sorted(streams)) for key, streams in found.items()}


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
        cursor.execute(_SQL["lock"], {"buckets": buckets, "exclusive": modes})


def bucket(key: ReferenceKey) -> int:
    """Return which lock guards a name. The same in every process and version."""
    words = "\0".join((key.kind.value, key.value, key.party))
    return hashlib.blake2b(words.encode(), digest_size=1).digest()[0]


def add_names(cursor: Rows, rows: Sequence[NameRow]) -> set[ReferenceKey]:
    """Add names; return the keys of those that were not there. The caller holds their locks.

    ``UniqueViolation``: another gave a stream the same name meanwhile.
    """
    if not rows:
        return set()
    known = _names_of(cursor, {row.stream.ref for row in rows})
    new = [row for row in rows if (row.key, row.stream) not in known]
    _NAMES.append(
        cursor,
        (
            (
                row.key.kind,
                row.key.value,
                row.key.party,
                row.stream.kind,
                row.stream.ref,
                row.spelled,
                row.fact_id,
            )
            for row in new
        ),
    )
    return {row.key for row in new}


def _names_of(cursor: Rows, refs: Iterable[str]) -> set[tuple[ReferenceKey, StreamKey]]:
    rows = cursor.execute(_SQL["names_of"], {"refs": sorted(refs)})
    return {
        (ReferenceKey(ReferenceKind(kind), value, party), StreamKey(StreamKind(stream), ref))
        for kind, value, party, stream, ref in rows
    }


def _columns(keys: Mapping[ReferenceKey, object]) -> dict[str, list[str]]:
    return {
        "kinds": [key.kind.value for key in keys],
        "values": [key.value for key in keys],
        "parties": [key.party for key in keys],
    }

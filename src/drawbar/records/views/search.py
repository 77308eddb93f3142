"""Find anything by any name that a person has for it, however it is spelled."""

from collections.abc import Iterable

from msgspec import Struct

from drawbar.freight.reference import Reference, ReferenceKind, normalise
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("search")
FOUND_MAX = 50


class Found(Struct, frozen=True, order=True):
    """A stream, and the name by which it was found: what kind of name, and how it was spelled."""

    stream: StreamKey
    known_as: str
    spelled: str


def find_streams(cursor: Rows, text: str, *, limit: int = FOUND_MAX) -> list[Found]:
    """Return the streams that bear ``text`` as any kind of name, in key order.

    Blanks, dashes and case do not matter; a PRO is found with and without leading zeros, a document
    by the number that the other system gave it.
    """
    text = text.strip()
    if not text:
        return []
    values = sorted(set(_spellings(text)))
    asked = {
        "kinds": [kind.value for kind in ReferenceKind],
        "values": values,
        "bare": sorted({value.lstrip("0") for value in values if value.strip("0")}),
        "refs": sorted({text, text.upper()}),
        "limit": limit,
    }
    rows = cursor.execute(_SQL["find"], asked)
    return sorted(
        Found(StreamKey(StreamKind(kind), ref), known_as, spelled)
        for kind, ref, known_as, spelled in rows
    )


def _spellings(text: str) -> Iterable[str]:
    for kind in ReferenceKind:
        value = normalise(Reference(kind, text)).value
        yield value
        yield value.lstrip("0") or value

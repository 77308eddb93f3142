"""One box for every reference: whose story a name leads to, however somebody spells it."""

from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from drawbar.flow.company import Company
from drawbar.freight.reference import Reference, ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")
HITS_MAX = 50
OWN = "our reference"
_REFERENCE_LENGTH_MAX = 100


class Hit(Struct, frozen=True, kw_only=True):
    """A stream or a message (kind "message") and by which of its names it was found."""

    kind: str
    ref: str
    found_by: str


def find(cursor: Rows, text: str, company: Company) -> list[Hit]:
    """Return everything that somebody calls ``text``, each once; empty when nobody does."""
    wanted = text.strip()[:_REFERENCE_LENGTH_MAX].replace("\0", "")
    if not wanted:
        return []
    refs = sorted({wanted, wanted.upper()})
    found = chain(_own(cursor, refs), _named(cursor, wanted, company), _documents(cursor, refs))
    hits: dict[tuple[str, str], Hit] = {}
    for hit in found:
        hits.setdefault((hit.kind, hit.ref), hit)
    return list(hits.values())[:HITS_MAX]


def streams_found(hits: Iterable[Hit]) -> list[StreamKey]:
    """Return the streams among the hits, without customers and number series, in key order."""
    kinds = {kind.value: kind for kind in StreamKind}
    skipped = {StreamKind.CUSTOMER.value, StreamKind.NUMBER_SERIES.value}
    return sorted(
        StreamKey(kinds[hit.kind], hit.ref)
        for hit in hits
        if hit.kind in kinds and hit.kind not in skipped
    )


def _own(cursor: Rows, refs: list[str]) -> list[Hit]:
    rows = cursor.execute(_SQL["by_own_reference"], {"refs": refs}).fetchall()
    hits = [Hit(kind=kind, ref=ref, found_by=OWN) for kind, ref, _ in rows]
    messages = cursor.execute(_SQL["is_message"], {"refs": refs}).fetchall()
    return hits + [Hit(kind="message", ref=ref, found_by=OWN) for (ref,) in messages]


def _named(cursor: Rows, text: str, company: Company) -> list[Hit]:
    values = sorted({key.value for key in _spellings(text, company)} - {""})
    asked = {"kinds": [kind.value for kind in ReferenceKind], "values": values, "limit": HITS_MAX}
    rows = cursor.execute(_SQL["named"], asked).fetchall()
    bare = sorted({value.lstrip("0") for value in values} - {""})
    rows += cursor.execute(
        _SQL["named_without_zeros"], {"values": bare, "limit": HITS_MAX}
    ).fetchall()
    return [
        Hit(kind=kind, ref=ref, found_by=f"{name.replace('_', ' ').upper()} {spelled}")
        for kind, ref, name, spelled in rows
    ]


def _spellings(text: str, company: Company) -> set[ReferenceKey]:
    """Return the text normalised as every kind of name, and as each carrier writes its PROs."""
    plain = {company.key_of(Reference(kind, text)) for kind in ReferenceKind}
    carriers = {
        company.key_of(Reference(ReferenceKind.PRO, text, carrier)) for carrier in company.carriers
    }
    return plain | carriers


def _documents(cursor: Rows, refs: list[str]) -> list[Hit]:
    rows = cursor.execute(_SQL["by_document"], {"refs": refs}).fetchall()
    return [Hit(kind=kind, ref=ref, found_by=f"document {number}") for kind, ref, number in rows]

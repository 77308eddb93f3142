"""Records of a flat file as they were read or are to be written, with places and findings."""

from collections.abc import Mapping

from msgspec import Struct

from drawbar.connectors.flat.field import Value
from drawbar.edi import Finding


class Record(Struct, frozen=True, kw_only=True):
    """One record. ``kind`` is empty for what stands between records, such as an empty line.

    ``number`` counts lines (or records without line ends) from 1; ``parent`` is the place in the
    document of the record that it belongs to, -1 for none. ``raw`` are its bytes with their end,
    empty for what we built.
    """

    kind: str
    values: Mapping[str, Value] = {}
    number: int = 0
    offset: int = -1
    parent: int = -1
    raw: bytes = b""


class FlatFile(Struct, frozen=True, kw_only=True):
    """A file as it was read: all its bytes are in its records, in order."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]

"""One door for what partners send: whichever standard a file is in, and several in one file.

X12 and EDIFACT are told apart by their headers, interchange by interchange.
"""

from collections.abc import Iterator
from datetime import datetime

from drawbar.edi.document import Document, Interchange, TransactionSet
from drawbar.edi.edifact import typed as edifact_typed
from drawbar.edi.edifact import writer as edifact_writer
from drawbar.edi.edifact.acknowledge import ControlNumbers
from drawbar.edi.edifact.acknowledge import acknowledge as acknowledge_edifact
from drawbar.edi.edifact.check import structured as structured_edifact
from drawbar.edi.finding import Finding
from drawbar.edi.limit import Limits
from drawbar.edi.walk import Walk
from drawbar.edi.x12 import acknowledge as x12_acknowledge
from drawbar.edi.x12 import check as x12_check
from drawbar.edi.x12 import typed as x12_typed
from drawbar.edi.x12 import writer as x12_writer
from drawbar.edi.x12.acknowledge import Numbers, Weigh
from drawbar.edi.x12.structure import Loop

Stated = x12_typed.Typed | edifact_typed.Typed
"""Whatever a message says, in either standard."""


def read(data: bytes, *, charset: str = "", limits: Limits | None = None) -> Document:
    """Return every interchange in ``data``, with findings instead of errors.

    ``charset`` is what the partner's profile declares; when empty, an EDIFACT header does, and X12
    is read as Latin-1. Bytes outside of it are kept and reported.
    """
    walk = Walk(data, charset, limits or Limits())
    interchanges = tuple(walk.interchanges())
    tail = walk.finish(has_interchange=bool(interchanges))
    return Document(interchanges=interchanges, findings=tuple(walk.outside), tail=tail)


def stream(
    data: bytes, *, charset: str = "", limits: Limits | None = None
) -> Iterator[Interchange]:
    """Yield one interchange after the other, so that only one is held; see ``read``.

    What stands behind the last interchange, and what would be said of the whole file, is not told.
    """
    return Walk(data, charset, limits or Limits()).interchanges()


def parse(
    item: TransactionSet, *, references_reversed: bool = False
) -> tuple[Stated | x12_typed.Unparsed, tuple[Finding, ...]]:
    """Return what a set says, and what is wrong with it by its definition.

    ``references_reversed``: this partner writes the qualifier of an L11 first. Without it a
    reference that looks reversed is a finding, and stays as it is.
    """
    if _is_edifact(item):
        return edifact_typed.parse(item)
    return x12_typed.parse(item, references_reversed=references_reversed)


def check(item: TransactionSet) -> tuple[Finding, ...]:
    """Return what is wrong with a set by its definition; envelopes are ``read``'s."""
    return structured(item)[1]


def structured(item: TransactionSet) -> tuple[Loop, tuple[Finding, ...]]:
    """Return a set as a tree of loops, with everything that ``check`` finds."""
    return structured_edifact(item) if _is_edifact(item) else x12_check.structured(item)


def acknowledge(
    received: Interchange,
    *,
    numbers: Numbers,
    sent_at: datetime,
    weigh: Weigh = x12_acknowledge.weigh_by_table,
    receipt: str = "",
) -> tuple[Interchange, ...]:
    """Return the interchange of receipts to send back, or nothing when there is nothing to answer.

    A 997 or 999 (``receipt``, as the profile has it) for each group of X12, one CONTRL for EDIFACT;
    nothing for receipts. Raise ``UnableToWrap`` when the partner's ids or version do not fit into
    an envelope (``write`` raises when its references hold delimiters): a person answers such a
    file.
    """
    if received.is_edifact:
        drawn = ControlNumbers(interchange=str(numbers.interchange), message=numbers.set)
        return acknowledge_edifact(received, numbers=drawn, sent_at=sent_at, weigh=weigh)
    return x12_acknowledge.acknowledge(
        received, numbers=numbers, sent_at=sent_at, weigh=weigh, receipt=receipt
    )


def write(written: Document | Interchange, *, replacement: str | None = None) -> bytes:
    """Return the bytes of a file. What was read well-formed comes out as it was.

    Raise ``UnableToWrite`` when data contains a delimiter of X12, unless ``replacement`` (may be
    empty) says what to put in its place, or something that EDIFACT cannot release.
    """
    if isinstance(written, Interchange):
        return _write_interchange(written, replacement)
    parts = [_write_interchange(item, replacement) for item in written.interchanges]
    return b"".join(parts) + written.tail


def _write_interchange(item: Interchange, replacement: str | None) -> bytes:
    if item.is_edifact:
        return edifact_writer.write(item)
    return x12_writer.write(item, replacement=replacement)


def _is_edifact(item: TransactionSet) -> bool:
    return bool(item.segments) and item.segments[0].tag == "UNH"

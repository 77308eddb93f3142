"""What a partner's file holds: interchanges, their groups, and the sets inside them.

Everything the partner wrote is kept in order, also what has no place in an envelope.
"""

import hashlib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from drawbar.edi.component import component, neutral
from drawbar.edi.finding import Finding
from drawbar.edi.segment import Dialect, Segment


class TransactionSet(Struct, frozen=True, kw_only=True):
    """One business message with its header and, unless it is missing, its trailer."""

    code: str  # ST01: "204"
    control_number: str
    version: str  # GS08, or the set's own
    segments: tuple[Segment, ...]
    findings: tuple[Finding, ...] = ()
    dialect: Dialect = Dialect()


class Group(Struct, frozen=True, kw_only=True):
    """Sets of one kind. ``header`` or ``trailer`` is None when the partner left it out."""

    header: Segment | None = None
    sets: tuple[TransactionSet, ...] = ()
    trailer: Segment | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def code(self) -> str:
        """Return GS01. Not trustworthy: a set says itself what it is."""
        return self.header.get(1) if self.header else ""

    @property
    def control_number(self) -> str:
        """Return GS06, or UNG05."""
        if self.header is None:
            return ""
        return self.header.get(5 if self.header.tag == "UNG" else 6)

    @property
    def version(self) -> str:
        """Return GS08, or UNG07."""
        if self.header is None:
            return ""
        return self.header.get(7 if self.header.tag == "UNG" else 8)


class Identity(Struct, frozen=True, kw_only=True):
    """What makes an interchange the same one again. Blanks around ids do not count.

    ``payload_hash`` covers what is inside the envelope, whatever delimiters or line ends were used:
    same number and hash is a duplicate; same number with another hash is a case.
    """

    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    control_number: str
    payload_hash: str


class Interchange(Struct, frozen=True, kw_only=True):
    """One envelope from one partner to another, read or to be written.

    ``segments`` is everything in the order of the file; ``groups`` is the same by envelope.
    ``lead`` is what stood before the header, ``tail`` what followed the last segment's text;
    ``endings`` keeps, by index, what followed a segment where it differs from the dialect;
    ``wraps`` (EDIFACT) the text of a segment with the line breaks that were taken out of it.
    """

    segments: tuple[Segment, ...]
    groups: tuple[Group, ...] = ()
    dialect: Dialect = Dialect()
    lead: str = ""
    tail: str = ""
    endings: Mapping[int, str] = {}
    wraps: Mapping[int, str] = {}
    raw: bytes = b""
    findings: tuple[Finding, ...] = ()

    @property
    def header(self) -> Segment:
        """Return the ISA or UNB segment, or an empty one when the file has none."""
        first = self.segments[0] if self.segments else Segment("")
        opening = "UNB" if self.is_edifact else "ISA"
        return first if first.tag == opening else Segment(opening)

    @property
    def is_edifact(self) -> bool:
        """Say whether it is EDIFACT; else it is X12."""
        return bool(self.segments) and self.segments[0].tag in {"UNB", "UNG", "UNH"}

    @property
    def version(self) -> str:
        """Return ISA12, such as ``00401``, or the syntax version of UNB01, such as ``3``."""
        if self.is_edifact:
            return component(self.header, 1, 2, self.dialect)
        return self.header.get(12)

    @property
    def is_test(self) -> bool:
        """Say whether the partner marked it as a test (ISA15 = T, UNB11 = 1)."""
        if self.is_edifact:
            return self.header.get(11).strip() == "1"
        return self.header.get(15).strip() == "T"

    @property
    def asks_receipt(self) -> bool:
        """Say whether the partner wants a receipt for the envelope (ISA14 = 1, UNB09 = 1)."""
        return self.header.get(9 if self.is_edifact else 14).strip() == "1"

    @property
    def identity(self) -> Identity:
        """Return what makes this interchange the same one again."""
        isa = self.header
        if self.is_edifact:
            return self._edifact_identity(isa)
        return Identity(
            sender_qualifier=isa.get(5).strip(),
            sender=isa.get(6).strip(),
            receiver_qualifier=isa.get(7).strip(),
            receiver=isa.get(8).strip(),
            control_number=isa.get(13).strip(),
            payload_hash=_payload_hash(self.segments),
        )

    def _edifact_identity(self, unb: Segment) -> Identity:
        """Read the ids of a UNB; an internal id (third component) belongs to the id before it."""
        sender, receiver = (
            [component(unb, element, number, self.dialect).strip() for number in (1, 2, 3)]
            for element in (2, 3)
        )
        return Identity(
            sender_qualifier=sender[1],
            sender="/".join(part for part in sender[::2] if part),
            receiver_qualifier=receiver[1],
            receiver="/".join(part for part in receiver[::2] if part),
            control_number=component(unb, 5, 1, self.dialect).strip(),
            payload_hash=_payload_hash(self.segments, self.dialect),
        )

    @property
    def sets(self) -> Iterator[TransactionSet]:
        """Yield every set in order, whatever its group."""
        return (item for group in self.groups for item in group.sets)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Return the findings of the interchange, its groups and its sets, outermost first."""
        inner = [(*group.findings, *_set_findings(group)) for group in self.groups]
        return self.findings + tuple(finding for found in inner for finding in found)


class Document(Struct, frozen=True, kw_only=True):
    """One file. ``interchanges`` may be empty; ``findings`` are those outside all of them."""

    interchanges: tuple[Interchange, ...] = ()
    findings: tuple[Finding, ...] = ()
    tail: bytes = b""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Return every finding in the file."""
        inner = [finding for item in self.interchanges for finding in item.all_findings]
        return self.findings + tuple(inner)


def _set_findings(group: Group) -> tuple[Finding, ...]:
    return tuple(finding for item in group.sets for finding in item.findings)


def _payload_hash(segments: tuple[Segment, ...], dialect: Dialect | None = None) -> str:
    """Hash tags and elements with separators of our own, so that re-wrapping changes nothing.

    ``dialect`` is given where elements hold components and release characters of a dialect.
    """
    digest = hashlib.sha256()
    for item in segments:
        if item.tag not in {"ISA", "IEA", "UNB", "UNZ"}:
            stated = item.elements
            elements = [neutral(each, dialect) for each in stated] if dialect else stated
            digest.update("\x1f".join((item.tag, *elements)).encode("utf-8", "surrogatepass"))
            digest.update(b"\x1e")
    return digest.hexdigest()

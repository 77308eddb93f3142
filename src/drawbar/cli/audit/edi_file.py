"""An X12 file: bills out of 210s, events out of 214s, shipments out of 204s, set by set.

A set that cannot be relied on is noted by its place and stops no other.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from drawbar.cli.audit.edi_bill import lines_of
from drawbar.cli.audit.edi_event import events_of
from drawbar.cli.audit.edi_load import load_of
from drawbar.cli.audit.edi_piece import BLOCK, LARGEST, TooLarge, pieces
from drawbar.cli.audit.edi_remark import Remarks
from drawbar.cli.audit.edi_set import EdiSet, EdiWords
from drawbar.cli.audit.edi_turned import Parsed, understood
from drawbar.cli.audit.paper import EventPaper, LinePaper, LoadPaper
from drawbar.cli.audit.source import Source
from drawbar.cli.audit.unread import Refused, UnreadList
from drawbar.edi import (
    Finding,
    FindingCode,
    FreightInvoice,
    Interchange,
    Limits,
    LoadTender,
    Severity,
    ShipmentStatus,
    read,
    weigh_by_table,
)

LIMITS = Limits(
    bytes_max=LARGEST + BLOCK, segments_max=LARGEST // 4, interchanges_max=LARGEST // 100
)
SEGMENTS_MAX = 100_000
"""A set with more segments is no bill, no event and no shipment."""

_TOO_LARGE = Refused(
    f"an interchange of more than {LARGEST // 1024**2} MB is not read",
    remedy="Ask for it in smaller interchanges.",
)
_JUDGED_LATER = frozenset({FindingCode.CHARGES_DO_NOT_FOOT})
"""What is wrong with the money of a bill is for the audit to say."""

_MERE_WORDS = frozenset({("L1", 12), ("L5", 2), ("N1", 2), ("N2", 1), ("N3", 1), ("N4", 1)})
"""Descriptions, names and streets: what is too long of them misleads nobody."""

Said = tuple[str, LinePaper] | EventPaper | LoadPaper


class EdiReader(Struct):
    """Reads the files of one folder; an interchange that came before is not read again.

    ``assumes_currency`` says whether a bill so far named none.
    """

    currency: str
    zone: str
    words: EdiWords
    unread: UnreadList
    remarks: Remarks
    seen: set[tuple[str, ...]] = field(default_factory=set)
    assumes_currency: bool = False

    def read(self, source: Source) -> Iterator[Said]:
        """Yield lines of bills with their document, events and shipments."""
        for number, interchange in enumerate(self._interchanges(source), start=1):
            if isinstance(interchange, TooLarge):
                self.unread.add(source.name, f"interchange {number}", _TOO_LARGE)
                continue
            if self._is_known(interchange, source, number):
                continue
            if self._is_broken(interchange.findings, source, f"interchange {number}"):
                continue
            yield from self._sets(interchange, source, number)

    def _interchanges(self, source: Source) -> Iterator[Interchange | TooLarge]:
        for piece in pieces(source.path):
            if isinstance(piece, TooLarge):
                yield piece
                continue
            document = read(piece, limits=LIMITS)
            for finding in document.findings:
                self._note(source.name, "", finding)
            yield from document.interchanges

    def _sets(self, interchange: Interchange, source: Source, number: int) -> Iterator[Said]:
        counted = 0
        for group in interchange.groups:
            for item in group.sets:
                counted += 1
                place = f"interchange {number} set {counted}"
                if len(item.segments) > SEGMENTS_MAX:
                    self.unread.add(source.name, place, _endless(len(item.segments)))
                    continue
                meant, parsed = understood(item)
                findings = (*group.findings, *item.findings, *parsed[1])
                if self._is_broken(findings, source, place):
                    continue
                one = EdiSet(
                    file=source.name,
                    place=place,
                    item=meant,
                    control=interchange.header.get(13).strip(),
                )
                sender = interchange.header.get(6).strip()
                self.remarks.note(one, sender, is_turned=meant is not item)
                try:
                    yield from self._said(one, parsed)
                except Refused as error:
                    self.unread.add(source.name, place, error)
                except ValueError as error:
                    self.unread.add(source.name, place, Refused(str(error), remedy="Correct it."))

    def _said(self, one: EdiSet, parsed: Parsed) -> Iterator[Said]:
        match parsed[0]:
            case FreightInvoice() as typed:
                document = f"{one.file}\x1f{one.place}"
                self.assumes_currency |= not typed.currency.strip()
                lines = lines_of(typed, one, self.words, currency=self.currency)
                yield from ((document, line) for line in lines)
            case ShipmentStatus() as typed:
                yield from events_of(typed, one, self.words, self.unread)
            case LoadTender() as typed:
                paper = load_of(typed, one, self.words, zone=self.zone)
                if paper is not None:
                    yield paper
            case _:
                text = f"a {one.item.code} says nothing that an audit reads"
                error = Refused(text, remedy="Nothing need be done.", cause=f"set:{one.item.code}")
                self.unread.note(one.file, one.place, error)

    def _is_known(self, interchange: Interchange, source: Source, number: int) -> bool:
        one = interchange.identity
        key = (one.sender, one.receiver, one.control_number, one.payload_hash)
        if key in self.seen:
            text = f"interchange {one.control_number} of {one.sender} came before: read once"
            error = Refused(text, remedy="Nothing need be done.")
            self.unread.note(source.name, f"interchange {number}", error)
            return True
        self.seen.add(key)
        return False

    def _is_broken(self, findings: tuple[Finding, ...], source: Source, place: str) -> bool:
        errors = [one for one in findings if _counts(one)]
        for finding in errors:
            self._note(source.name, place, finding)
        return bool(errors)

    def _note(self, file: str, place: str, finding: Finding) -> None:
        segment = f"segment {finding.place.segment}" if finding.place.segment else ""
        where = " ".join(one for one in (place, segment) if one)
        error = Refused(
            finding.text,
            field=f"{finding.tag}{finding.place.element:02d}"
            if finding.place.element
            else finding.tag,
            remedy="Ask the partner to send it again, correct.",
        )
        if weigh_by_table(finding) is Severity.ERROR:
            self.unread.add(file, where, error)


def _endless(count: int) -> Refused:
    text = f"a set of {count:,} segments; one with more than {SEGMENTS_MAX:,} is not read"
    return Refused(text, remedy="Ask the partner what it should be.")


def _counts(finding: Finding) -> bool:
    """Return whether a set cannot be relied on because of a finding."""
    is_long = finding.code is FindingCode.ELEMENT_TOO_LONG
    if is_long and (finding.tag, finding.place.element) in _MERE_WORDS:
        return False
    return weigh_by_table(finding) is Severity.ERROR and finding.code not in _JUDGED_LATER

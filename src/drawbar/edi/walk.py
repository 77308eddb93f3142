"""Goes through a file from one interchange to the next, whatever standard each of them is in.

Each header is looked for once, so that time grows with size only.
"""

from collections.abc import Iterator

from drawbar.edi.document import Interchange
from drawbar.edi.edifact import header as edifact_header
from drawbar.edi.edifact import reader as edifact
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Findings, Limits
from drawbar.edi.meaning import found
from drawbar.edi.other_standard import other_standard
from drawbar.edi.x12 import header as x12_header
from drawbar.edi.x12 import reader as x12
from drawbar.edi.x12.cut import BLANKS

NOWHERE = -1


class Walk:
    """One way through a file. ``outside`` is what was found outside of all interchanges."""

    def __init__(self, data: bytes, charset: str, limits: Limits) -> None:
        """Begin at the first byte."""
        text = data[: limits.bytes_max].decode("latin-1")
        self.outside: list[Finding] = []
        self._text, self._limits = text, limits
        self._findings = Findings(limits.findings_max)
        shared = (text, limits, self._findings)
        self._x12 = x12.Reading(*shared, charset or "latin-1", limits.segments_max)
        self._edifact = edifact.Reading(*shared, charset, limits.segments_max)
        self._x12_next: x12_header.Header | None = None
        self._edifact_next: int | None = None
        self._has_x12, self._is_cut_known = True, False
        self._at = 0
        self._is_stopped = False
        if len(data) > limits.bytes_max:
            self._note(FindingCode.LIMIT_REACHED, "bytes")

    def interchanges(self) -> Iterator[Interchange]:
        """Yield each interchange in order."""
        count = 0
        while (header := self._next()) is not None:
            if count >= self._limits.interchanges_max or self._x12.segments_left <= 0:
                self._note(FindingCode.LIMIT_REACHED, "interchanges")
                self._is_stopped = True
                return
            count += 1
            begun = self._at
            item = self._read(header)
            self._add(other_standard(item.lead, begun))
            yield item

    def finish(self, *, has_interchange: bool) -> bytes:
        """Note and return what stands behind the last interchange."""
        rest = self._text[self._at :]
        if not has_interchange:
            self._note(FindingCode.NO_INTERCHANGE, rest[:40])
        elif rest.strip(BLANKS) and not self._is_stopped:
            self._note(FindingCode.JUNK, rest.strip(BLANKS)[:80])
        if not self._is_stopped:
            self._add(other_standard(rest, self._at))
        return rest.encode("latin-1")

    def _next(self) -> x12_header.Header | edifact_header.Header | None:
        """Return the header that comes first; one that is cut off only where no whole one is left.

        A text in which sixteen separators can be counted, but only across a UNB, is no ISA.
        """
        plain, other = self._next_x12(), self._next_edifact()
        if plain and (other == NOWHERE or (plain.start < other and plain.end <= other)):
            return plain
        if other != NOWHERE:
            return edifact_header.find_header(self._text, self._at)
        return self._next_broken()

    def _next_x12(self) -> x12_header.Header | None:
        known = self._x12_next
        if self._has_x12 and known and known.start >= self._at:
            return known
        if not self._has_x12:
            return None
        self._x12_next = x12_header.find_header(self._text, self._at)
        self._has_x12 = self._x12_next is not None and not self._x12_next.is_cut
        return self._x12_next if self._has_x12 else None

    def _next_edifact(self) -> int:
        known = self._edifact_next
        if known is None or NOWHERE < known < self._at:
            match = edifact_header.HEADER.search(self._text, self._at)
            known = self._edifact_next = match.start("tag") if match else NOWHERE
        return known

    def _next_broken(self) -> x12_header.Header | edifact_header.Header | None:
        """Return a cut ISA or a message without UNB. Where an ISA is cut, no other follows it."""
        if not self._is_cut_known:
            self._is_cut_known = True
            self._x12_next = x12_header.find_header(self._text, self._at)
        cut = self._x12_next if self._x12_next and self._x12_next.start >= self._at else None
        bare = edifact_header.find_header(self._text, self._at, is_bare=True)
        if cut and bare:
            return cut if cut.start < bare.start else bare
        return cut or bare

    def _read(self, header: x12_header.Header | edifact_header.Header) -> Interchange:
        self._x12.at = self._edifact.at = self._at
        if isinstance(header, x12_header.Header):
            item = x12.read_interchange(self._x12, header)
            self._at, left = self._x12.at, self._x12.segments_left
        else:
            item = edifact.read_interchange(self._edifact, header)
            self._at, left = self._edifact.at, self._edifact.segments_left
        self._x12.segments_left = self._edifact.segments_left = left
        return item

    def _note(self, code: FindingCode, actual: str) -> None:
        self._findings.add(self.outside, found(code, actual=actual))

    def _add(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            self._findings.add(self.outside, finding)

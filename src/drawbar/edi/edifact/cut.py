"""Cut an EDIFACT interchange into segments; a released terminator is data and ends nothing."""

import re
from collections.abc import Callable, Iterator

from drawbar.edi.component import ends_released, split
from drawbar.edi.edifact.header import FOLLOWING, Header
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Limits
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment

BLANKS = " \t\r\n\x00\x1a"  # also what old transports pad a file with
_TAG = re.compile(r"[A-Z][A-Z0-9]{2}(?::[0-9:]*)?")
_ANY_BLANKS = re.compile(r"[ \t\r\n\x00\x1a]*+")
_PLAIN_BLANKS = re.compile(r"[ \t\x00\x1a]*+")


class Cut:
    """Walks over one interchange. ``end`` and ``content_end`` are known when it is exhausted.

    ``wraps`` keeps, by index, the text of a segment from which line breaks were taken out.
    ``content_end`` is behind the text of the last segment, ``end`` behind everything that follows.
    """

    def __init__(
        self, text: str, header: Header, limits: Limits, *, noting: Callable[[Finding], None]
    ) -> None:
        """Begin at ``header``."""
        dialect = header.dialect
        self._text, self._dialect, self._limits, self._note = text, dialect, limits, noting
        self._until = _until(dialect)
        self._is_line = not dialect.terminator.strip(" \t\r\n")
        self._ends = re.compile(r"\r\n|\n|\r" if self._is_line else re.escape(dialect.terminator))
        self._blanks = _PLAIN_BLANKS if self._is_line else _ANY_BLANKS
        self._empties = re.compile(rf"(?:(?:{self._ends.pattern}){self._blanks.pattern})++")
        self._start = self.content_end = self.end = header.start
        self._count = 0
        self._is_noted = False
        self.wraps: dict[int, str] = {}

    def segments(self, segments_left: int) -> Iterator[tuple[Segment, int]]:
        """Yield each segment with the offset behind its text, up to the trailer or next header."""
        at = self._start
        while (start := self._next_start(at)) >= 0:
            if segments_left <= self._count:
                self._note(found(FindingCode.LIMIT_REACHED, actual="segments"))
                break
            item = self._segment(start)
            self._count += 1
            yield item, self.content_end
            at = self.end
            if item.tag == "UNZ":
                break
        match = _ANY_BLANKS.match(self._text, self.end)
        self.end = match.end() if match else self.end

    def _next_start(self, at: int) -> int:
        """Return where the next segment with any text begins; -1 at the end or at a header."""
        while True:
            match = self._blanks.match(self._text, at)
            start = match.end() if match else at
            if start >= len(self._text):
                return -1
            is_near = self._count and self._text.startswith(("UNA", "UNB", "ISA"), start)
            if is_near and FOLLOWING.match(self._text, start):
                return -1
            empty = self._ends.match(self._text, start)
            if empty is None:
                return start
            run = self._empties.match(self._text, start)
            at = run.end() if run else empty.end()
            if not self._is_noted and not self._is_line:
                self._note(found(FindingCode.SEGMENT_EMPTY, Segment("", offset=start)))
                self._is_noted = True

    def _segment(self, start: int) -> Segment:
        match = self._until.match(self._text, start)
        stop = match.end() if match else start
        ended = self._ends.match(self._text, stop)
        self.content_end, self.end = stop, ended.end() if ended else stop
        text = self._text[start:stop]
        if text.startswith("UNZ") and (following := FOLLOWING.search(text, 3)):
            text, ended = text[: following.start()], None
            self.end = start + following.start()
        if ended is None:
            text = text.rstrip(BLANKS) if self.end > start else text
            self.content_end = start + len(text)
            self._note_unterminated(text, start)
        return self._split(text, start)

    def _note_unterminated(self, text: str, start: int) -> None:
        is_last = text.startswith("UNZ")
        code = FindingCode.TERMINATOR_MISSING
        code = FindingCode.LAST_TERMINATOR_MISSING if is_last else code
        at = Segment(text[:3], offset=start, index=self._count)
        self._note(found(code, at))
        if ends_released(text, self._dialect.release):
            self._note(found(FindingCode.RELEASE_DANGLING, at))

    def _split(self, text: str, start: int) -> Segment:
        """Take out line wraps, keep to the limits, and note what is not a segment."""
        dialect = self._dialect
        at = Segment(text[:3], offset=start, index=self._count)
        if len(text) > self._limits.segment_characters_max:
            text = text[: self._limits.segment_characters_max]
            self._note(found(FindingCode.LIMIT_REACHED, at, actual="characters of a segment"))
        if not self._is_line and ("\n" in text or "\r" in text):
            plain = unwrapped(text, dialect.release)
            if plain != text:
                self._note(found(FindingCode.LINE_WRAP, at))
                self.wraps[self._count] = text
            text = plain
        tag, *elements = split(text, dialect.element, dialect.release)
        if len(elements) > self._limits.elements_max:
            del elements[self._limits.elements_max :]
            self._note(found(FindingCode.LIMIT_REACHED, at, actual="elements"))
        if not _TAG.fullmatch(tag):
            self._note(found(FindingCode.TAG_MALFORMED, at))
        return Segment(tag, tuple(elements), start, index=self._count)


def _until(dialect: Dialect) -> re.Pattern[str]:
    """Return what matches the text of a segment up to its terminator, released ones included."""
    ends = "\r\n" if not dialect.terminator.strip(" \t\r\n") else dialect.terminator
    if not dialect.release:
        return re.compile(rf"[^{re.escape(ends)}]*+")
    mark = re.escape(dialect.release)
    plain = rf"[^{re.escape(ends)}{mark}]*+"
    return re.compile(rf"{plain}(?:{mark}.?{plain})*+", re.DOTALL)


def unwrapped(text: str, release: str) -> str:
    """Return text without line breaks; a released one is data and stays."""
    if not release or release not in text:
        return text.replace("\r", "").replace("\n", "")
    mark = re.escape(release)
    return re.sub(rf"({mark}(?:\r\n|.))|[\r\n]", r"\1", text, flags=re.DOTALL)

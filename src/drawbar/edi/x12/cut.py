"""Cut an interchange into segments, as one long line of text at a time."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Limits
from drawbar.edi.meaning import found
from drawbar.edi.segment import Dialect, Segment
from drawbar.edi.x12.header import Header, unwrapped

BLANKS = " \t\r\n\x00\x1a"  # also what old transports pad a file with
_LINE_ENDS = {"\r\n", "\n", "\r"}
_NEXT_HEADER = re.compile(
    r"ISA[^A-Za-z0-9\s]|(?<![A-Za-z0-9])UN(?:A[^A-Za-z0-9]{4,24}UN)?B[^A-Za-z0-9\s]"
)  # also where EDIFACT begins
_TAG = re.compile(r"[A-Z][A-Z0-9]{1,2}")


def _plain(dialect: Dialect) -> re.Pattern[str] | None:
    """Return what matches a segment with a tag, no line break, and the terminator behind it."""
    if len(dialect.terminator) != 1:
        return None
    mark, separator = re.escape(dialect.terminator), re.escape(dialect.element)
    text = rf"(?!ISA|IEA)[A-Z][A-Z0-9]{{1,2}}(?:{separator}[^{mark}\r\n]*+)?"
    return re.compile(rf"[{re.escape(BLANKS)}]*+({text}){mark}")


class Line(Struct, frozen=True, gc=False):
    """The text of one segment, its byte offset, and the offset behind it (wraps included)."""

    text: str
    offset: int
    end: int


class Cut:
    """Walks over one interchange. ``end`` and ``tail`` are known when ``lines`` is exhausted."""

    def __init__(
        self,
        text: str,
        header: Header,
        limits: Limits,
        *,
        segments_left: int,
        noting: Callable[[Finding], None],
    ) -> None:
        """Begin behind ``header``, with room for ``segments_left`` segments."""
        self._text, self._header, self._limits = text, header, limits
        self._left = segments_left
        self._count = 0
        mark = header.dialect.terminator
        self._is_line = mark in _LINE_ENDS
        self._ends = re.compile(r"\r\n|\n|\r" if self._is_line else re.escape(mark))
        self._plain = None if self._is_line else _plain(header.dialect)
        self._note = noting
        self.content_end = header.end  # behind the text of the last segment
        self.end = header.end

    @property
    def tail(self) -> str:
        """Return what followed the last segment's text: terminator, line end, blanks."""
        return self._text[self.content_end : self.end]

    def lines(self) -> Iterator[Line]:
        """Yield each segment after the header, up to the trailer or the next header."""
        if not self._header.is_terminated:
            self._swallow()
            return
        at = self._end_of(self._header.end)
        while (line := (plain := self._plain_line(at)) or self._next(at)) is not None:
            if self._left <= 0:
                self._note(found(FindingCode.LIMIT_REACHED, actual="segments"))
                break
            self._left -= 1
            self._count += 1
            yield plain or self._checked(line)
            at = self.end
            if line.text.startswith("IEA"):
                break
        self._take_blanks()

    def _end_of(self, content_end: int) -> int:
        """Return the offset behind the terminator that follows ``content_end``."""
        match = self._ends.match(self._text, content_end)
        self.content_end = content_end
        self.end = match.end() if match else content_end
        return self.end

    def _plain_line(self, at: int) -> Line | None:
        """Return the next segment where nothing about it is odd, as nearly every one is."""
        match = self._plain.match(self._text, at) if self._plain else None
        if match is None:
            return None
        start, stop = match.span(1)
        text = match[1]
        if stop - start > self._limits.segment_characters_max:
            return None
        if text.count(self._header.dialect.element) > self._limits.elements_max:
            return None
        self.content_end, self.end = stop, match.end()
        return Line(text, start, stop)

    def _next(self, at: int) -> Line | None:
        """Return the next segment with any text; None at the end or before the next header."""
        is_noted = False
        while at < len(self._text):
            start = self._skip_blanks(at)
            match = self._ends.search(self._text, start)
            stop = match.start() if match else len(self._text)
            if _NEXT_HEADER.match(self._text, start) or start >= len(self._text):
                return None
            if match and stop == start:
                at = match.end()
                if not is_noted and not self._is_line:
                    self._note(found(FindingCode.SEGMENT_EMPTY, Segment("", offset=start)))
                    is_noted = True
                continue
            return self._line(start, stop, match.end() if match else stop)
        return None

    def _line(self, start: int, stop: int, end: int) -> Line:
        text = self._text[start : min(stop, start + self._limits.segment_characters_max)]
        if text.startswith("IEA") and (header := _NEXT_HEADER.search(text, 3)):
            text = text[: header.start()]
            stop = end = start + header.start()
        line = Line(text, start, stop)
        self.content_end, self.end = stop, end
        if end == stop:
            trimmed = text.rstrip(BLANKS)
            line = Line(trimmed, start, start + len(trimmed))
            self.content_end = start + len(trimmed)
            is_last = trimmed.startswith("IEA")
            code = FindingCode.TERMINATOR_MISSING
            code = FindingCode.LAST_TERMINATOR_MISSING if is_last else code
            self._note(found(code, self._at(line, index=self._count + 1)))
        return line

    def _skip_blanks(self, at: int) -> int:
        """Blanks before a tag are layout; a line end is not when it is the terminator."""
        blanks = " \t\x00\x1a" if self._is_line else BLANKS
        while at < len(self._text) and self._text[at] in blanks:
            at += 1
        return at

    def _take_blanks(self) -> None:
        while self.end < len(self._text) and self._text[self.end] in BLANKS:
            self.end += 1

    def _swallow(self) -> None:
        """Without a terminator nothing can be told apart: go on at the next header, if any."""
        following = None
        if not self._header.is_cut:
            following = _NEXT_HEADER.search(self._text, self._header.end)
        self.content_end = self._header.end
        self.end = following.start() if following else len(self._text)

    def _checked(self, line: Line) -> Line:
        """Take out line wraps and note what is not a segment."""
        text = line.text
        if not self._is_line and ("\n" in text or "\r" in text):
            text = unwrapped(text)
            self._note(found(FindingCode.LINE_WRAP, self._at(line)))
        separator = self._header.dialect.element
        most = self._limits.elements_max
        if text.count(separator) > most:
            text = separator.join(text.split(separator, most + 1)[: most + 1])
            self._note(found(FindingCode.LIMIT_REACHED, self._at(line), actual="elements"))
        if not _TAG.fullmatch(text.partition(separator)[0]):
            self._note(found(FindingCode.TAG_MALFORMED, self._at(line)))
        return line if text is line.text else Line(text, line.offset, line.end)

    def _at(self, line: Line, index: int = 0) -> Segment:
        tag = line.text[:10].partition(self._header.dialect.element)[0]
        return Segment(tag, offset=line.offset, index=index or self._count)

"""What ends a segment, seen from what stands between the ISA and the next segment.

It may be any character, a line end, or several bytes of a character that is not ASCII.
"""

import re

from msgspec import Struct

_LONGEST = 12  # characters between the ISA and the next segment
_NEAR = 2_000  # how far a terminator must show itself again to be believed
_LINE_END = re.compile(r"\r\n|\n|\r")


class Ending(Struct, frozen=True, kw_only=True):
    """``terminator`` is empty when there is none; ``line_end`` is what follows each terminator.

    ``offset`` is where the ISA's text ends and the terminator begins. It is behind the component
    separator, or at it when the ISA left its last element out, or later when it has too much.
    """

    terminator: str
    offset: int
    line_end: str = ""

    @property
    def is_line_end(self) -> bool:
        """Say whether line ends separate segments (else they are wraps to be taken out)."""
        return self.terminator in {"\r\n", "\n", "\r"}


def find_terminator(text: str, component_at: int, separator: str) -> Ending:
    """Return what ends the ISA whose sixteenth element begins at ``component_at``."""
    component = text[component_at : component_at + 1]
    after = text[component_at + 1 : component_at + 1 + _NEAR]
    if component in {"\r", "\n"}:
        line_end = _LINE_END.match(component + after[:1])
        return Ending(terminator=line_end[0] if line_end else component, offset=component_at)
    between = _until_next_segment(after, separator)
    if between == "" and after and _ends_segments(component, after, separator):
        return Ending(terminator=component, offset=component_at)
    mark = _first_mark(after) if between is None else _mark(between, after, separator)
    at = after.find(mark, 0, _LONGEST) if mark.strip() else 0
    line_end = _LINE_END.match(after, at + len(mark)) if mark.strip() else None
    return Ending(
        terminator=mark,
        offset=component_at + len(component) + max(at, 0),
        line_end=line_end[0] if line_end else "",
    )


def _until_next_segment(after: str, separator: str) -> str | None:
    """Return what stands before the next envelope segment, None when none is near."""
    tags = re.compile(rf"(?:GS|TA1|ISB|ISE|ST|IEA){re.escape(separator)}")
    match = tags.search(after, 0, _LONGEST + 16)
    return after[: match.start()] if match else None


def _ends_segments(mark: str, after: str, separator: str) -> bool:
    """Say whether ``mark`` stands before a later ST, SE, GE or IEA."""
    later = re.compile(rf"{re.escape(mark)}\s{{0,4}}(?:ST|SE|GE|IEA){re.escape(separator)}")
    return later.search(after) is not None


def _mark(between: str, after: str, separator: str) -> str:
    """Return the terminator out of what stands between two segments."""
    run = between.strip(" \t\r\n")
    if not run:
        return _first_mark(between)
    if len(run) > 1:
        for mark in (run, run[-1]):
            if _ends_segments(mark, after[len(between) :], separator):
                return mark
    return _first_mark(run)


def _first_mark(after: str) -> str:
    """Return a line end, a whole UTF-8 character, or one character that is no letter or digit."""
    first_line_end = _LINE_END.match(after.lstrip(" \t"))
    if first_line_end:
        return first_line_end[0]
    for length in (2, 3, 4):
        if after[:1] >= "\x80" and _is_one_character(after[:length]):
            return after[:length]
    return "" if after[:1].isascii() and after[:1].isalnum() else after[:1]


def _is_one_character(text: str) -> bool:
    try:
        return len(text.encode("latin-1").decode("utf-8")) == 1
    except UnicodeDecodeError:
        return False

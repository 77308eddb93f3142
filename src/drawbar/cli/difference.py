"""What differs between two versions of a message, line by line or segment by segment."""

import re
from difflib import unified_diff

from drawbar.cli.raw_bytes import readable

_SEGMENT_END = re.compile(r"(?<=[~'])(?!\n)")
_LONG_LINE = 400


def difference(before: bytes, after: bytes) -> list[str]:
    """Return a unified difference; text on one long line is cut at ~ and ' as EDI is written."""
    changed = unified_diff(_lines(before), _lines(after), "original", "edited", lineterm="")
    return list(changed)


def _lines(body: bytes) -> list[str]:
    lines = readable(body).split("\n")
    return [part for line in lines for part in _cut(line)]


def _cut(line: str) -> list[str]:
    return [line] if len(line) < _LONG_LINE else _SEGMENT_END.split(line)

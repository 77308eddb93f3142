"""A place in a message as a stretch of its text: what a fact was read from, to be marked.

A place is a JSON path ("$.bills[0]"), a byte of an interchange ("… / byte 162") or a line.
"""

import json
import re
from collections.abc import Iterator

_BYTE = re.compile(r"\bbyte (\d+)")
_LINE = re.compile(r"^line (\d+)")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_BLANK = re.compile(r"[ \t\r\n]*")
_ISA_TERMINATOR = 105
_decoder = json.JSONDecoder()

Stretch = tuple[int, int]


def stretch_of(text: str, place: str) -> Stretch | None:
    """Return from where to where a place reaches in ``text``; None where that cannot be told."""
    if place.startswith("$"):
        return _of_path(text, place)
    for found, reach in ((_BYTE.search(place), _of_byte), (_LINE.search(place), _of_line)):
        if found:
            return reach(text, int(found[1]))
    return None


def _of_byte(text: str, start: int) -> Stretch | None:
    """Return the segment of an interchange that begins at a byte, as far as all of it is plain."""
    if not text.isascii() or start >= len(text):
        return None
    isa = text.find("ISA")
    ends = text[isa + _ISA_TERMINATOR : isa + _ISA_TERMINATOR + 1] if isa >= 0 else ""
    end = text.find(ends, start) if ends else -1
    return start, end + 1 if end >= 0 else len(text)


def _of_line(text: str, number: int) -> Stretch | None:
    lines = text.splitlines(keepends=True)
    if not 0 < number <= len(lines):
        return None
    start = sum(map(len, lines[: number - 1]))
    return start, start + len(lines[number - 1].rstrip("\r\n"))


def _of_path(text: str, path: str) -> Stretch | None:
    try:
        at = _skip(text, 0)
        for name, index in _STEP.findall(path):
            at = _member(text, at, name) if name else _item(text, at, int(index))
        return at, _decoder.raw_decode(text, at)[1]
    except (ValueError, IndexError, RecursionError):
        return None


def _member(text: str, at: int, name: str) -> int:
    """Return where the value of a member begins. Raise ``ValueError`` where there is none."""
    for key, value_at in _members(text, at):
        if key == name:
            return value_at
    raise ValueError(name)


def _members(text: str, at: int) -> Iterator[tuple[str, int]]:
    _expect(text, at, "{")
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, end = _decoder.raw_decode(text, at)
        colon = _skip(text, end)
        _expect(text, colon, ":")
        value_at = _skip(text, colon + 1)
        yield key, value_at
        at = _after(text, value_at)


def _item(text: str, at: int, index: int) -> int:
    _expect(text, at, "[")
    at = _skip(text, at + 1)
    for _ in range(index):
        at = _after(text, at)
    if text[at] == "]":
        raise ValueError(index)
    return at


def _after(text: str, at: int) -> int:
    """Return where the next member or item begins, or the end of what holds them."""
    end = _skip(text, _decoder.raw_decode(text, at)[1])
    return _skip(text, end + 1) if text[end] == "," else end


def _expect(text: str, at: int, sign: str) -> None:
    if text[at] != sign:
        raise ValueError(text[at])


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    assert found is not None
    return found.end()

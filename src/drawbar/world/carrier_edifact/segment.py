"""What a carrier on EDIFACT reads: segments of one well-formed interchange, and who sent it."""

import re

from drawbar.world.carrier_edi.segment import Line, Mail, first

_END = re.compile(r"(?<!\?)'\s*")
_PLUS = re.compile(r"(?<!\?)\+")
_COLON = re.compile(r"(?<!\?):")
_RELEASED = re.compile(r"\?(.)")


def cut(text: str) -> list[Line]:
    """Return the segments of one well-formed interchange with the standard's separators."""
    body = text[9:].lstrip() if text.startswith("UNA") else text
    pieces = (_PLUS.split(piece) for piece in _END.split(body) if piece)
    return [Line(piece[0], tuple(piece[1:])) for piece in pieces]


def part(line: Line, element: int, number: int = 1) -> str:
    """Return component ``number`` of an element, empty where it is not there."""
    parts = _COLON.split(line.at(element))
    return _RELEASED.sub(r"\1", parts[number - 1]).strip() if number <= len(parts) else ""


def answering(lines: list[Line]) -> Mail:
    """Return where an answer to these segments goes; the ids as they were written."""
    unb = first(lines, "UNB")
    return Mail(
        qualifier="",
        id=unb.at(3),
        to_qualifier="",
        to_id=unb.at(2),
        application="",
        to_application="",
        usage="T" if unb.at(11) == "1" else "P",
    )

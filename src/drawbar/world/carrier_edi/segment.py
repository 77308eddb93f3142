"""What a carrier reads: segments of one well-formed interchange, and where an answer goes."""

from msgspec import Struct


class Line(Struct, frozen=True):
    """One segment that it read: a tag and what follows."""

    tag: str
    parts: tuple[str, ...]

    def at(self, number: int) -> str:
        """Return element ``number`` from 1, empty where it is not there."""
        return self.parts[number - 1].strip() if 0 < number <= len(self.parts) else ""


class Mail(Struct, frozen=True, kw_only=True):
    """Where an interchange goes: our ends of the line swapped, its usage as theirs."""

    qualifier: str
    id: str
    to_qualifier: str
    to_id: str
    application: str
    to_application: str
    usage: str = "P"


def cut(text: str) -> list[Line]:
    """Return the segments of one well-formed interchange, by the characters of its header."""
    bar, end = text[3], text[105]
    pieces = (piece.strip() for piece in text.split(end))
    return [Line(piece.split(bar)[0], tuple(piece.split(bar)[1:])) for piece in pieces if piece]


def first(lines: list[Line], tag: str) -> Line:
    """Return the first segment with a tag. Raise ``StopIteration`` where there is none."""
    return next(line for line in lines if line.tag == tag)


def answering(lines: list[Line]) -> Mail:
    """Return where an answer to these segments goes."""
    isa, gs = lines[0], first(lines, "GS")
    return Mail(
        qualifier=isa.at(7),
        id=isa.at(8),
        to_qualifier=isa.at(5),
        to_id=isa.at(6),
        application=gs.at(3),
        to_application=gs.at(2),
        usage=isa.at(15),
    )

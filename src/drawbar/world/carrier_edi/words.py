"""How this carrier writes X12: literal lines, a bar between elements, a line end after each."""

from datetime import datetime

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


def answering(lines: list[Line]) -> Mail:
    """Return where an answer to these segments goes."""
    isa = lines[0]
    gs = next(line for line in lines if line.tag == "GS")
    return Mail(
        qualifier=isa.at(7),
        id=isa.at(8),
        to_qualifier=isa.at(5),
        to_id=isa.at(6),
        application=gs.at(3),
        to_application=gs.at(2),
        usage=isa.at(15),
    )


def envelope(mail: Mail, *, group: str, code: str, control: int, now: datetime, body: str) -> bytes:
    """Return one interchange with one group of one set around ``body``."""
    count = body.count("\n") + 2
    return (
        f"ISA|00|          |00|          |{mail.qualifier:<2}|{mail.id:<15}"
        f"|{mail.to_qualifier:<2}|{mail.to_id:<15}|{now:%y%m%d}|{now:%H%M}|U|00401"
        f"|{control:09d}|0|{mail.usage}|>\n"
        f"GS|{group}|{mail.application}|{mail.to_application}|{now:%Y%m%d}|{now:%H%M}"
        f"|{control}|X|004010\n"
        f"ST|{code}|0001\n{body}SE|{count}|0001\nGE|1|{control}\nIEA|1|{control:09d}\n"
    ).encode("ascii")


def receipt(*, group: str, control: str, code: str, number: str) -> str:
    """Return a 997 that accepts one set."""
    return f"AK1|{group}|{control}\nAK2|{code}|{number}\nAK5|A\nAK9|A|1|1|1\n"


def answer(*, scac: str, load: str, now: datetime, action: str, pro: str, reason: str) -> str:
    """Return a 990."""
    said = f"B1|{scac}|{load}|{now:%Y%m%d}|{action}\n"
    said += f"N9|CN|{pro}\n" if pro else ""
    return said + (f"V9|{reason}\n" if reason else "")


def status(*, pro: str, load: str, scac: str, shipment: str, event: str, place: str) -> str:
    """Return a 214 of one event; ``event`` is the AT7, ``place`` the MS1 that goes with it."""
    named = f"L11|{shipment}|SI\n" if shipment else ""
    return f"B10|{pro}|{load}|{scac}\n{named}LX|1\n{event}{place}"


def invoice(
    *, number: str, load: str, on: str, cents: int, scac: str, names: str, lines: str
) -> str:
    """Return a 210; amounts are cents, as X12 counts them."""
    head = f"B3||{number}|{load}|PP||{on}|{cents}||||{scac}\n"
    return f"{head}{names}{lines}L3|||||{cents}\n"


def charge(number: int, *, cents: int, code: str, text: str) -> str:
    """Return one line of a 210."""
    said = f"L1|{number}|||{cents}||||{code}" + (f"||||{text}" if text else "")
    return f"LX|{number}\n{said}\n"

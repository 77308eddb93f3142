"""How the writer of a table put it on paper: what parts the cells, how letters and figures look.

Line ends may be CR, LF or CRLF, also mixed. Whatever is over a limit is refused by line.
"""

import re
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Literal

from msgspec import Struct


class Encoding(StrEnum):
    """How letters became bytes; all of these write a delimiter and a line end as ASCII does."""

    UTF_8 = "utf-8"
    WINDOWS_1252 = "windows-1252"
    ISO_8859_1 = "iso-8859-1"


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What no honest table exceeds; a file without an end must not fill our memory."""

    line_bytes: int = 200_000
    cell_chars: int = 4_000
    columns: int = 1_000
    quoted_lines: int = 50
    lines: int = 500_000


class NumberForm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How figures are written: the decimal point, and what parts the thousands, if anything."""

    point: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a form in which 1,234 has two meanings."""
        if self.point == self.thousands:
            raise ValueError("numbers: the decimal point cannot part the thousands as well")

    def decimal(self, text: str) -> Decimal:
        """Return the figure. Raise ``ValueError`` for anything that is not written this way."""
        if not _figure(self.point, self.thousands).fullmatch(text):
            raise ValueError(f"{text!r} is not a number written as {self.example}")
        plain = text.replace(self.thousands, "") if self.thousands else text
        return Decimal(plain.replace(self.point, "."))

    @property
    def example(self) -> str:
        """Return a number in this form, for people."""
        return f"1{self.thousands}234{self.point}56"


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file is written.

    Of several ``delimiters`` the one counts under which every mapped heading is found; of several
    ``encodings`` the first that fits a line. ``repairs`` are spoilt letters and what they were.
    """

    delimiters: tuple[str, ...] = (",",)
    quote: Literal['"', "'", ""] = '"'
    encodings: tuple[Encoding, ...] = (Encoding.UTF_8,)
    repairs: dict[str, str] = {}
    numbers: NumberForm = NumberForm()
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a layout under which no file could be read."""
        if not self.delimiters or not self.encodings:
            raise ValueError("give at least one delimiter and one encoding")
        for delimiter in self.delimiters:
            if len(delimiter) != 1 or not delimiter.isascii() or delimiter in f"\r\n\0{self.quote}":
                raise ValueError(f"a delimiter is one character such as a comma, not {delimiter!r}")


@cache
def _figure(point: str, thousands: str) -> re.Pattern[str]:
    whole = "[0-9]{1,15}"
    if thousands:
        whole = rf"(?:[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}}){{1,4}}|{whole})"
    return re.compile(rf"-?{whole}(?:{re.escape(point)}[0-9]{{1,9}})?")

"""A field of a flat record: where it stands, how it is padded, how its figures and days look.

What does not fit is refused, never cut off; what is read is never guessed.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from drawbar.connectors.table.clock import UnreadableTime, check_form, read_time
from drawbar.edi import FindingCode

DIGITS_MAX = 18
LENGTH_MAX = 10_000
REMEMBERED_TIMES = 20_000

Value = str | Decimal
"""What a field states: a text (days and times too), or a figure. A blank field states nothing."""

_PLUS = "{ABCDEFGHI"
_MINUS = "}JKLMNOPQR"
"""The last digit with its sign in it. Source: zoned decimal of IBM mainframes, in letters."""


class Refused(ValueError):
    """A layout, or a value for a field, that cannot be. Mend what the message names."""


class Unread(ValueError):
    """What stands in a field is not written as the layout says."""

    def __init__(self, text: str, code: FindingCode, expected: str = "") -> None:
        """Say what is wrong, under which code, and what should stand there."""
        super().__init__(text)
        self.code, self.expected = code, expected


class Field(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field. ``at`` counts columns (or cells) from 1; cells may leave it out and follow on.

    A figure has ``decimals`` implied ones, or its own ``point``. ``forms`` are those of a day or
    time, such as ``%Y%m%d%H%M``. ``pad`` is a blank, or a zero for figures, unless it is said.
    """

    name: str
    at: int = 0
    length: int = 0
    kind: Literal["text", "number", "time"] = "text"
    align: Literal["", "left", "right"] = ""
    pad: str = ""
    decimals: int = 0
    point: Literal["", ".", ","] = ""
    sign: Literal["", "leading", "trailing", "overpunch"] = ""
    forms: tuple[str, ...] = ()
    years_from: int | None = None
    needed: bool = False

    @property
    def is_number(self) -> bool:
        """Return whether it states a figure."""
        return self.kind == "number"

    @property
    def padding(self) -> str:
        """Return what fills the field up."""
        return self.pad or ("0" if self.is_number and self.length else " ")

    @property
    def is_right(self) -> bool:
        """Return whether the value stands at the right end."""
        return (self.align or ("right" if self.is_number else "left")) == "right"


def check_field(field: Field, at_width: bool) -> Iterator[str]:
    """Yield what is wrong with a field; ``at_width`` where fields are told apart by columns."""
    if at_width and (field.at < 1 or not 1 <= field.length <= LENGTH_MAX):
        yield f"field {field.name!r} needs 'at' and 'length'"
    if len(field.pad) > 1:
        yield f"field {field.name!r}: pad is one character, not {field.pad!r}"
    if field.kind == "text" and (field.decimals or field.sign or field.point):
        yield f"field {field.name!r} is a text: leave out decimals, point and sign"
    if not 0 <= field.decimals <= 9:
        yield f"field {field.name!r}: decimals are 0 to 9"
    if field.kind == "time" and not field.forms:
        yield f"field {field.name!r}: give at least one of its forms, such as %Y%m%d"
    for form in field.forms:
        try:
            check_form(form, years_from=field.years_from)
        except ValueError as error:
            yield f"field {field.name!r}: {error}"


def read_value(field: Field, written: str) -> Value | None:
    """Return what a field states, None where it is blank. Raise ``Unread``."""
    if not written.strip(f" {field.pad}" if field.pad != "0" else " "):
        return None
    bare = _bare(field, written)
    if field.is_number:
        return _figure(field, bare.strip(" "))
    if field.kind == "time":
        _check_time(field, bare)
    return bare


def write_value(field: Field, value: Value | None) -> str:
    """Return how a value stands in its field, full width. Raise ``Refused`` for what cannot."""
    text = "" if value is None else _text(field, value)
    if not field.length:
        return _proven(field, value, text)
    if len(text) > field.length:
        raise Refused(f"{text!r} has {len(text)} letters, {field.name!r} takes {field.length}")
    fill = (" " if value is None else field.padding) * (field.length - len(text))
    if field.is_right and field.padding == "0" and text[:1] == "-":
        return _proven(field, value, text[:1] + fill + text[1:])
    return _proven(field, value, fill + text if field.is_right else text + fill)


def _proven(field: Field, value: Value | None, written: str) -> str:
    """Return what was written if it reads as what was meant. Raise ``Refused``."""
    try:
        read = read_value(field, written)
    except Unread as error:
        raise Refused(f"{field.name!r}: {error}") from error
    if read != (None if value == "" else value):
        raise Refused(f"{value!r} cannot be told from the padding of {field.name!r}")
    return written


def _bare(field: Field, written: str) -> str:
    """Return what was written without its padding; zeros before a figure are digits."""
    if not field.length or field.is_number:
        return written
    pad = field.padding
    return written.lstrip(pad) if field.is_right else written.rstrip(pad)


def _figure(field: Field, text: str) -> Decimal:
    sign, digits = _signed(field, text)
    if field.point:
        whole, point, fraction = digits.partition(field.point)
        plain = whole + ("." + fraction if point else "")
        is_one = whole.isdecimal() and (not point or fraction.isdecimal())
    else:
        plain, is_one = digits, digits.isdecimal()
    if not is_one or not digits.isascii() or len(digits) > DIGITS_MAX + 1:
        raise Unread(f"{text[:40]!r} is no figure", FindingCode.NUMBER_BAD, _example(field))
    value = Decimal(plain) if field.point else Decimal(plain).scaleb(-field.decimals)
    return -value if sign == "-" else value


def _signed(field: Field, text: str) -> tuple[str, str]:
    """Return the sign and the digits."""
    if field.sign == "overpunch" and text:
        last = text[-1]
        for sign, letters in (("+", _PLUS), ("-", _MINUS)):
            if last in letters:
                return sign, text[:-1] + str(letters.index(last))
    if field.sign == "trailing" and text[-1:] in ("+", "-"):
        return text[-1], text[:-1].rstrip(" ")
    if field.sign == "leading" and text[:1] in ("+", "-"):
        return text[0], text[1:].lstrip(" ")
    return "+", text


def _check_time(field: Field, text: str) -> None:
    fault = _fault_of_time(text, field.forms, field.years_from)
    if fault:
        raise Unread(fault, FindingCode.DATE_BAD, " or ".join(field.forms))


@lru_cache(maxsize=REMEMBERED_TIMES)
def _fault_of_time(text: str, forms: tuple[str, ...], years_from: int | None) -> str:
    """Return what is wrong with a time, empty for nothing: a file says the same ones again."""
    try:
        read_time(text, forms, years_from=years_from)
    except UnreadableTime as error:
        return str(error)
    return ""


def _text(field: Field, value: Value) -> str:
    if isinstance(value, Decimal):
        if not field.is_number:
            raise Refused(f"{field.name!r} is a text, not the figure {value}")
        return _digits(field, value)
    if field.is_number and value:
        raise Refused(f"{field.name!r} is a figure, not the text {value!r}")
    return value


def _digits(field: Field, value: Decimal) -> str:
    if not value.is_finite() or value.adjusted() >= DIGITS_MAX:
        raise Refused(f"{value} is no figure for {field.name!r}")
    scaled = value.scaleb(field.decimals)
    if scaled != scaled.to_integral_value():
        raise Refused(f"{value} has more than {field.decimals} decimals of {field.name!r}")
    if value < 0 and not field.sign:
        raise Refused(f"{value} is below zero, and {field.name!r} has no sign")
    digits = f"{abs(scaled):.0f}"
    if field.point:
        digits = f"{abs(value):.{field.decimals}f}".replace(".", field.point)
    return _with_sign(field, digits, is_negative=value < 0)


def _with_sign(field: Field, digits: str, *, is_negative: bool) -> str:
    match field.sign:
        case "overpunch":
            return digits[:-1] + (_MINUS if is_negative else _PLUS)[int(digits[-1])]
        case "trailing":
            return digits + ("-" if is_negative else " " if field.length else "")
        case "leading":
            return ("-" if is_negative else "") + digits
        case _:
            return digits


def _example(field: Field) -> str:
    return f"digits with {field.point!r}" if field.point else "digits"

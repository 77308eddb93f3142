"""Numbers, dates and times as EDI writes them. Text in, exact values out, and back again.

Amounts are Decimal in major units: N2 counts cents, R has its own point. A value that cannot be
read is ``None`` beside its raw text; the finding is made where the segment is checked.
"""

import re
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

DIGITS_MAX = 18
REMEMBERED_DAYS = 4_000
"""So many days, and times of day, are remembered by their text: a file says the same ones again."""

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_POINTED = re.compile(r"-?(?:[0-9]{1,18}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})")
_DATE = re.compile(r"(?:[0-9]{2})?[0-9]{6}")
_TIME = re.compile(r"[0-9]{4}(?:[0-9]{2}){0,2}|[0-9]{7}")
_PIVOT = 70  # six-digit years from 70 on are of the last century: X12 itself began in 1979


class Amount(Struct, frozen=True, gc=False):
    """A number that somebody may have to argue about: its value, and the text that stated it.

    ``value`` is None when ``raw`` is no number; it is never guessed. ``raw`` is empty for an
    amount of our own.
    """

    value: Decimal | None
    raw: str = ""


class UnableToFormat(ValueError):
    """The value does not fit its element. Round or shorten it where its meaning is known."""


def is_number(text: str, *, point: bool) -> bool:
    """Say whether ``text`` is a number of at most 18 digits, with or without a point."""
    return (_POINTED if point else _WHOLE).fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Say whether ``text`` is a day of the calendar in six or eight digits."""
    return read_date(text) is not None


def is_time(text: str) -> bool:
    """Say whether ``text`` is a time of day: HHMM, HHMMSS, HHMMSSD or HHMMSSDD."""
    return read_time(text) is not None


def read_cents(text: str) -> Amount:
    """Read an N2: 12740 is 127.40. A point in it is refused, not interpreted."""
    value = Decimal(text).scaleb(-2) if is_number(text, point=False) else None
    return Amount(value, text)


def read_decimal(text: str) -> Amount:
    """Read an R (explicit point) or an N0."""
    return Amount(Decimal(text) if is_number(text, point=True) else None, text)


def read_whole(text: str) -> int | None:
    """Read an N0; None when it is empty or no whole number."""
    return int(text) if is_number(text, point=False) else None


def read_date(text: str) -> date | None:
    """Read CCYYMMDD or YYMMDD; None when it is no day. 69 is 2069, 70 is 1970."""
    return _day(text) if _DATE.fullmatch(text) else None


@lru_cache(maxsize=REMEMBERED_DAYS)
def _day(text: str) -> date | None:
    if len(text) == 6:
        text = ("19" if int(text[:2]) >= _PIVOT else "20") + text
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Read HHMM, HHMMSS, HHMMSSD or HHMMSSDD; None when it is no time of day (2400 is none)."""
    return _clock(text) if _TIME.fullmatch(text) else None


@lru_cache(maxsize=REMEMBERED_DAYS)
def _clock(text: str) -> time | None:
    hundredths = text[6:].ljust(2, "0") if len(text) > 6 else "00"
    try:
        return time(int(text[:2]), int(text[2:4]), int(text[4:6] or 0), int(hundredths) * 10_000)
    except ValueError:
        return None


def write_cents(amount: Amount | None) -> str:
    """Write an N2, as it was sent if it was. Raise ``UnableToFormat`` for a fraction of a cent."""
    if amount is None or amount.value is None or read_cents(amount.raw).value == amount.value:
        return amount.raw if amount else ""
    cents = amount.value.scaleb(2)
    if cents != cents.to_integral_value():
        message = f"a fraction of a cent: {amount.value}"
        raise UnableToFormat(message)
    return f"{cents:.0f}"


def write_decimal(amount: Amount | None) -> str:
    """Write an R, as it was sent if it was: no exponent, a point only where needed."""
    if amount is None or amount.value is None or read_decimal(amount.raw).value == amount.value:
        return amount.raw if amount else ""
    text = f"{amount.value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_whole(number: int | None) -> str:
    """Write an N0."""
    return "" if number is None else str(number)


def write_date(day: date | None) -> str:
    """Write CCYYMMDD."""
    return "" if day is None else f"{day:%Y%m%d}".rjust(8, "0")


def write_time(clock: time | None) -> str:
    """Write HHMM, with seconds and hundredths only when there are any."""
    if clock is None:
        return ""
    text = f"{clock:%H%M}"
    hundredths = clock.microsecond // 10_000
    if clock.second or hundredths:
        text += f"{clock:%S}"
    return text + (f"{hundredths:02d}" if hundredths else "")

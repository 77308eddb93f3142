"""Figures, days and times as strangers write them: exact where one meaning is left."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from drawbar.cli.audit.unread import Refused, shown
from drawbar.connectors.table.clock import UnreadableTime, read_time
from drawbar.connectors.table.layout import NumberForm
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.freight.instant import UnknownZone
from drawbar.freight.money import LARGEST, Money, minor_unit

PLAIN = NumberForm(thousands=",")
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_LONE_COMMA = re.compile(r"-?[0-9]{1,3},[0-9]{3}")
_SIGNS = "$€£¥"
_CURRENCY = re.compile(
    r"(?:(?P<before>[A-Z]{3})\s*)?(?P<figure>[^A-Z]+?)(?:\s*(?P<after>[A-Z]{3}))?"
)
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d-%b-%Y", "%d %b %Y")
_HABITS = ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m-%d-%Y", "%d-%m-%Y", "%Y%m%d")
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_CLOCKS = ("%H:%M", "%H:%M:%S", "%H:%M%z", "%H:%M:%S%z")
_FORMS = tuple(f"{day} {clock}" for day in _DAYS for clock in _CLOCKS)
FIGURE_CHARACTERS_MAX = 60


def figure(text: str, *, field: str, numbers: NumberForm | None) -> Decimal:
    """Return an exact figure, (25.00) and 25.00- below zero. Raise ``Refused``."""
    if _PLAIN.fullmatch(text) and (numbers is None or numbers.point == "."):
        return Decimal(text)
    bare = _unsigned(text.strip())
    form = numbers or PLAIN
    if numbers is None and _LONE_COMMA.fullmatch(bare):
        raise _refused(text, field, "could be a thousand or a decimal comma")
    try:
        value = form.decimal(bare)
    except ValueError as error:
        raise _refused(text, field, f"is not a number written as {form.example}") from error
    if not -LARGEST < value < LARGEST:
        raise _refused(text, field, "is larger than any freight bill")
    return value


def _unsigned(text: str) -> str:
    """Return a figure with its sign before it and no currency sign."""
    if len(text) > FIGURE_CHARACTERS_MAX:
        return text[:FIGURE_CHARACTERS_MAX]
    bare = text
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1].strip()
    elif bare.endswith("-"):
        bare = "-" + bare[:-1].strip()
    sign = "-" if bare.startswith("-") else ""
    bare = bare.removeprefix("-").removeprefix("+").strip().lstrip(_SIGNS).rstrip(_SIGNS).strip()
    return sign + bare


def _refused(text: str, field: str, why: str) -> Refused:
    return Refused(
        f"{shown(text)} {why}",
        field=field,
        cause=f"figure:{why}" if len(text) > 40 else "",
        remedy="Correct it, or say in columns.yaml how numbers are written.",
    )


def amount(text: str, currency: str, *, field: str, numbers: NumberForm | None) -> Money:
    """Return money; a currency beside the figure must be the bill's. Raise ``Refused``."""
    if not _PLAIN.fullmatch(text):
        fit = _CURRENCY.fullmatch(text.strip()[: FIGURE_CHARACTERS_MAX + 1])
        named = (fit["before"] or fit["after"] or "") if fit else ""
        if fit and named:
            if currency and named != currency:
                raise Refused(
                    f"{shown(text)} is not in {currency}",
                    field=field,
                    remedy="Bill one currency in one bill.",
                )
            text, currency = fit["figure"], named
    value = figure(text, field=field, numbers=numbers)
    if not currency:
        raise Refused(
            "no currency is named",
            field="currency",
            cause="currency",
            remedy="Add a column currency, or say currency: USD in columns.yaml.",
        )
    unit = minor_unit(currency)
    try:
        whole = value.quantize(unit)
        return Money(whole if whole == value else value, currency)
    except (ValueError, InvalidOperation) as error:
        raise Refused(str(error), field=field, remedy="Correct the amount.") from error


def day(text: str, *, field: str, forms: tuple[str, ...]) -> date:
    """Return a day, ISO or in one of ``forms``. Raise ``Refused``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return shown_time(text, field=field, forms=forms).date()


def shown_time(text: str, *, field: str, forms: tuple[str, ...]) -> datetime:
    """Return what a clock showed, aware where the text names its offset. Raise ``Refused``."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    timed = tuple(f"{form} {clock}" for form in forms if "%H" not in form for clock in _CLOCKS)
    try:
        return read_time(text, (*forms, *timed, *_DAYS, *_FORMS), years_from=None)
    except (UnreadableTime, OverflowError, InvalidOperation) as error:
        raise _no_day(text, field, forms) from error


def _no_day(text: str, field: str, forms: tuple[str, ...]) -> Refused:
    """Return why a text is no day; the remedy never names a form that is there already."""
    if _SERIAL.fullmatch(text):
        return Refused(
            f"{shown(text)} is a spreadsheet's number of a day, not a day",
            field=field,
            remedy="Format the column as a date, save the file again, and audit again.",
        )
    fits = [form for form in _HABITS if form not in forms and _reads(text, form)]
    other = fits[0] if fits else "%m/%d/%Y"
    if not forms:
        return Refused(
            f"{shown(text)} is not a day or time such as 2026-03-31 or 2026-03-31T14:05",
            field=field,
            remedy=f'Write it so, or say in columns.yaml how: dates: ["{other}"].',
        )
    fix = f'; if all days of this file are so, say dates: ["{other}"] there' if fits else ""
    return Refused(
        f"{shown(text)} is no day written as {' or '.join(forms)}, as columns.yaml says",
        field=field,
        remedy=f"Correct the cell, or write it such as 2026-03-31{fix}.",
    )


def _reads(text: str, form: str) -> bool:
    try:
        read_time(text, (form,), years_from=None)
    except (UnreadableTime, OverflowError, InvalidOperation):
        return False
    return True


def instant(text: str, zone_name: str, *, field: str, forms: tuple[str, ...]) -> datetime:
    """Return the instant in UTC of a time at a place in ``zone_name``. Raise ``Refused``."""
    clock = shown_time(text, field=field, forms=forms)
    if clock.tzinfo is not None:
        return clock.astimezone(UTC)
    try:
        return instant_at(clock, zone_name)
    except (NoSuchTime, UnknownZone) as error:
        raise Refused(str(error), field=field, remedy="Correct the time or its zone.") from error

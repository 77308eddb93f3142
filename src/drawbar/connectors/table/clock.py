"""Days and times as a table writes them, by forms such as ``%d-%b-%y``; months are English.

Two digits of a year mean nothing until the mapping says in which hundred years they lie.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, lru_cache

MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),  # noqa: SIM905 - reads better
        start=1,
    )
}

_SAMPLE = datetime(2026, 3, 31, 14, 5, tzinfo=UTC)

_PARTS = {
    "%Y": "(?P<year>[0-9]{4})",
    "%y": "(?P<short>[0-9]{2})",
    "%m": "(?P<month>[0-9]{1,2})",
    "%b": "(?P<name>[A-Za-z]{3})",
    "%d": "(?P<day>[0-9]{1,2})",
    "%H": "(?P<hour>[0-9]{1,2})",
    "%M": "(?P<minute>[0-9]{2})",
    "%S": "(?P<second>[0-9]{2})",
    "%z": r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})",
    "%%": "%",
}


class UnreadableTime(ValueError):
    """Not written in the form that the mapping names, or no day of the calendar. Correct it."""


def check_form(form: str, *, years_from: int | None) -> None:
    """Raise ``ValueError`` for a form that leaves open which day is meant."""
    try:
        groups = _pattern(form).groupindex
    except (KeyError, re.error) as error:
        known = " ".join(_PARTS)
        raise ValueError(f"{form!r}: a form is made of {known}, each once") from error
    if not ({"year", "short"} & set(groups)) or not ({"month", "name"} & set(groups)):
        raise ValueError(f"{form!r} lacks the year or the month")
    if "day" not in groups:
        raise ValueError(f"{form!r} lacks the day")
    if "short" in groups and years_from is None:
        raise ValueError(f"{form!r} has two digits of a year: say years_from, such as 1970")


@lru_cache(maxsize=4096)
def read_day(text: str, forms: tuple[str, ...], *, years_from: int | None) -> date:
    """Return the day that ``text`` shows. Raise ``UnreadableTime``."""
    return read_time(text, forms, years_from=years_from).date()


def read_time(text: str, forms: tuple[str, ...], *, years_from: int | None) -> datetime:
    """Return what the clock showed, aware only where ``text`` names its offset.

    Raise ``UnreadableTime``, also where two forms fit and mean two times.
    """
    fits = [found for form in forms if (found := _pattern(form).fullmatch(text))]
    if not fits:
        like = " or ".join(_SAMPLE.strftime(form) for form in forms)
        raise UnreadableTime(f"{text[:60]!r} is not written like {like}")
    try:
        shown = {_shown(fit.groupdict(), years_from) for fit in fits}
    except ValueError as error:
        raise UnreadableTime(f"{text!r} is no day or time: {error}") from error
    if len(shown) > 1:
        raise UnreadableTime(f"{text!r} can be read in two ways")
    return shown.pop()


def _shown(parts: dict[str, str | None], years_from: int | None) -> datetime:
    day = date(_year(parts, years_from), _month(parts), int(parts["day"] or 0))
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    offset = parts.get("zone")
    return datetime.combine(
        day, time(hour, minute, second), tzinfo=_offset(offset) if offset else None
    )


def _year(parts: dict[str, str | None], years_from: int | None) -> int:
    if parts.get("year"):
        return int(parts["year"] or 0)
    assert years_from is not None, "check_form asked for it"
    short = int(parts["short"] or 0)
    return years_from + (short - years_from) % 100


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("name")
    if not name:
        return int(parts["month"] or 0)
    if name.casefold() not in MONTHS:
        raise ValueError(f"no month is called {name!r}")
    return MONTHS[name.casefold()]


def _offset(text: str) -> timezone:
    if text == "Z":
        return timezone(timedelta(0))
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split("(%.)", form)
    return re.compile("".join(_PARTS[p] if p[:1] == "%" else re.escape(p) for p in parts))

"""When something happened or shall: a DTM, its text and format kept beside what they say.

Source: UN/EDIFACT code list 2379 (date and time formats), D.96A to D.21B, restated.
"""

from datetime import date, time

from msgspec import Struct

from drawbar.edi.place import Places
from drawbar.edi.value import read_date, read_time

FORMS = {
    "101": (6, 0, ""),
    "102": (8, 0, ""),
    "201": (6, 4, ""),
    "202": (6, 6, ""),
    "203": (8, 4, ""),
    "204": (8, 6, ""),
    "205": (8, 4, "zone"),
    "303": (8, 4, "zone"),
    "304": (8, 6, "zone"),
    "401": (0, 4, ""),
    "402": (0, 6, ""),
    "711": (8, 0, "until"),
    "713": (6, 4, "until"),
    "718": (8, 0, "until"),
    "719": (8, 4, "until"),
}
"""Format -> digits of the date, digits of the time, and what follows: a zone or a second moment."""

_BY_LENGTH = {6: "101", 8: "102", 10: "201", 12: "203", 14: "204"}


class StatedTime(Struct, frozen=True, kw_only=True):
    """A date, a time, or a period. Fields that the format does not have stay None or empty.

    ``text`` and ``form`` are what was sent; the rest is read from them. ``zone`` is as stated
    (UTC, EST, +0200). A time without zone is local to its place.
    """

    qualifier: str
    text: str
    form: str = ""
    on: date | None = None
    clock: time | None = None
    zone: str = ""
    until_on: date | None = None
    until_clock: time | None = None
    at: Places = {}


def stated_time(qualifier: str, text: str, form: str = "") -> StatedTime:
    """Return what a DTM says. Without a format, the length of the text tells it."""
    known = FORMS.get(form or _BY_LENGTH.get(len(text), ""))
    if known is None:
        return StatedTime(qualifier=qualifier, text=text, form=form)
    day, clock, more = known
    width = day + clock
    on, at, rest = text[:day], text[day:width], text[width:]
    until = rest.removeprefix("-") if more == "until" else ""
    return StatedTime(
        qualifier=qualifier,
        text=text,
        form=form,
        on=read_date(on),
        clock=read_time(at),
        zone=rest if more == "zone" else "",
        until_on=read_date(until[:day]),
        until_clock=read_time(until[day:width]),
    )


def is_stated(text: str, form: str) -> bool:
    """Say whether ``text`` is of its format; a format that we do not know is taken as it is."""
    known = FORMS.get(form)
    if known is None:
        return True
    day, clock, more = known
    width = day + clock
    begun = _is_moment(text[:width], day, clock)
    rest = text[width:]
    if more == "until":
        return begun and _is_moment(rest.removeprefix("-"), day, clock)
    return begun and (more == "zone" or not rest)


def _is_moment(text: str, day: int, clock: int) -> bool:
    if len(text) != day + clock:
        return False
    on, at = text[:day], text[day:]
    return (not day or read_date(on) is not None) and (not clock or read_time(at) is not None)

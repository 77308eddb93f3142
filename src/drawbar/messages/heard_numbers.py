"""Control numbers of what comes in: the last one of each series, and what was out of the ordinary.

A gap or a jump back is noted with the message that showed it; an interchange number that is used
again for something else needs a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import assert_never

from msgspec import Struct

from drawbar.freight.control_number import (
    INTERCHANGE,
    Again,
    Expected,
    Gap,
    JumpedBack,
    Late,
    NumberHeard,
    Place,
    Reused,
    last_after,
    place_in_series,
)
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("control_numbers")


class Use(Struct, frozen=True):
    """A number, and the message that used it."""

    message_ref: str
    heard: NumberHeard


class _Locked(Struct, kw_only=True):
    system: str
    series: str
    era: int
    last: int


def hear(cursor: Rows, uses: Sequence[Use], *, now: datetime) -> tuple[Use, ...]:
    """Keep the numbers that messages used, in order; return interchanges that stood for others.

    Again is harmless: a number that is known with its content changes nothing.
    """
    locked = _lock(cursor, {(use.heard.system, use.heard.series) for use in uses})
    reused = []
    for use in uses:
        series = locked[use.heard.system, use.heard.series]
        place = _place(cursor, use.heard, series)
        _keep(cursor, use, place, series=series, now=now)
        if isinstance(place, Reused) and use.heard.series == INTERCHANGE:
            reused.append(use)
    return tuple(reused)


def eras(cursor: Rows, systems: Iterable[str]) -> Mapping[str, int]:
    """Return how often each system's numbers began anew by a person's word, where they did."""
    return dict(cursor.execute(_SQL["eras"], {"systems": sorted(set(systems))}).fetchall())


def _lock(cursor: Rows, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], _Locked]:
    """Lock series in one order for all: by system, then by name."""
    locked = {}
    for system in sorted({system for system, _ in wanted}):
        names = sorted(series for one, series in wanted if one == system)
        asked = {"system": system, "direction": "in", "series": names}
        rows = cursor.execute(_SQL["lock"], asked).fetchall()
        if len(rows) < len(names):
            cursor.execute(_SQL["begin"], asked)
            rows = cursor.execute(_SQL["lock"], asked).fetchall()
        for series, era, last in rows:
            locked[system, series] = _Locked(system=system, series=series, era=era, last=last)
    return locked


def _place(cursor: Rows, heard: NumberHeard, series: _Locked) -> Place:
    asked = {"system": heard.system, "series": heard.series, "era": series.era}
    known = cursor.execute(_SQL["heard"], asked | {"number": heard.number}).fetchone()
    missing = cursor.execute(_SQL["was_missing"], asked | {"number": heard.number}).fetchone()
    place = place_in_series(
        heard,
        last=series.last,
        content=known[0] if known else None,
        was_missing=bool(missing and missing[0]),
    )
    if not isinstance(place, Gap):
        return place
    asked |= {"first": place.first, "last": place.last}
    (count,) = cursor.execute(_SQL["count_heard"], asked).fetchone() or (0,)
    return Expected() if count == place.last - place.first + 1 else place


def _keep(cursor: Rows, use: Use, place: Place, *, series: _Locked, now: datetime) -> None:
    heard = use.heard
    values = {
        "system": heard.system,
        "direction": "in",
        "series": heard.series,
        "era": series.era,
        "number": heard.number,
        "content": heard.content,
        "message_ref": use.message_ref,
        "by": heard.system,
        "because": "",
        "now": now,
    }
    noted = _noted(place, heard, series)
    if noted is not None:
        kind, first, last = noted
        cursor.execute(_SQL["note"], values | {"kind": kind, "first": first, "last": last})
    if not isinstance(place, Again | Reused):
        cursor.execute(_SQL["hear"], values)
    moved = last_after(place, heard, last=series.last)
    if moved != series.last:
        series.last = moved
        cursor.execute(_SQL["move"], values | {"last": moved})


def _noted(place: Place, heard: NumberHeard, series: _Locked) -> tuple[str, int, int] | None:
    """Return what to note: its kind, and from which number to which."""
    match place:
        case Expected() | Again():
            return None
        case Gap(first=first, last=last):
            return ("gap", first, last)
        case Late():
            return ("late", heard.number, heard.number)
        case JumpedBack():
            return ("jump_back", heard.number, series.last)
        case Reused() if heard.series == INTERCHANGE:
            return ("reused", heard.number, heard.number)
        case Reused():
            return None  # many give every group the number 1
        case _:
            assert_never(place)

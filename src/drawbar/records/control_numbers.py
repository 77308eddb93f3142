"""Control numbers as people look at them: both sides, what was odd, and who began a series anew."""

from datetime import datetime

from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("control_numbers")
LISTED_MAX = 200


class SeriesSeen(Struct, frozen=True, kw_only=True):
    """Where a series stands. ``direction`` is ``out`` for ours, ``in`` for theirs."""

    direction: str
    series: str
    era: int
    last: int


class Noted(Struct, frozen=True, kw_only=True):
    """Something out of the ordinary, or a series that was begun anew, by whom and why."""

    direction: str
    series: str
    kind: str
    first: int
    last: int
    said_by: str
    because: str
    message_ref: str
    noted_at: datetime


class Missing(Struct, frozen=True):
    """A number of theirs that never came."""

    series: str
    number: int


class NumbersSeen(Struct, frozen=True, kw_only=True):
    """All that is known of a partner's numbers; notes come the newest first."""

    system: str
    series: tuple[SeriesSeen, ...]
    missing: tuple[Missing, ...]
    notes: tuple[Noted, ...]


class NumberReset(Struct, frozen=True, kw_only=True):
    """A person's word that the numbers of one direction begin anew."""

    system: str
    direction: str
    by: str
    because: str


def numbers_seen(cursor: Rows, system: str) -> NumbersSeen:
    """Return where the numbers of a partner stand."""
    asked = {"system": system, "limit": LISTED_MAX}
    series = cursor.execute(_SQL["series"], asked).fetchall()
    missing = cursor.execute(_SQL["missing"], asked).fetchall()
    notes = cursor.execute(_SQL["notes"], asked).fetchall()
    fields = Noted.__struct_fields__
    return NumbersSeen(
        system=system,
        series=tuple(
            SeriesSeen(direction=direction, series=name, era=era, last=last)
            for direction, name, era, last in series
        ),
        missing=tuple(Missing(*row) for row in missing),
        notes=tuple(Noted(**dict(zip(fields, row, strict=True))) for row in notes),
    )


def begin_anew(cursor: Rows, told: NumberReset, *, now: datetime) -> int:
    """Let every series of a direction begin at 1 again, and keep who said so.

    Return how many series did; nothing was counted yet where it is none.
    """
    values = {"system": told.system, "direction": told.direction}
    begun = cursor.execute(_SQL["begin_anew"], values).fetchall()
    for series, era, last in begun:
        note = values | {"series": series, "era": era, "kind": "reset", "first": last, "last": 0}
        said = {"by": told.by, "because": told.because, "message_ref": "", "now": now}
        cursor.execute(_SQL["note"], note | said)
    return len(begun)

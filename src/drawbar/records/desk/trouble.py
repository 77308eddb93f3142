"""Trouble and its end: which cases are open about something, and who or what settled the last one.

Read from the case file, so that what a card says is what happened.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from drawbar.freight.stream import StreamKey
from drawbar.records.desk.story import CaseSeen, case_seen
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")


class Settled(Struct, frozen=True, kw_only=True):
    """A case that is closed. ``by`` is empty where facts settled it, without a person."""

    kind: str
    text: str
    owner: str
    at: datetime
    by: str
    because: str
    case_id: int


class SystemWaiting(Struct, frozen=True, kw_only=True):
    """What waits for a system, since when; how much it took at a later try, and when last."""

    count: int
    oldest_at: datetime | None
    took_last_at: datetime | None
    retried: int
    is_shut: bool
    shut_at: datetime | None


def settled_of(
    cursor: Rows, keys: Iterable[StreamKey], *, case_kinds: Iterable[str] = ()
) -> Settled | None:
    """Return the case of some kinds about some streams that was settled last, None of none.

    Empty ``case_kinds`` are all kinds.
    """
    asked = list(keys)
    row = cursor.execute(
        _SQL["settled_of"],
        {
            "kinds": [key.kind.value for key in asked],
            "refs": [key.ref for key in asked],
            "case_kinds": sorted(case_kinds),
        },
    ).fetchone()
    return _settled(row) if row else None


def cases_by_cause(cursor: Rows, cause: str) -> list[CaseSeen]:
    """Return the open cases of a cause, the most urgent first."""
    return [case_seen(row) for row in cursor.execute(_SQL["cases_by_cause"], {"cause": cause})]


def settled_by_cause(cursor: Rows, cause: str) -> Settled | None:
    """Return the case of a cause that was settled last, None where none was."""
    row = cursor.execute(_SQL["settled_by_cause"], {"cause": cause}).fetchone()
    return _settled(row) if row else None


def urgent_cases(cursor: Rows) -> list[CaseSeen]:
    """Return the open case of each kind that is due first, the most urgent kind first."""
    cases = [case_seen(row) for row in cursor.execute(_SQL["urgent_cases"])]
    return sorted(cases, key=lambda case: (case.due_at, case.case_id))


def system_waiting(cursor: Rows, system: str) -> SystemWaiting:
    """Return what waits for a system."""
    row = cursor.execute(_SQL["system_waiting"], {"system": system}).fetchone()
    assert row is not None
    return SystemWaiting(**dict(zip(SystemWaiting.__struct_fields__, row, strict=True)))


def _settled(row: tuple[object, ...]) -> Settled:
    return Settled(**dict(zip(Settled.__struct_fields__, row, strict=True)))  # type: ignore[arg-type]

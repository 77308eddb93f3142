"""The counts of the home page: what is under way, what is stuck, what waits."""

from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.records.views.row import read

_SQL = statements("views")


class Counts(Struct, frozen=True, kw_only=True):
    """How many there are just now."""

    facts: int
    messages: int
    cases_open: int
    deliveries_open: int
    deliveries_stuck: int
    dead_messages: int
    dead_facts: int
    parked: int
    pending: int
    deadlines: int


def counts(cursor: Rows) -> Counts:
    """Return the counts. Facts and messages are estimates from their numbers, never too small."""
    (found,) = read(cursor, Counts, _SQL["counts"], {})
    return found


def count_by_status(cursor: Rows) -> dict[tuple[str, str], int]:
    """Return how many streams of each kind stand in each status."""
    rows = cursor.execute(_SQL["by_status"])
    return {(kind, status): number for kind, status, number in rows}

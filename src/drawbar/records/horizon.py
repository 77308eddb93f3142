"""The horizon: when something is due next that nobody has to bring about.

Who owns the clock may move it there at once: in between nothing happens by itself.
"""

from datetime import datetime

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("horizon")


def next_due(cursor: Rows, *, now: datetime) -> datetime | None:
    """Return the first instant after ``now`` at which something falls due; None for never."""
    found: tuple[datetime | None] | None = cursor.execute(_SQL["next_due"], {"now": now}).fetchone()
    assert found is not None
    return found[0]

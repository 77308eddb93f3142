"""The horizon of what is known: the newest fact learned, and when something is due next by itself.

Who owns the clock may move it to what is due at once: in between nothing happens by itself.
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


def newest_learned(cursor: Rows) -> datetime | None:
    """Return when the newest fact was learned; None where nothing was ever learned."""
    found: tuple[datetime | None] | None = cursor.execute(_SQL["newest_learned"]).fetchone()
    assert found is not None
    return found[0]

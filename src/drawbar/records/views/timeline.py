"""The timeline of a stream: what happened, what came and went, what was booked, what needs whom.

Every step leads on: a fact to its message, a delivery to its attempts, an entry to its fact.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from drawbar.freight.stream import StreamKey
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.records.views.row import read

_SQL = statements("views")
STEPS_MAX = 2000


class Step(Struct, frozen=True, kw_only=True):
    """One step. ``what`` is fact, message, delivery, case or entry; ``name`` which kind of it.

    ``status`` says how it stands: the outcome of a message, the state of a delivery.
    ``place`` is where a fact stands in its message.
    """

    what: str
    ref: str
    name: str
    happened_at: datetime
    learned_at: datetime
    status: str
    notes: list[str]
    message_ref: str
    place: str
    attempts: int


def timeline(cursor: Rows, streams: Iterable[StreamKey], *, limit: int = STEPS_MAX) -> list[Step]:
    """Return the steps of some streams together, in the order in which they happened."""
    keys = sorted(set(streams))
    asked = {
        "kinds": [key.kind.value for key in keys],
        "refs": [key.ref for key in keys],
        "limit": limit,
    }
    return read(cursor, Step, _SQL["timeline"], asked)

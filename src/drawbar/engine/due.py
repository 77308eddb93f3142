"""What could be done at this moment: facts to decide, times that have come, deliveries to make.

It says exactly what ``Engine.work_once`` and ``Deliverer.deliver_once`` would find, and does none
of it: whoever drives many hands asks here whether all of them are done.
"""

from datetime import datetime

from msgspec import Struct

from drawbar.freight.delivery import Lane
from drawbar.messages.gate import Gate, Passing, ProbeDue, admit
from drawbar.messages.queue import gate_of
from drawbar.records.queries import statements
from drawbar.records.sheet import Row, Rows

_SQL = statements("due")
_GATE = slice(3, 18)


class Due(Struct, frozen=True, kw_only=True):
    """What is due. ``claimed`` deliveries are on their way, the first lease ends ``lease_until``.

    ``lanes``, in order, are those in which a delivery may go out now or a probe is due.
    """

    facts: int = 0
    deadlines: int = 0
    parks: int = 0
    lanes: tuple[tuple[str, Lane], ...] = ()
    claimed: int = 0
    lease_until: datetime | None = None

    @property
    def pending(self) -> bool:
        """Say whether the engine has anything to decide."""
        return bool(self.facts or self.deadlines or self.parks)

    @property
    def idle(self) -> bool:
        """Say whether nothing is to be decided or delivered, and nothing is on its way."""
        return not (self.pending or self.lanes or self.claimed)


def look(cursor: Rows, *, now: datetime) -> Due:
    """Return what is due at ``now``, from one query."""
    found = cursor.execute(_SQL["due"], {"now": now}, prepare=True).fetchall()
    lanes = [row for row in found if row[_GATE.start] is not None]
    leases = [until for *_, until, _ in lanes if until is not None]
    facts, deadlines, parks = found[0][: _GATE.start]
    return Due(
        facts=facts,
        deadlines=deadlines,
        parks=parks,
        lanes=tuple((row[3], Lane(row[4])) for row in lanes if _may_go(row, now)),
        claimed=sum(number for *_, number, _, _ in lanes),
        lease_until=min(leases, default=None),
    )


def _may_go(row: Row, now: datetime) -> bool:
    """Say whether the gate lets a head of a stream through, or asks for a probe."""
    *_, in_flight, _, has_heads = row
    admission = admit(_gate(row[_GATE]), now=now, in_flight=in_flight)
    if isinstance(admission, Passing):
        return admission.count > 0 and bool(has_heads)
    return isinstance(admission, ProbeDue)


def _gate(row: Row) -> Gate:
    """Return the gate of a lane; one that nobody has looked at yet is as it will be made."""
    system, lane, held, *_ = row
    return Gate(system=system, lane=Lane(lane)) if held is None else gate_of(row)

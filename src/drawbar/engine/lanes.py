"""A person holds a lane, opens it or has the far side asked: done at once, and kept with its why.

Holding one that is held renews who and why; opening one that is open changes nothing.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from drawbar.engine.batch import Batch
from drawbar.engine.engine import Engine
from drawbar.freight.delivery import Lane
from drawbar.messages.outbox import announce
from drawbar.messages.queue import hold, lock_gate, open_up
from drawbar.records.desk.lanes import note_act, probe_now


class LaneWish(StrEnum):
    """What a person wants of a lane. Stored."""

    HOLD = "hold"
    OPEN = "open"
    PROBE = "probe"


class LaneOrder(Struct, frozen=True, kw_only=True):
    """One wish about one lane, by whom and why; ``until`` bounds a hold."""

    system: str
    lane: Lane
    wish: LaneWish
    by: str
    because: str
    until: datetime | None = None


def act_on_lane(engine: Engine, told: LaneOrder) -> bool:
    """Do as a person says; false where nothing had to be done."""
    return engine.within(lambda batch, _: _done(batch, told))


def _done(batch: Batch, told: LaneOrder) -> bool:
    cursor, system, lane = batch.cursor, told.system, told.lane
    gate = lock_gate(cursor, system=system, lane=lane)
    if told.wish is LaneWish.OPEN and not gate.held:
        return False
    if told.wish is LaneWish.HOLD:
        hold(cursor, system=system, lane=lane, until=told.until, by=told.by, why=told.because)
    elif told.wish is LaneWish.OPEN:
        open_up(cursor, system=system, lane=lane, by=told.by)
    else:
        probe_now(cursor, system=system, lane=lane.value, now=batch.now)
    note_act(
        cursor,
        kind=told.wish.value,
        about=f"lane {system} {lane.value}",
        by=told.by,
        because=told.because,
        at=batch.now,
        detail=f"until {told.until:%Y-%m-%d %H:%MZ}" if told.until else "",
    )
    announce(cursor, [(system, lane.value)])
    return True

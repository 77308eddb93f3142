"""A person works on a case: takes it, lets it rest, or closes it by their word; all of it is kept.

Closing decides nothing about money, and facts may open a case again.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from drawbar.engine.batch import Batch
from drawbar.engine.engine import Engine
from drawbar.records.cases import settle
from drawbar.records.desk.case import snooze, take
from drawbar.records.desk.lanes import note_act


class CaseWish(StrEnum):
    """What a person does with a case. Stored."""

    TAKE = "take"
    SNOOZE = "snooze"
    CLOSE = "close"


class CaseOrder(Struct, frozen=True, kw_only=True):
    """One wish about one case. ``person`` takes it; ``until`` is for how long it rests."""

    case_id: int
    wish: CaseWish
    by: str
    because: str
    person: str = ""
    until: datetime | None = None


def work_on_case(engine: Engine, told: CaseOrder) -> bool:
    """Do as a person says; false where the case is not open (any more)."""
    return engine.within(lambda batch, _: _done(batch, told))


def _done(batch: Batch, told: CaseOrder) -> bool:
    if not _changed(batch, told):
        return False
    detail = told.person if told.wish is CaseWish.TAKE else ""
    if told.until:
        detail = f"until {told.until:%Y-%m-%d %H:%MZ}"
    note_act(
        batch.cursor,
        kind=told.wish.value,
        about=f"case {told.case_id}",
        by=told.by,
        because=told.because,
        at=batch.now,
        detail=detail,
    )
    return True


def _changed(batch: Batch, told: CaseOrder) -> bool:
    cursor, case_id = batch.cursor, told.case_id
    match told.wish:
        case CaseWish.TAKE:
            return take(cursor, case_id=case_id, person=told.person)
        case CaseWish.SNOOZE:
            return snooze(cursor, case_id=case_id, until=told.until)
        case CaseWish.CLOSE:
            return settle(cursor, case_id=case_id, because=told.because, by=told.by, at=batch.now)

"""A change of modes: one flow after the other goes live, or back behind the old interface.

It is made when nobody claims, and sends nothing: what was kept back waits for a person.
"""

from datetime import datetime
from typing import NamedTuple

from drawbar.engine import trouble
from drawbar.engine.clock import Clock
from drawbar.engine.settling import item_of
from drawbar.engine.transaction import in_transaction
from drawbar.flow.company import Company
from drawbar.flow.mode import Modes, changes, tightened
from drawbar.flow.run import FreightRun
from drawbar.freight.case import CaseKind
from drawbar.freight.stream import StreamKey
from drawbar.messages.mode import DOUBT, modes_in_force, write_modes
from drawbar.records.cases import CaseOpened, change_cases
from drawbar.records.company import lock_newest
from drawbar.records.session import Pool
from drawbar.records.sheet import Rows


class Word(NamedTuple):
    """Under which version of which firm modes change, when, who says so and why."""

    company: Company
    version: int
    at: datetime
    by: str
    because: str


def change_modes(cursor: Rows, modes: Modes, word: Word) -> tuple[str, ...]:
    """Let ``modes`` hold and return what that changes, in words; what holds already is nothing.

    The caller holds ``lock_newest``. A system of which ``modes`` knows nothing stays as it is.
    """
    told = changes(modes_in_force(cursor), modes)
    if not told:
        return ()
    doubtful = write_modes(
        cursor, told, by=word.by, because=word.because, version=word.version, at=word.at
    )
    change_cases(cursor, [_case(word, *one) for one in doubtful])
    return tuple(one.words for one in told)


def tighten_modes(pool: Pool, clock: Clock, company: Company, modes: Modes) -> tuple[str, ...]:
    """Be as careful as the folder at hand from now on; only an apply makes a flow less careful.

    Else a folder that says ``shadow`` and was not applied yet would send.
    """

    def tighten(cursor: Rows) -> tuple[str, ...]:
        if not changes(in_force := modes_in_force(cursor), tightened(in_force, modes)):
            return ()
        version = lock_newest(cursor)
        because = "the folder at hand is more careful than the one that was applied"
        word = Word(company, version, clock.now(), "drawbar", because)
        return change_modes(cursor, tightened(modes_in_force(cursor), modes), word)

    return in_transaction(pool, tighten)


def _case(word: Word, system: str, stream: StreamKey, business_key: str) -> CaseOpened:
    case = trouble.stuck_delivery(
        CaseKind.DELIVERY_UNSURE,
        stream=stream,
        item=item_of(system, business_key),
        text=DOUBT,
        now=word.at,
    )
    return CaseOpened(case=FreightRun(word.company).on_desk(case), opened_at=word.at)

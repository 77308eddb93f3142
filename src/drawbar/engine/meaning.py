"""A person says what a partner's code means: one entry, and everything that waited is read again.

Saying the same again adds nothing; what was applied before is not applied twice.
"""

from datetime import date

from msgspec import Struct

from drawbar.connectors.code_table import refuse_unfit
from drawbar.engine.editing import Replayed
from drawbar.engine.engine import Engine
from drawbar.freight.instant import Instant
from drawbar.records import code_maps
from drawbar.records.sheet import Rows

CHUNK = 200
"""How many messages are read again in one transaction."""


class Meaning(Struct, frozen=True, kw_only=True):
    """What ``code`` of a system's ``table`` means from now on, by whose word and why.

    ``valid_from`` is the first day of a bill to which it applies, None for any: charges only.
    """

    system: str
    table: str
    code: str
    meaning: str
    by: str
    because: str
    valid_from: date | None = None


class Mapped(Struct, frozen=True, kw_only=True):
    """What an entry came to: how many messages were read again, and what became of them.

    ``is_new`` is false where the same was said before; ``left`` counts messages that wait still.
    """

    is_new: bool
    messages: int
    replayed: Replayed
    left: int


def give_meaning(engine: Engine, told: Meaning) -> Mapped:
    """Keep what a code means and read again what waited for it. Raise ``UnfitMeaning``."""
    refuse_unfit(told.table, told.meaning, valid_from=told.valid_from)
    is_new = engine.within(lambda batch, _: _added(batch.cursor, told, at=batch.now))
    refs = engine.within(lambda batch, _: _members(batch.cursor, told))
    cases = engine.within(lambda batch, _: _cases(batch.cursor, told))
    total = Replayed()
    for start in range(0, len(refs), CHUNK):
        total = _plus(total, engine.replay(refs[start : start + CHUNK]))
    engine.within(lambda batch, _: _sign(batch.cursor, cases, told))
    left = engine.within(lambda batch, _: _members(batch.cursor, told))
    return Mapped(is_new=is_new, messages=len(refs), replayed=total, left=len(left))


def _added(cursor: Rows, told: Meaning, *, at: Instant) -> bool:
    known = {
        (one.system, one.table, one.code, one.valid_from): one for one in code_maps.in_force(cursor)
    }
    before = known.get((told.system, told.table, told.code, told.valid_from))
    if before is not None and before.meaning == told.meaning:
        return False
    said = code_maps.Saying(
        system=told.system,
        table=told.table,
        code=told.code,
        meaning=told.meaning,
        said_by=told.by,
        because=told.because,
        said_at=at,
        valid_from=told.valid_from,
    )
    code_maps.add(cursor, said)
    return True


def _members(cursor: Rows, told: Meaning) -> list[str]:
    return code_maps.members(
        cursor, system=told.system, table=told.table, code=told.code, limit=100_000
    )


def _cases(cursor: Rows, told: Meaning) -> list[int]:
    return code_maps.cases_of_word(cursor, system=told.system, table=told.table, code=told.code)


def _sign(cursor: Rows, cases: list[int], told: Meaning) -> None:
    means = f"{told.code} means {told.meaning.replace('_', ' ')}: {told.because}"
    code_maps.sign(cursor, cases, by=told.by, because=means)


def _plus(one: Replayed, other: Replayed) -> Replayed:
    return Replayed(
        recovered=one.recovered + other.recovered,
        failed=one.failed + other.failed,
        waiting=one.waiting + other.waiting,
    )

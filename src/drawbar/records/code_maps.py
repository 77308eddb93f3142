"""What a partner's words mean, said by people while everything runs; every process reads the same.

Append-only: a later word about the same code holds, and the earlier one can be looked up.
"""

import threading
import time
from datetime import date, datetime

from msgspec import Struct, structs

from drawbar.records.desk.reads import Reads
from drawbar.records.queries import statements
from drawbar.records.sheet import Row, Rows

_SQL = statements("code_maps")
_LOOK_AGAIN_SECONDS = 1.0


class Saying(Struct, frozen=True, kw_only=True):
    """What a code of a system means, who said so, when and why.

    ``valid_from`` is the first day of a bill on which the code of a charge means it, None for any.
    """

    system: str
    table: str
    code: str
    meaning: str
    said_by: str
    because: str
    said_at: datetime
    valid_from: date | None = None


class CodeMeaning(Saying, frozen=True, kw_only=True):
    """What a code means, as it is on file. ``map_id`` grows with time."""

    map_id: int


class UnknownWord(Struct, frozen=True, kw_only=True):
    """A code without a meaning that messages wait for. ``case_id`` is the oldest case of it."""

    system: str
    table: str
    code: str
    cases: int
    messages: int
    since: datetime
    case_id: int
    text: str


class CodeMaps:
    """The meanings in force, read again when somebody has added one. For many threads at once."""

    def __init__(self, reads: Reads) -> None:
        """Read from ``reads`` whenever a newer entry is there."""
        self._reads = reads
        self._lock = threading.Lock()
        self._newest = -1
        self._looked_at = float("-inf")
        self._by_system: dict[str, tuple[CodeMeaning, ...]] = {}

    def of(self, system: str) -> tuple[int, tuple[CodeMeaning, ...]]:
        """Return what is said about the codes of ``system``, with a number that grows.

        It is at most a second old; ``refresh`` makes it new.
        """
        if time.monotonic() - self._looked_at > _LOOK_AGAIN_SECONDS:
            self.refresh()
        return self._newest, self._by_system.get(system, ())

    def refresh(self) -> bool:
        """Look for newer entries now; true when there are any."""
        with self._lock, self._reads.connection() as connection, connection.cursor() as cursor:
            (newest,) = cursor.execute(_SQL["newest"]).fetchone() or (0,)
            self._looked_at = time.monotonic()
            if newest == self._newest:
                return False
            by_system: dict[str, tuple[CodeMeaning, ...]] = {}
            for one in in_force(cursor):
                by_system[one.system] = (*by_system.get(one.system, ()), one)
            self._by_system, self._newest = by_system, newest
            return True


def add(cursor: Rows, said: Saying) -> int:
    """Write what a code means from now on; return the number of the entry."""
    cursor.execute(_SQL["lock"])
    row = cursor.execute(_SQL["add"], structs.asdict(said)).fetchone()
    assert row is not None, "an insert returns its number"
    return int(row[0])


def in_force(cursor: Rows) -> list[CodeMeaning]:
    """Return what holds of every code, by system, table, code and first day."""
    return [_meaning(row) for row in cursor.execute(_SQL["in_force"])]


def waiting(cursor: Rows, *, case_id: int | None = None) -> list[UnknownWord]:
    """Return the codes that messages wait for, most cases first, or only those of one case."""
    every = _waiting(cursor, case_id=None)
    if case_id is None:
        return every
    of_case = {(one.system, one.table, one.code) for one in _waiting(cursor, case_id=case_id)}
    return [one for one in every if (one.system, one.table, one.code) in of_case]


def _waiting(cursor: Rows, *, case_id: int | None) -> list[UnknownWord]:
    names = UnknownWord.__struct_fields__
    rows = cursor.execute(_SQL["waiting"], {"case_id": case_id})
    return [UnknownWord(**dict(zip(names, row, strict=True))) for row in rows]


def members(cursor: Rows, *, system: str, table: str, code: str, limit: int) -> list[str]:
    """Return the messages that a meaning of ``code`` would mend, the oldest first."""
    asked = {"system": system, "table": table, "code": code, "limit": limit}
    return [ref for _, ref in cursor.execute(_SQL["members"], asked)]


def cases_of_word(cursor: Rows, *, system: str, table: str, code: str) -> list[int]:
    """Return the open cases that a meaning of ``code`` would settle."""
    asked = {"system": system, "table": table, "code": code}
    return [case_id for (case_id,) in cursor.execute(_SQL["cases_of_word"], asked)]


def sign(cursor: Rows, case_ids: list[int], *, by: str, because: str) -> None:
    """Say of those cases that are settled since who settled them."""
    cursor.execute(_SQL["sign"], {"case_ids": case_ids, "by": by, "because": because})


def _meaning(row: Row) -> CodeMeaning:
    return CodeMeaning(**dict(zip(CodeMeaning.__struct_fields__, row, strict=True)))

"""What partners' codes mean, over HTTP: what was said, what waits for a word, and the word."""

from datetime import date, datetime
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from drawbar.connectors.code_table import UnfitMeaning, meanings_of
from drawbar.engine import Engine
from drawbar.engine.meaning import Mapped, Meaning, give_meaning
from drawbar.records import code_maps
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.text import Name
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenEngine, GivenReads
from drawbar.web.problem import unfit

Code = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]


class CodeMapV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say what a code of a system means; all messages that wait for it are read again.

    A charge may mean ``not_agreed``: its lines are refused, for that reason. ``valid_from`` is the
    first day of a bill to which it applies, of charges only.
    """

    system: Name
    table: Name
    code: Code
    meaning: Name
    reason: Because
    valid_from: date | None = None


class MappedV1(Struct, frozen=True, kw_only=True):
    """What an entry came to. ``waiting`` are messages that wait for something else now."""

    is_new: bool
    messages: int
    recovered: int
    failed: int
    waiting: int
    left: int


class MeaningSeenV1(Struct, frozen=True, kw_only=True):
    """What a code means, by whose word and why."""

    system: str
    table: str
    code: str
    meaning: str
    said_by: str
    because: str
    said_at: datetime
    valid_from: date | None = None


class UnknownWordV1(Struct, frozen=True, kw_only=True):
    """A code without a meaning: ``meanings`` are those that it can get."""

    system: str
    table: str
    code: str
    cases: int
    messages: int
    since: datetime
    case_id: int
    text: str
    meanings: tuple[str, ...]


class CodeMapsV1(Struct, frozen=True, kw_only=True):
    """All that was said by people beside the systems' own files, and what waits for a word."""

    in_force: tuple[MeaningSeenV1, ...]
    waiting: tuple[UnknownWordV1, ...]


@get("/v1/code-maps", **policy(Scope.MESSAGE_READ, writes=False))
def list_code_maps(caller: GivenCaller, reads: GivenReads) -> CodeMapsV1:
    """List what codes mean, and those that messages wait for."""
    if caller.carrier_ref:
        return CodeMapsV1(in_force=(), waiting=())
    with reads.connection() as connection, connection.cursor() as cursor:
        return seen_code_maps(cursor)


@post("/v1/code-maps", status_code=200, **policy(Scope.CODE_MAP))
def add_code_map(data: JSONBody[CodeMapV1], caller: GivenCaller, engine: GivenEngine) -> MappedV1:
    """Say what a code means; saying the same again is harmless."""
    return mapped_v1(map_code(data, caller, engine))


def map_code(told: CodeMapV1, caller: Caller, engine: Engine) -> Mapped:
    """Do what a person says about a code. Raise ``Refusal`` (422)."""
    meaning = Meaning(
        system=told.system,
        table=told.table,
        code=told.code,
        meaning=told.meaning,
        by=caller.sender,
        because=told.reason,
        valid_from=told.valid_from,
    )
    try:
        return give_meaning(engine, meaning)
    except UnfitMeaning as error:
        raise unfit("$.meaning", f"{error}.", "Choose one of these.") from error


def mapped_v1(done: Mapped) -> MappedV1:
    """Return what an entry came to as version 1 says it."""
    return MappedV1(
        is_new=done.is_new,
        messages=done.messages,
        recovered=done.replayed.recovered,
        failed=done.replayed.failed,
        waiting=done.replayed.waiting,
        left=done.left,
    )


def seen_code_maps(cursor: Rows, *, case_id: int | None = None) -> CodeMapsV1:
    """Return what codes mean and which wait for a meaning, of one case where it is named."""
    return CodeMapsV1(
        in_force=tuple(
            MeaningSeenV1(
                system=one.system,
                table=one.table,
                code=one.code,
                meaning=one.meaning,
                said_by=one.said_by,
                because=one.because,
                said_at=one.said_at,
                valid_from=one.valid_from,
            )
            for one in code_maps.in_force(cursor)
        ),
        waiting=tuple(_unknown(one) for one in code_maps.waiting(cursor, case_id=case_id)),
    )


def _unknown(one: code_maps.UnknownWord) -> UnknownWordV1:
    return UnknownWordV1(
        system=one.system,
        table=one.table,
        code=one.code,
        cases=one.cases,
        messages=one.messages,
        since=one.since,
        case_id=one.case_id,
        text=one.text,
        meanings=meanings_of(one.table),
    )

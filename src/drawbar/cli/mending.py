"""Mend a message by hand, or read it again: what a person may ask, and what came of it."""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.cli.message_told import dead_facts, edited_to
from drawbar.cli.whole_story import Row
from drawbar.engine import Engine, Taken
from drawbar.engine.editing import Edit, NotEditable
from drawbar.messages.inbox import Outcome
from drawbar.records.desk.listing import Listing, leaf
from drawbar.records.desk.message import MessageKept, message
from drawbar.records.desk.reads import Reads
from drawbar.records.sheet import Rows

RECOVERED, FAILED_AGAIN, WAITING = "recovered", "failed again", "waiting"
_POISON = "poison"
_FACTS_MAX = 1000
_FACTS = Listing(table="facts", columns=("fact_id",), order="fact_id", filters=("message_ref",))
_PARKED = Listing(table="parked", columns=("fact_id",), order="fact_id", filters=("fact_id",))
_REPLAYABLE = frozenset({Outcome.APPLIED.value, Outcome.DEAD.value})


class Unmendable(ValueError):
    """A message that cannot be read again or edited; the text says why and what to do instead."""


class NothingChanged(ValueError):
    """The new bytes are the old ones: there is no new version to keep."""


class End(Struct, frozen=True, kw_only=True):
    """How the replay of one message ended, and why where it failed."""

    message_ref: str
    end: str
    why: str = ""


def mend(engine: Engine, reads: Reads, change: Edit) -> tuple[bytes, Taken]:
    """Keep the new version of a message and read it; return the old bytes with what came of it.

    Raise ``LookupError`` for no such message, ``NothingChanged``, ``Unmendable``.
    """
    ref = change.message_ref
    with reads.connection() as connection:
        before = _kept(connection.cursor(), ref)
        later = edited_to(connection.cursor(), ref)
    if later:
        raise Unmendable(f"{ref} was edited before; edit its later version {later}.")
    _refuse_unread(engine, before)
    if before.body == change.body:
        raise NothingChanged(f"The file holds what {ref} says already; nothing was changed.")
    try:
        return before.body, engine.edit(change)
    except NotEditable as error:
        raise Unmendable(f"{error}; only what came in and is its latest version can be.") from error


def replay(engine: Engine, reads: Reads, refs: Sequence[str], *, by: str) -> list[End]:
    """Read messages again, each by itself; nothing is read where one of them cannot be.

    Raise ``LookupError`` with the reference of a message that there is not, ``Unmendable``.
    """
    wanted = list(dict.fromkeys(refs))
    with reads.connection() as connection:
        for ref in wanted:
            _refuse_settled(engine, connection.cursor(), ref)
    return [_replayed(engine, reads, ref, by=by) for ref in wanted]


def _replayed(engine: Engine, reads: Reads, ref: str, *, by: str) -> End:
    """Decide again about facts of the message that failed, then read the message again.

    Where one fails again the bytes are not read again: that would only let it fail once more.
    """
    _raise(engine, reads, ref, by=by)
    if not any(row["why"] == _POISON for row in _dead(reads, ref)):
        engine.replay([ref])
        _settle(engine)
    with reads.connection() as connection:
        after = _kept(connection.cursor(), ref)
        waits = _waits(connection.cursor(), ref)
    if after.outcome == Outcome.DEAD:
        return End(message_ref=ref, end=FAILED_AGAIN, why=_last_line(after.error))
    if still := _dead(reads, ref):
        return End(message_ref=ref, end=FAILED_AGAIN, why=_why_dead(still[-1]))
    return End(message_ref=ref, end=WAITING if waits else RECOVERED)


def _raise(engine: Engine, reads: Reads, ref: str, *, by: str) -> None:
    dead = [row["dead_id"] for row in _dead(reads, ref)]
    if dead:
        engine.replay_facts(dead, by=by)
        _settle(engine)


def _settle(engine: Engine) -> None:
    while engine.decide_pending().total:
        pass  # each round takes what is pending out of the way


def _dead(reads: Reads, ref: str) -> list[Row]:
    with reads.connection() as connection:
        return dead_facts(connection.cursor(), ref)


def _why_dead(row: Row) -> str:
    if row["why"] == _POISON:
        return f"{row['name']}: {_last_line(row['error'])}"
    return f"{row['name']} {row['key']} says something else than was told before"


def _last_line(error: str) -> str:
    return error.strip().split("\n")[-1]


def _waits(cursor: Rows, ref: str) -> bool:
    """Say whether a fact of the message waits for a name, now or since it first came."""
    facts = leaf(cursor, _FACTS, wanted={"message_ref": ref}, limit=_FACTS_MAX).rows
    return any(
        leaf(cursor, _PARKED, wanted={"fact_id": str(one["fact_id"])}, limit=1).rows
        for one in facts
    )


def _refuse_settled(engine: Engine, cursor: Rows, ref: str) -> None:
    kept = _kept(cursor, ref)
    if kept.direction == "out":
        raise Unmendable(f"{ref} went out; to send again: drawbar delivery resolve … --as retry")
    if kept.outcome == Outcome.EDITED:
        raise Unmendable(f"{ref} was edited; replay its later version {edited_to(cursor, ref)}.")
    if kept.outcome not in _REPLAYABLE:
        raise Unmendable(
            f"{ref} contradicts an earlier message of the same key and was not applied. "
            f"Ask {kept.sender} which is right; then edit the one that is wrong."
        )
    _refuse_unread(engine, kept)


def _refuse_unread(engine: Engine, kept: MessageKept) -> None:
    """Refuse a channel that nobody reads here: reading it in vain would make a dead letter."""
    if kept.channel not in engine.readers:
        raise Unmendable(
            f"{kept.message_ref} came on {kept.channel!r}, which nobody reads here. Name the "
            "company folder that does (--company); an imported file is imported again."
        )


def _kept(cursor: Rows, ref: str) -> MessageKept:
    found = message(cursor, ref)
    if found is None:
        raise LookupError(ref)
    return found

"""Mend a message by hand, or read it again: what a person may ask, and what came of it."""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.cli.firm import Firm
from drawbar.cli.message_told import dead_facts, edited_to
from drawbar.engine import Taken
from drawbar.engine.editing import Edit, NotEditable
from drawbar.messages.inbox import Outcome
from drawbar.records.desk.listing import Listing, leaf
from drawbar.records.desk.message import MessageKept, message
from drawbar.records.sheet import Rows

RECOVERED, FAILED_AGAIN, WAITING = "recovered", "failed again", "waiting"
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


def mend(firm: Firm, ref: str, body: bytes, *, by: str, because: str) -> tuple[bytes, Taken]:
    """Keep ``body`` as the new version of a message and read it; return the old bytes with it.

    Raise ``LookupError`` for no such message, ``NothingChanged``, ``Unmendable``.
    """
    with firm.reads.connection() as connection:
        before = _kept(connection.cursor(), ref)
        later = edited_to(connection.cursor(), ref)
    if later:
        raise Unmendable(f"{ref} was edited before; edit its later version {later}.")
    _refuse_unread(firm, before)
    if before.body == body:
        raise NothingChanged(f"The file holds what {ref} says already; nothing was changed.")
    try:
        return before.body, firm.engine.edit(
            Edit(message_ref=ref, body=body, author=by, reason=because)
        )
    except NotEditable as error:
        raise Unmendable(f"{error}; only what came in and is its latest version can be.") from error


def replay(firm: Firm, refs: Sequence[str], *, by: str) -> list[End]:
    """Read messages again, each by itself; nothing is read where one of them cannot be.

    Raise ``LookupError`` with the reference of a message that there is not, ``Unmendable``.
    """
    wanted = list(dict.fromkeys(refs))
    with firm.reads.connection() as connection:
        for ref in wanted:
            _refuse_settled(connection.cursor(), firm, ref)
    return [_replayed(firm, ref, by=by) for ref in wanted]


def _replayed(firm: Firm, ref: str, *, by: str) -> End:
    with firm.reads.connection() as connection:
        dead = [row["dead_id"] for row in dead_facts(connection.cursor(), ref)]
    firm.engine.replay([ref])
    firm.engine.replay_facts(dead, by=by)
    while firm.engine.decide_pending().total:
        pass  # each round takes what is pending out of the way
    with firm.reads.connection() as connection:
        after = _kept(connection.cursor(), ref)
        still = dead_facts(connection.cursor(), ref)
        waits = _waits(connection.cursor(), ref)
    if after.outcome == Outcome.DEAD or still:
        why = after.error or still[0]["error"] or f"{still[0]['name']} says something else now"
        return End(message_ref=ref, end=FAILED_AGAIN, why=why.strip().split("\n")[-1])
    return End(message_ref=ref, end=WAITING if waits else RECOVERED)


def _waits(cursor: Rows, ref: str) -> bool:
    """Say whether a fact of the message waits for a name, now or since it first came."""
    facts = leaf(cursor, _FACTS, wanted={"message_ref": ref}, limit=_FACTS_MAX).rows
    return any(
        leaf(cursor, _PARKED, wanted={"fact_id": str(one["fact_id"])}, limit=1).rows
        for one in facts
    )


def _refuse_settled(cursor: Rows, firm: Firm, ref: str) -> None:
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
    _refuse_unread(firm, kept)


def _refuse_unread(firm: Firm, kept: MessageKept) -> None:
    """Refuse a channel that nobody reads here: reading it in vain would make a dead letter."""
    if kept.channel not in firm.engine.readers:
        raise Unmendable(
            f"{kept.message_ref} came on {kept.channel!r}, which nobody reads here. Name the "
            "company folder that does (--company); an imported file is imported again."
        )


def _kept(cursor: Rows, ref: str) -> MessageKept:
    found = message(cursor, ref)
    if found is None:
        raise LookupError(ref)
    return found

"""Dead letters: a person mends the bytes or we mend the reader, and the message is read again.

An edit is a new version with its author and reason; the original is kept as it came.
"""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.engine.applying import Learn
from drawbar.engine.batch import Batch
from drawbar.engine.taking import Readers, Taken, TakenAs, apply_messages
from drawbar.engine.writing import announce_work
from drawbar.freight.case import CaseKind
from drawbar.messages.inbox import Outcome, Received, edited, keep, load
from drawbar.records.cases import CaseClosed, case_key
from drawbar.records.facts import raise_dead
from drawbar.records.waits import Pending, put_pending


class Edit(Struct, frozen=True, kw_only=True):
    """New bytes for a message, by whom and why."""

    message_ref: str
    body: bytes
    author: str
    reason: str


class Replayed(Struct, frozen=True, kw_only=True):
    """What reading again came to: messages that are fine now, that failed again, that wait."""

    recovered: int = 0
    failed: int = 0
    waiting: int = 0


class NotEditable(ValueError):
    """Only a message that came in and could not be applied is edited; pick its latest version."""


def edit(batch: Batch, learn: Learn, readers: Readers, change: Edit) -> Taken:
    """Keep a new version and read it. Raise ``NotEditable``."""
    found = load(batch.cursor, [change.message_ref])
    if not found or found[0].outcome not in {Outcome.DEAD, Outcome.CONFLICTING, Outcome.APPLIED}:
        raise NotEditable(f"{change.message_ref} is not a message that can be edited")
    original = found[0]
    version = edited(
        original, change.body, author=change.author, reason=change.reason, now=batch.now
    )
    original.outcome = Outcome.EDITED
    keep(batch.cursor, [original])
    (taken,) = apply_messages(batch, learn, readers, [Received(version, version.times)])
    kinds = (CaseKind.DEAD_LETTER, CaseKind.CONFLICTING_FACT)
    keys = [case_key(kind, None, original.message_ref) for kind in kinds]
    because = f"edited as {version.message_ref}: {change.reason}"
    batch.change_cases(
        [CaseClosed(key=key, at=batch.now, because=because, by=change.author) for key in keys],
    )
    return taken


def replay(batch: Batch, learn: Learn, readers: Readers, message_refs: Sequence[str]) -> Replayed:
    """Read messages on file again; facts that were applied before are not applied again."""
    found = [
        message
        for message in load(batch.cursor, message_refs)
        if message.outcome in {Outcome.DEAD, Outcome.APPLIED}
    ]
    received = [Received(message, message.times) for message in found]
    return _counted(apply_messages(batch, learn, readers, received))


def replay_facts(batch: Batch, dead_ids: Sequence[int], *, by: str) -> int:
    """Put facts that were dead back into work; return how many."""
    raised = raise_dead(batch.cursor, dead_ids, by=by, now=batch.now)
    put_pending(
        batch.cursor,
        (
            Pending(fact_id=None, why="replayed", history=history, since=batch.now, body=body)
            for history, body in raised
        ),
    )
    announce_work(batch.cursor)
    return len(raised)


def _counted(taken: Sequence[Taken]) -> Replayed:
    failed = sum(one.outcome is TakenAs.DEAD or one.learned.dead > 0 for one in taken)
    waiting = sum(one.learned.parked > 0 for one in taken)
    return Replayed(recovered=len(taken) - failed - waiting, failed=failed, waiting=waiting)

"""Take messages in: kept, read and applied in one transaction, each answered for by name."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from drawbar.engine import trouble
from drawbar.engine.applying import Learn
from drawbar.engine.arrival import Arrival, Fate, Learned, count
from drawbar.engine.batch import Batch
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.reading import Problem, Reading
from drawbar.messages.heard_numbers import Use, hear
from drawbar.messages.inbox import Intake, Message, Outcome, Received, keep, receive
from drawbar.messages.outbox import Outgoing, put_out
from drawbar.messages.reader import Reader, read
from drawbar.records.cases import CaseChange, CaseClosed, CaseOpened, case_key

Readers = Mapping[str, Reader]
_NOTHING = Reading()


class TakenAs(StrEnum):
    """What became of a message at the door."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"  # known, word by word
    CONFLICTING = "conflicting"  # its key is taken by other bytes; nothing of it was applied
    PARKED = "parked"  # all that it says waits for a name
    DEAD = "dead"  # kept, but it could not be read


class Taken(Struct, frozen=True, kw_only=True):
    """The receipt for a message. ``times`` counts how often the same bytes came."""

    message_ref: str
    outcome: TakenAs
    times: int = 1
    learned: Learned = Learned()
    problems: tuple[Problem, ...] = ()
    error: str = ""


def take(
    batch: Batch, learn: Learn, readers: Readers, intakes: Sequence[Intake]
) -> tuple[Taken, ...]:
    """Keep ``intakes``, read them, apply what they say, owe the replies."""
    return apply_messages(batch, learn, readers, receive(batch.cursor, intakes, now=batch.now))


def apply_messages(
    batch: Batch, learn: Learn, readers: Readers, received: Sequence[Received]
) -> tuple[Taken, ...]:
    """Read messages on file or at the door and apply what they say, in their order."""
    readings = [_NOTHING if one.is_conflicting else _read(readers, one) for one in received]
    facts = [_facts(reading) for reading in readings]
    fates = iter(learn(batch, [Arrival(fact=fact) for some in facts for fact in some]))
    learned = [[next(fates) for _ in some] for some in facts]
    changes: list[CaseChange] = []
    taken = []
    for one, reading, its_fates in zip(received, readings, learned, strict=True):
        changes += _cases(batch, one.message, reading, is_conflicting=one.is_conflicting)
        taken.append(_receipt(one, reading, its_fates))
        _mark(one, reading)
    keep(batch.cursor, list({id(one.message): one.message for one in received}.values()))
    changes += _reused(batch, received, readings)
    batch.change_cases(changes)
    put_out(batch.cursor, list(_replies(batch, received, readings)))
    return tuple(taken)


def _read(readers: Readers, received: Received) -> Reading | Exception:
    return read(readers, received.message, times=received.times)


def _facts(reading: Reading | Exception) -> tuple[Fact, ...]:
    return reading.facts if isinstance(reading, Reading) else ()


def _replies(
    batch: Batch, received: Iterable[Received], readings: Iterable[Reading | Exception]
) -> Iterable[Outgoing]:
    for one, reading in zip(received, readings, strict=True):
        if isinstance(reading, Reading):
            for delivery in reading.replies:
                yield Outgoing(
                    delivery=delivery,
                    created_at=batch.now,
                    message_ref=one.message.message_ref,
                )


def _reused(
    batch: Batch, received: Iterable[Received], readings: Iterable[Reading | Exception]
) -> Iterable[CaseChange]:
    """Keep the control numbers of messages; open a case for each that stood for something else."""
    uses = [
        Use(one.message.message_ref, heard)
        for one, reading in zip(received, readings, strict=True)
        if isinstance(reading, Reading)
        for heard in reading.numbers
    ]
    for use in hear(batch.cursor, uses, now=batch.now) if uses else ():
        case = trouble.reused_number(use.message_ref, use.heard, now=batch.now)
        yield CaseOpened(case=case, opened_at=batch.now, message_ref=use.message_ref)


def _cases(
    batch: Batch, message: Message, reading: Reading | Exception, *, is_conflicting: bool
) -> Iterable[CaseChange]:
    """Open a case for what is wrong with a message; settle those of earlier readings of it."""
    ref, now = message.message_ref, batch.now
    if is_conflicting:
        case = trouble.conflicting_message(ref, message.scope[2], now=now)
        yield CaseOpened(case=case, opened_at=now, message_ref=ref)
        return
    if isinstance(reading, Exception):
        case = trouble.dead_message(ref, reading, now=now)
        yield CaseOpened(case=case, opened_at=now, message_ref=ref)
        return
    if message.outcome is Outcome.DEAD:
        key = case_key(CaseKind.DEAD_LETTER, None, ref)
        yield CaseClosed(key=key, at=now, because="read again and applied")
    for gone in (found for found in message.problems if found not in reading.problems):
        key = case_key(gone.kind, None, trouble.problem_item(ref, gone))
        yield CaseClosed(key=key, at=now, because="read again without it")
    for found in reading.problems:
        case = trouble.problem(ref, found, now=now)
        yield CaseOpened(case=case, opened_at=now, message_ref=ref)


def _receipt(received: Received, reading: Reading | Exception, fates: Sequence[Fate]) -> Taken:
    learned = count(list(fates))
    return Taken(
        message_ref=received.message.message_ref,
        outcome=_taken_as(received, reading, learned),
        times=received.times,
        learned=learned,
        problems=reading.problems if isinstance(reading, Reading) else (),
        error=trouble.plain(str(reading)) if isinstance(reading, Exception) else "",
    )


def _taken_as(received: Received, reading: Reading | Exception, learned: Learned) -> TakenAs:
    if received.is_conflicting:
        return TakenAs.CONFLICTING
    if isinstance(reading, Exception):
        return TakenAs.DEAD
    if received.times > 1 and learned.duplicate == learned.total:
        return TakenAs.DUPLICATE
    if learned.total and learned.parked == learned.total:
        return TakenAs.PARKED
    return TakenAs.APPLIED


def _mark(received: Received, reading: Reading | Exception) -> None:
    """Note on the message what became of it."""
    message = received.message
    if received.is_conflicting:
        return
    if isinstance(reading, Exception):
        message.outcome, message.error = Outcome.DEAD, trouble.told(reading)
        return
    message.outcome, message.error = Outcome.APPLIED, ""
    message.facts, message.problems = len(reading.facts), reading.problems

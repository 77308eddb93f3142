"""What the engine itself cannot do becomes a case, with an owner and a time."""

import traceback
from datetime import datetime, timedelta

from drawbar.freight.case import Case, CaseKind
from drawbar.freight.control_number import NumberHeard
from drawbar.freight.fact import Fact
from drawbar.freight.reading import Problem
from drawbar.freight.stream import StreamKey

OWNER = "integration"
_TIME_TO_LOOK = timedelta(hours=4)


def dead_fact(fact: Fact, error: BaseException, *, now: datetime) -> Case:
    """Return the case of a fact that could not be applied."""
    return Case(
        kind=CaseKind.DEAD_LETTER,
        subject=None,
        item=plain(fact.key),
        cause=f"{type(fact).__name__}: {type(error).__name__}",
        text=plain(f"{type(fact).__name__} could not be applied: {error}"),
        remedy="Mend the cause, then replay the fact; everything else of its message was applied.",
        owner=OWNER,
        due_at=now + _TIME_TO_LOOK,
    )


def conflicting_fact(fact: Fact, *, now: datetime) -> Case:
    """Return the case of a fact that was told again in other words."""
    return Case(
        kind=CaseKind.CONFLICTING_FACT,
        subject=None,
        item=plain(fact.key),
        cause=type(fact).__name__,
        text=plain(
            f"{type(fact).__name__} {fact.key} came again and says something else. The first "
            "stands; the second was not applied."
        ),
        remedy="Ask the sender which is right; a correction needs a key of its own.",
        owner=OWNER,
        due_at=now + _TIME_TO_LOOK,
    )


def dead_message(message_ref: str, error: BaseException, *, now: datetime) -> Case:
    """Return the case of a message that could not be read."""
    return Case(
        kind=CaseKind.DEAD_LETTER,
        subject=None,
        item=message_ref,
        cause=f"{type(error).__name__}: {_first_words(error)}",
        text=plain(f"The message could not be read: {error}"),
        remedy="Mend its bytes or the mapping, then replay it.",
        owner=OWNER,
        due_at=now + _TIME_TO_LOOK,
    )


def conflicting_message(message_ref: str, key: str, *, now: datetime) -> Case:
    """Return the case of other bytes under a key that was used before."""
    return Case(
        kind=CaseKind.CONFLICTING_FACT,
        subject=None,
        item=message_ref,
        cause="message",
        text=plain(f"A message with the key {key} came again with other content; not applied."),
        remedy="Ask the sender which is right; a new message needs a key of its own.",
        owner=OWNER,
        due_at=now + _TIME_TO_LOOK,
    )


def reused_number(message_ref: str, heard: NumberHeard, *, now: datetime) -> Case:
    """Return the case of an interchange whose control number had stood for something else."""
    return Case(
        kind=CaseKind.CONFLICTING_FACT,
        subject=None,
        item=plain(f"{message_ref} {heard.series} {heard.number}"),
        cause=f"control number {heard.system}",
        text=plain(
            f"{heard.system} used the control number {heard.number} again, for another content."
        ),
        remedy=(
            "Ask the partner whether it began to count anew: then say so with"
            f" drawbar partner numbers {heard.system} --reset in. Else one of the two is wrong."
        ),
        owner=OWNER,
        due_at=now + _TIME_TO_LOOK,
    )


def problem(message_ref: str, found: Problem, *, now: datetime) -> Case:
    """Return the case of something in a message that could not be taken as it is."""
    return Case(
        kind=found.kind,
        subject=None,
        item=problem_item(message_ref, found),
        cause=plain(found.cause),
        text=plain(found.text),
        remedy=plain(found.remedy),
        owner=OWNER,
        due_at=now + _TIME_TO_LOOK,
    )


def problem_item(message_ref: str, found: Problem) -> str:
    """Return what there is one case of: a cause at one place of one message."""
    return plain(f"{message_ref} {found.place} {found.cause}")


def stuck_delivery(
    kind: CaseKind, *, stream: StreamKey, item: str, text: str, now: datetime
) -> Case:
    """Return the case of a delivery that does not go on by itself and holds up its stream."""
    return Case(
        kind=kind,
        subject=stream,
        item=item,
        cause=text[:80],
        text=text,
        remedy="Mend the cause and send it again, confirm that it was done, or skip it.",
        owner=OWNER,
        due_at=now + _TIME_TO_LOOK,
    )


def told(error: BaseException) -> str:
    """Return what was raised, with its traceback, as text that a row can hold."""
    return plain("".join(traceback.format_exception(error)))


def plain(text: str) -> str:
    """Return ``text`` so that Postgres takes it: no NUL, no half of a character pair."""
    return text.replace("\0", "␀").encode("utf-8", "replace").decode()


def _first_words(error: BaseException) -> str:
    lines = plain(str(error)).splitlines()
    return lines[0][:80] if lines else ""

"""The inbox: what came in, byte by byte, once per sender and key, counted when it comes again."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from drawbar.freight.identity import minted
from drawbar.freight.reading import Problem
from drawbar.records.queries import statements
from drawbar.records.sheet import Row, Rows, Sheet, aside, pipelined

_SQL = statements("messages")
_MESSAGES = Sheet(
    "messages",
    {
        "message_ref": "text",
        "direction": "text",
        "channel": "text",
        "sender": "text",
        "key": "text",
        "content_type": "text",
        "body": "bytea",
        "sha256": "bytea",
        "learned_at": "timestamptz",
        "delivery_id": "int8",
        "edited_from": "text",
        "author": "text",
        "reason": "text",
        "outcome": "text",
        "times": "int4",
        "last_at": "timestamptz",
        "facts": "int4",
        "problems": "jsonb",
        "error": "text",
    },
)

Scope = tuple[str, str, str]
"""Channel, sender and key: within it, the same message is the same."""


class Intake(Struct, frozen=True, kw_only=True):
    """One message at the door. ``key`` is the sender's own, or one made from the content."""

    channel: str
    sender: str
    body: bytes
    content_type: str
    key: str

    @property
    def scope(self) -> Scope:
        """Return within what the message is the same when it comes again."""
        return (self.channel, self.sender, self.key)


class Outcome(StrEnum):
    """What became of a message. Stored."""

    APPLIED = "applied"
    DEAD = "dead"
    CONFLICTING = "conflicting"
    EDITED = "edited"  # a later version took its place
    SENT = "sent"
    SHADOW = "shadow"  # made, and kept back
    OBSERVED = "observed"  # read, and nothing of it was applied


class Message(Struct, kw_only=True):
    """One message on file, while it is taken. ``is_new`` until it is written."""

    message_ref: str
    scope: Scope
    body: bytes
    sha256: bytes
    content_type: str
    learned_at: datetime
    last_at: datetime
    direction: str = "in"
    delivery_id: int | None = None
    edited_from: str | None = None
    author: str = ""
    reason: str = ""
    outcome: Outcome = Outcome.APPLIED
    times: int = 1
    facts: int = 0
    problems: tuple[Problem, ...] = ()
    error: str = ""
    is_new: bool = True


class Received(Struct, frozen=True):
    """A message at the door and the one on file that it is. ``times``: which receipt this was."""

    message: Message
    times: int
    is_conflicting: bool = False


def receive(cursor: Rows, intakes: Sequence[Intake], *, now: datetime) -> list[Received]:
    """Return what each of ``intakes`` is: new, received again, or other bytes under a known key.

    What comes again stands for its latest version. The keys are locked until the transaction ends.
    """
    if not intakes:
        return []
    scopes = sorted({intake.scope for intake in intakes})
    with pipelined(cursor):
        aside(cursor).executemany(_SQL["claim_key"], scopes)
        versions = _versions(cursor, scopes)
    return [_one(intake, versions.setdefault(intake.scope, []), now=now) for intake in intakes]


def sha256(body: bytes) -> bytes:
    """Return the hash by which the bytes of a message are known."""
    return hashlib.sha256(body).digest()


def keep(cursor: Rows, messages: Sequence[Message]) -> None:
    """Write messages, new ones at the end; of known ones, only what became of them."""
    _MESSAGES.append(cursor, [_values(message) for message in messages if message.is_new])
    known = [_outcome_of(message) for message in messages if not message.is_new]
    if known:
        aside(cursor).executemany(_SQL["became"], known)


def load(cursor: Rows, message_refs: Sequence[str]) -> list[Message]:
    """Return messages that came in, locked, in the order in which they came."""
    rows = cursor.execute(_SQL["load"], {"message_refs": list(message_refs)})
    return [_stored(row) for row in rows]


def edited(original: Message, body: bytes, *, author: str, reason: str, now: datetime) -> Message:
    """Return a new version of a message within the same scope; the original stays as it came."""
    hash_ = sha256(body)
    version = b"edited" + hash_ + original.message_ref.encode()
    return Message(
        message_ref=_ref(original.scope, version, now=now),
        scope=original.scope,
        body=body,
        sha256=hash_,
        content_type=original.content_type,
        learned_at=now,
        last_at=now,
        edited_from=original.message_ref,
        author=author,
        reason=reason,
    )


def _versions(cursor: Rows, scopes: Sequence[Scope]) -> dict[Scope, list[Message]]:
    """Return every version on file of each scope, the oldest first."""
    names = ("channels", "senders", "keys")
    asked = dict(zip(names, (list(part) for part in zip(*scopes, strict=True)), strict=True))
    versions: dict[Scope, list[Message]] = {}
    for row in cursor.execute(_SQL["versions"], asked):
        message = _stored(row)
        versions.setdefault(message.scope, []).append(message)
    return versions


def _stored(row: Row) -> Message:
    channel, sender, key, ref, body, hash_, content_type, learned_at, *became = row
    outcome, times, facts, problems = became
    return Message(
        message_ref=ref,
        scope=(channel, sender, key),
        body=bytes(body),
        sha256=bytes(hash_),
        content_type=content_type,
        learned_at=learned_at,
        last_at=learned_at,
        outcome=Outcome(outcome),
        times=times,
        facts=facts,
        problems=msgspec.convert(problems, tuple[Problem, ...]),
        is_new=False,
    )


def _one(intake: Intake, versions: list[Message], *, now: datetime) -> Received:
    alike = next((one for one in versions if one.sha256 == sha256(intake.body)), None)
    if alike is None:
        message = _new(intake, is_first=not versions, now=now)
        versions.append(message)
        return Received(message, 1, message.outcome is Outcome.CONFLICTING)
    current = alike
    if alike.outcome is not Outcome.CONFLICTING:
        current = [one for one in versions if one.outcome is not Outcome.CONFLICTING][-1]
    current.times += 1
    current.last_at = now
    return Received(current, current.times, current.outcome is Outcome.CONFLICTING)


def _new(intake: Intake, *, is_first: bool, now: datetime) -> Message:
    hash_ = sha256(intake.body)
    return Message(
        message_ref=_ref(intake.scope, b"" if is_first else hash_, now=now),
        scope=intake.scope,
        body=intake.body,
        sha256=hash_,
        content_type=intake.content_type,
        learned_at=now,
        last_at=now,
        outcome=Outcome.APPLIED if is_first else Outcome.CONFLICTING,
    )


def _ref(scope: Scope, version: bytes, *, now: datetime) -> str:
    return minted("M", cause="\0".join((*scope, version.hex())), learned_at=now)


def _values(message: Message) -> tuple[object, ...]:
    return (
        message.message_ref,
        message.direction,
        *message.scope,
        message.content_type,
        message.body,
        message.sha256,
        message.learned_at,
        message.delivery_id,
        message.edited_from,
        message.author,
        message.reason,
        message.outcome,
        message.times,
        message.last_at,
        message.facts,
        _problems(message),
        message.error,
    )


def _outcome_of(message: Message) -> dict[str, object]:
    return {
        "message_ref": message.message_ref,
        "outcome": message.outcome.value,
        "times": message.times,
        "last_at": message.last_at,
        "facts": message.facts,
        "problems": _problems(message),
        "error": message.error,
    }


def _problems(message: Message) -> Jsonb:
    return Jsonb(msgspec.to_builtins(message.problems))

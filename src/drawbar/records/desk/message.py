"""One message with its bytes, and one fact with what it says."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from drawbar.freight.fact import Fact
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.codec import decode_fact
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("desk")


class MessageKept(Struct, frozen=True, kw_only=True):
    """A message as it was kept. ``problems`` are what of it we did not understand.

    ``delivery_id`` is the delivery that it carried out, or answers.
    """

    message_ref: str
    direction: str
    channel: str
    sender: str
    key: str
    content_type: str
    body: bytes
    sha256: bytes
    learned_at: datetime
    outcome: str
    times: int
    last_at: datetime
    problems: list[dict[str, Any]]
    error: str
    edited_from: str | None
    author: str
    reason: str
    delivery_id: int | None


class Carried(Struct, frozen=True, kw_only=True):
    """The delivery that a message belongs to, and the other messages of it."""

    kind: str
    system: str
    stream_kind: str
    stream_ref: str
    business_key: str
    state: str
    message_refs: tuple[str, ...]


class FactHead(Struct, frozen=True, kw_only=True):
    """What a message said, in one line."""

    key: str
    name: str
    happened_at: datetime
    learned_at: datetime
    place: str


class FactKept(Struct, frozen=True, kw_only=True):
    """A fact with all that it says, and the streams that it touched."""

    fact: Fact
    name: str
    message_ref: str
    place: str
    streams: tuple[StreamKey, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """What became of the facts of a message. ``troubles``: item, text, remedy of its cases."""

    facts: int
    parked: int
    dead: int
    troubles: tuple[tuple[str, str, str], ...]


def message(cursor: Rows, message_ref: str) -> MessageKept | None:
    """Return a message, None where there is none."""
    row = cursor.execute(_SQL["message"], {"message_ref": message_ref}).fetchone()
    if row is None:
        return None
    return MessageKept(**dict(zip(MessageKept.__struct_fields__, row, strict=True)))


def carried(cursor: Rows, delivery_id: int | None) -> Carried | None:
    """Return the delivery that a message belongs to, None where it belongs to none."""
    row = cursor.execute(_SQL["carried"], {"delivery_id": delivery_id}).fetchone()
    if row is None:
        return None
    *told, refs = row
    values = (*told, tuple(refs or ()))
    return Carried(**dict(zip(Carried.__struct_fields__, values, strict=True)))


def facts_of(cursor: Rows, message_ref: str) -> list[FactHead]:
    """Return what was read from a message, in its order."""
    rows = cursor.execute(_SQL["facts_of_message"], {"message_ref": message_ref})
    return [FactHead(**dict(zip(FactHead.__struct_fields__, row, strict=True))) for row in rows]


def standing(cursor: Rows, message_ref: str) -> Standing:
    """Return what became of the facts of a message by now."""
    asked = {"message_ref": message_ref}
    counted = cursor.execute(_SQL["standing_of_message"], asked).fetchone()
    assert counted is not None
    facts, parked, dead = counted
    troubles = tuple(cursor.execute(_SQL["cases_of_message"], asked).fetchall()) if dead else ()
    return Standing(facts=facts, parked=parked, dead=dead, troubles=troubles)


def fact(cursor: Rows, key: str) -> FactKept | None:
    """Return a fact, None where there is none."""
    row = cursor.execute(_SQL["fact"], {"key": key}).fetchone()
    if row is None:
        return None
    _, name, _, _, message_ref, place, body = row
    streams = cursor.execute(_SQL["streams_of_fact"], {"key": key}).fetchall()
    return FactKept(
        fact=decode_fact(body),
        name=name,
        message_ref=message_ref,
        place=place,
        streams=tuple(sorted(StreamKey(StreamKind(kind), ref) for kind, ref in streams)),
    )

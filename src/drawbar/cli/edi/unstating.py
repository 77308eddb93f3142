"""From JSON to EDI: envelopes, counts and control numbers are written by the codec."""

from typing import Any

import msgspec
from msgspec import UNSET

from drawbar.cli.edi.standard import Standard
from drawbar.cli.edi.stated import (
    TYPES,
    Delimiters,
    EnvelopeStated,
    InterchangeStated,
    SetStated,
)
from drawbar.edi import (
    Body,
    Dialect,
    Envelope,
    Interchange,
    Segment,
    UnableToWrap,
    build,
    edifact,
    wrap,
)
from drawbar.edi.edifact.wrap import EDIFACT, Message, Station

_SYNTAX = "UNOC:3"


def interchange_of(one: InterchangeStated) -> Interchange:
    """Return what JSON states, ready to be written.

    Raise ``msgspec.ValidationError`` where a set says what its type does not have, else what the
    codec raises (``stated.REFUSALS``).
    """
    if one.standard is Standard.EDIFACT:
        return _edifact(one)
    envelope = _x12_envelope(one.envelope, _first_number(one.sets))
    bodies = [_body(item, number, envelope.dialect) for number, item in enumerate(one.sets)]
    return wrap(bodies, envelope)


def _edifact(one: InterchangeStated) -> Interchange:
    stated = one.envelope
    dialect = EDIFACT if stated.delimiters is UNSET else stated.delimiters.dialect()
    identifier, _, version = (stated.syntax or _SYNTAX).partition(":")
    envelope = edifact.Envelope(
        sender=_station(stated.sender, stated.sender_qualifier, stated.sender_internal),
        receiver=_station(stated.receiver, stated.receiver_qualifier, stated.receiver_internal),
        control_reference=stated.control,
        sent_at=_sent_at(stated),
        message_number=_first_number(one.sets),
        syntax_identifier=identifier,
        syntax_version=version or "3",
        is_test=stated.is_test,
        asks_acknowledgement=stated.asks_acknowledgement,
        dialect=dialect,
    )
    messages = [_message(item, number, dialect) for number, item in enumerate(one.sets)]
    return edifact.wrap(messages, envelope)


def _station(own: str, qualifier: str, internal: str) -> Station:
    return Station(id=own, qualifier=qualifier, internal=internal)


def _x12_envelope(stated: EnvelopeStated, set_number: int) -> Envelope:
    marks = Delimiters() if stated.delimiters is UNSET else stated.delimiters
    return Envelope(
        sender_qualifier=stated.sender_qualifier,
        sender=stated.sender,
        receiver_qualifier=stated.receiver_qualifier,
        receiver=stated.receiver,
        control_number=_whole(stated.control, "control"),
        group_number=_whole(stated.group_control or stated.control, "group_control"),
        sent_at=_sent_at(stated),
        set_number=set_number,
        version=stated.version or "004010",
        is_test=stated.is_test,
        asks_acknowledgement=stated.asks_acknowledgement,
        application_sender=stated.application_sender,
        application_receiver=stated.application_receiver,
        dialect=marks.dialect(),
    )


def _sent_at(stated: EnvelopeStated) -> Any:
    if stated.sent_at is None:
        message = "sent_at is missing; state the day and hour, such as 2026-03-01T09:30:00"
        raise UnableToWrap(message)
    return stated.sent_at


def _whole(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        message = f"{name} is no number of at most nine digits: {text[:40]!r}"
        raise UnableToWrap(message)
    return int(text)


def _first_number(sets: list[SetStated]) -> int:
    """Return the number of the first set; those behind it count on."""
    first = sets[0].control if sets else ""
    return int(first) if first.isascii() and first.isdigit() and len(first) <= 9 else 1


def _body(item: SetStated, number: int, dialect: Dialect) -> Body:
    if item.segments is not UNSET:
        return Body(item.code, _segments(item.segments))
    typed = _typed(item, Standard.X12, number)
    return Body(item.code, build(typed, component=dialect.component).segments)


def _message(item: SetStated, number: int, dialect: Dialect) -> Message:
    version, _, release = item.version.partition(".")
    kind = {
        "code": item.code,
        "version": version or "D",
        "release": release or "96A",
        "agency": "UN" if item.agency is UNSET else item.agency,
        "association": "" if item.association is UNSET else item.association,
    }
    if item.segments is not UNSET:
        return Message(segments=_segments(item.segments), **kind)
    typed = _typed(item, Standard.EDIFACT, number)
    return Message(segments=edifact.build(typed, dialect=dialect).segments, **kind)


def _segments(rows: list[list[str]]) -> tuple[Segment, ...]:
    return tuple(Segment(row[0], tuple(row[1:])) for row in rows if row)


def _typed(item: SetStated, standard: Standard, number: int) -> Any:
    kind = TYPES[standard].get(item.code)
    if kind is None:
        message = f"sets[{number}]: a {item.code} has no typed form; give its segments"
        raise UnableToWrap(message)
    if item.says is UNSET:
        message = f"sets[{number}]: neither says nor segments are given"
        raise UnableToWrap(message)
    try:
        return msgspec.convert(item.says, kind, strict=True)
    except msgspec.ValidationError as error:
        message = f"sets[{number}].says: {error}"
        raise msgspec.ValidationError(message) from error

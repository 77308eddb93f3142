"""Put messages that we built into their envelopes, with counts and control references."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from drawbar.edi.component import composite
from drawbar.edi.document import Interchange
from drawbar.edi.edifact.charset import CHARSETS
from drawbar.edi.edifact.envelope import group_segments
from drawbar.edi.limit import Findings
from drawbar.edi.segment import Dialect, Segment, segment
from drawbar.edi.x12.wrap import UnableToWrap

EDIFACT = Dialect(element="+", component=":", terminator="'", release="?", line_end="\n")
"""The standard's own service characters, before syntax 4 (which adds ``*`` for repetitions)."""


class Message(Struct, frozen=True, kw_only=True):
    """One message that we built: its type and its segments without UNH and UNT.

    ``association`` is the code of a user group that made a subset, such as EAN008.
    """

    code: str
    segments: tuple[Segment, ...]
    version: str = "D"
    release: str = "96A"
    agency: str = "UN"
    association: str = ""


class Station(Struct, frozen=True, kw_only=True):
    """Who sends or receives: an id, what kind of id it is (14: GLN, ZZZ: agreed), an inner one."""

    id: str
    qualifier: str = ""
    internal: str = ""


class Envelope(Struct, frozen=True, kw_only=True):
    """Who sends what to whom, under which references. The caller draws the numbers without gaps.

    ``sent_at`` is written as it is: give it in the zone that the partner expects. Messages after
    the first count on from ``message_number``; with ``group_number`` they travel in groups.
    """

    sender: Station
    receiver: Station
    control_reference: str
    sent_at: datetime
    message_number: int = 1
    group_number: int = 0
    syntax_identifier: str = "UNOC"
    syntax_version: str = "3"
    is_test: bool = False
    asks_acknowledgement: bool = False
    application: str = ""
    agreement: str = ""
    has_service_string: bool = True
    dialect: Dialect = EDIFACT


def wrap(messages: Sequence[Message], envelope: Envelope) -> Interchange:
    """Return an interchange of ``messages`` in order, each run of one kind a group if asked for."""
    dialect = _dialect(envelope)
    segments = [_unb(envelope, dialect)]
    count = len(messages)
    if envelope.group_number:
        runs = [list(run) for _, run in groupby(messages, key=lambda each: each.code)]
        count = len(runs)
        number = envelope.message_number
        for group_number, run in enumerate(runs, start=envelope.group_number):
            segments.extend(_group(run, envelope, group_number, number))
            number += len(run)
    else:
        segments.extend(_messages(messages, envelope.message_number, dialect))
    control = composite((envelope.control_reference,), dialect)
    segments.append(segment("UNZ", str(count), control))
    tree = group_segments(segments, dialect, Findings(0))
    return Interchange(
        segments=tree.segments,
        groups=tree.groups,
        dialect=dialect,
        lead=_service_string(dialect) if envelope.has_service_string else "",
        tail=dialect.terminator + dialect.line_end,
    )


def _dialect(envelope: Envelope) -> Dialect:
    """Return the partner's dialect in the declared character set."""
    charset = CHARSETS.get(envelope.syntax_identifier)
    if charset is None:
        message = f"not a syntax identifier: {envelope.syntax_identifier!r}"
        raise UnableToWrap(message)
    given = envelope.dialect
    return Dialect(
        element=given.element,
        component=given.component,
        repetition=(given.repetition or "*") if envelope.syntax_version >= "4" else "",
        terminator=given.terminator,
        line_end=given.line_end,
        charset=charset,
        release=given.release,
        decimal=given.decimal,
    )


def _service_string(dialect: Dialect) -> str:
    marks = (
        dialect.component,
        dialect.element,
        dialect.decimal[:1],
        dialect.release or " ",
        dialect.repetition or " ",
        dialect.terminator,
    )
    return f"UNA{''.join(marks)}{dialect.line_end}"


def _unb(envelope: Envelope, dialect: Dialect) -> Segment:
    day = "%Y%m%d" if envelope.syntax_version >= "4" else "%y%m%d"
    for name, text in (
        ("sender", envelope.sender.id),
        ("receiver", envelope.receiver.id),
        ("control reference", envelope.control_reference),
    ):
        if not text.strip():
            message = f"an interchange needs its {name}"
            raise UnableToWrap(message)
    return segment(
        "UNB",
        composite((envelope.syntax_identifier, envelope.syntax_version), dialect),
        _station(envelope.sender, dialect),
        _station(envelope.receiver, dialect),
        composite((f"{envelope.sent_at:{day}}", f"{envelope.sent_at:%H%M}"), dialect),
        composite((envelope.control_reference,), dialect),
        "",
        composite((envelope.application,), dialect),
        "",
        "1" if envelope.asks_acknowledgement else "",
        composite((envelope.agreement,), dialect),
        "1" if envelope.is_test else "",
    )


def _station(station: Station, dialect: Dialect) -> str:
    return composite((station.id, station.qualifier, station.internal), dialect)


def _group(
    run: Sequence[Message], envelope: Envelope, group_number: int, number: int
) -> Iterable[Segment]:
    first, dialect = run[0], _dialect(envelope)
    day = "%Y%m%d" if envelope.syntax_version >= "4" else "%y%m%d"
    yield segment(
        "UNG",
        composite((first.code,), dialect),
        _station(envelope.sender, dialect),
        _station(envelope.receiver, dialect),
        composite((f"{envelope.sent_at:{day}}", f"{envelope.sent_at:%H%M}"), dialect),
        str(group_number),
        composite((first.agency,), dialect),
        composite((first.version, first.release, first.association), dialect),
    )
    yield from _messages(run, number, dialect)
    yield segment("UNE", str(len(run)), str(group_number))


def _messages(messages: Sequence[Message], number: int, dialect: Dialect) -> Iterable[Segment]:
    for count, each in enumerate(messages, start=number):
        kind = (each.code, each.version, each.release, each.agency, each.association)
        yield segment("UNH", str(count), composite(kind, dialect))
        yield from each.segments
        yield segment("UNT", str(len(each.segments) + 2), str(count))

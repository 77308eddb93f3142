"""Put messages that we built into their envelopes, with counts and control numbers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct, structs

from drawbar.edi.document import Group, Interchange, TransactionSet
from drawbar.edi.limit import Findings
from drawbar.edi.segment import Dialect, Segment, segment
from drawbar.edi.x12.envelope import group_segments
from drawbar.edi.x12.header import WIDTHS

GROUP_CODES = {
    "110": "IA",
    "204": "SM",
    "210": "IM",
    "211": "BL",
    "214": "QM",
    "301": "RO",
    "310": "IO",
    "315": "QO",
    "404": "SR",
    "810": "IN",
    "820": "RA",
    "824": "AG",
    "830": "PS",
    "850": "PO",
    "855": "PR",
    "856": "SH",
    "858": "SI",
    "940": "OW",
    "945": "SW",
    "990": "GF",
    "997": "FA",
    "999": "FA",
}
"""Set -> group code (GS01). Source: X12 element 479, release 004010."""


class UnableToWrap(ValueError):
    """An id, version or control number does not fit the envelope. Mend the partner's profile."""


class Body(Struct, frozen=True):
    """One message that we built: its set code and its segments without ST and SE.

    ``version`` goes into ST03, where a set names the convention that it follows.
    """

    code: str
    segments: tuple[Segment, ...]
    version: str = ""


class Envelope(Struct, frozen=True, kw_only=True):
    """Who sends what to whom, under which numbers. The caller draws the numbers without gaps.

    ``sent_at`` is written as it is: give it in the zone that the partner expects. Groups and sets
    after the first count on from ``group_number`` and ``set_number``.
    """

    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    control_number: int
    group_number: int
    sent_at: datetime
    set_number: int = 1
    version: str = "004010"
    is_test: bool = False
    asks_acknowledgement: bool = False  # of the interchange, by TA1
    application_sender: str = ""  # GS02; the sender when empty
    application_receiver: str = ""
    dialect: Dialect = Dialect()


def wrap(
    bodies: Sequence[Body], envelope: Envelope, *, receipts: Sequence[Segment] = ()
) -> Interchange:
    """Return an interchange of ``bodies`` in order, one group for each run of one kind.

    ``receipts`` are TA1 segments: they stand before the groups.
    """
    segments = [_isa(envelope), *receipts]
    groups = [(code, list(run)) for code, run in groupby(bodies, key=_group_code)]
    set_number = envelope.set_number
    for number, (code, run) in enumerate(groups, start=envelope.group_number):
        segments.append(_gs(code, number, envelope))
        for body in run:
            segments.extend(_set(body, f"{set_number:04d}"))
            set_number += 1
        segments.append(segment("GE", str(len(run)), str(number)))
    segments.append(segment("IEA", str(len(groups)), f"{envelope.control_number:09d}"))
    dialect = envelope.dialect
    tree = group_segments(segments, dialect, Findings(0))
    return Interchange(
        segments=tuple(map(_built, tree.segments)),
        groups=tuple(map(_built_group, tree.groups)),
        dialect=dialect,
        tail=dialect.terminator + dialect.line_end,
    )


def _group_code(body: Body) -> str:
    code = GROUP_CODES.get(body.code)
    if code is None:
        message = f"no group code for set {body.code!r}"
        raise UnableToWrap(message)
    return code


def _set(body: Body, number: str) -> Iterable[Segment]:
    yield segment("ST", body.code, number, body.version)
    yield from body.segments
    yield segment("SE", str(len(body.segments) + 2), number)


def _isa(envelope: Envelope) -> Segment:
    """Return the ISA, each element padded to its width."""
    dialect = envelope.dialect
    elements = (
        "00",
        "",
        "00",
        "",
        envelope.sender_qualifier,
        envelope.sender,
        envelope.receiver_qualifier,
        envelope.receiver,
        f"{envelope.sent_at:%y%m%d}",
        f"{envelope.sent_at:%H%M}",
        dialect.repetition or "U",
        _interchange_version(envelope),
        f"{envelope.control_number:09d}",
        "1" if envelope.asks_acknowledgement else "0",
        "T" if envelope.is_test else "P",
        dialect.component,
    )
    padded = (element.ljust(width) for element, width in zip(elements, WIDTHS, strict=True))
    isa = Segment("ISA", tuple(padded))
    for number, (element, width) in enumerate(zip(isa.elements, WIDTHS, strict=True), start=1):
        if len(element) != width or (number < 16 and dialect.element in element):
            message = f"ISA{number:02d} must be {width} characters: {element!r}"
            raise UnableToWrap(message)
    return isa


def _interchange_version(envelope: Envelope) -> str:
    """004010 goes in an interchange of 00401. A longer industry version keeps its release."""
    version = envelope.version[:5]
    if not (len(version) == 5 and version.isascii() and version.isdigit()):
        message = f"not a version: {envelope.version!r}"
        raise UnableToWrap(message)
    return version


def _gs(code: str, number: int, envelope: Envelope) -> Segment:
    return segment(
        "GS",
        code,
        envelope.application_sender or envelope.sender,
        envelope.application_receiver or envelope.receiver,
        f"{envelope.sent_at:%Y%m%d}",
        f"{envelope.sent_at:%H%M}",
        str(number),
        "X",
        envelope.version,
    )


def _built(item: Segment) -> Segment:
    """Positions in a set stay; the ordinal is that of the new interchange."""
    return structs.replace(item, offset=-1)


def _built_group(group: Group) -> Group:
    sets = tuple(_built_set(item) for item in group.sets)
    return structs.replace(group, sets=sets)


def _built_set(item: TransactionSet) -> TransactionSet:
    return structs.replace(item, segments=tuple(map(_built, item.segments)))

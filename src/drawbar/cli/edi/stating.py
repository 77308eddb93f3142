"""From EDI to JSON: each set by what it says, and by its segments where nobody has typed it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import msgspec
from msgspec import UNSET

from drawbar.cli.edi.standard import ENVELOPES, Standard
from drawbar.cli.edi.stated import (
    REFUSALS,
    EnvelopeStated,
    InterchangeStated,
    SetStated,
    delimiters_of,
)
from drawbar.cli.edi.taken import Taken
from drawbar.edi import Interchange, Segment, TransactionSet, Unparsed, build, edifact, parse
from drawbar.edi.component import component
from drawbar.edi.value import read_date, read_time

_ENDS = {"ST", "SE", "UNH", "UNT"}


def stated_envelope(one: Taken, *, with_file: bool = False) -> InterchangeStated:
    """Return an interchange as JSON has it, without its sets."""
    is_edifact = one.standard is Standard.EDIFACT
    envelope = _edifact_envelope if is_edifact else _x12_envelope
    return InterchangeStated(
        standard=one.standard,
        envelope=envelope(one.interchange),
        sets=[],
        file=one.source if with_file else UNSET,
    )


def differing_groups(interchange: Interchange) -> bool:
    """Say whether groups of one interchange have ids or versions of their own."""
    headers = [group.header for group in interchange.groups if group.header]
    if interchange.is_edifact:
        return bool(headers)
    return len({(each.get(2), each.get(3), each.get(8)) for each in headers}) > 1


def outside_sets(interchange: Interchange) -> set[str]:
    """Return the tags of what stands in no set and is no envelope, such as a TA1."""
    return {each.tag for each in interchange.segments if not each.position} - ENVELOPES


def _x12_envelope(item: Interchange) -> EnvelopeStated:
    isa, identity = item.header, item.identity
    group = next((each.header for each in item.groups if each.header), None) or Segment("GS")
    return EnvelopeStated(
        sender_qualifier=identity.sender_qualifier,
        sender=identity.sender,
        receiver_qualifier=identity.receiver_qualifier,
        receiver=identity.receiver,
        control=identity.control_number,
        group_control=group.get(6),
        sent_at=_moment(isa.get(9), isa.get(10)),
        version=group.get(8),
        is_test=item.is_test,
        asks_acknowledgement=isa.get(14).strip() == "1",
        application_sender=group.get(2),
        application_receiver=group.get(3),
        delimiters=delimiters_of(item.dialect),
    )


def _edifact_envelope(item: Interchange) -> EnvelopeStated:
    unb, identity, dialect = item.header, item.identity, item.dialect
    syntax = [component(unb, 1, number, dialect) for number in (1, 2)]
    ids = {
        element: [component(unb, element, number, dialect) for number in (1, 2, 3)]
        for element in (2, 3)
    }
    return EnvelopeStated(
        sender=ids[2][0],
        sender_qualifier=ids[2][1],
        sender_internal=ids[2][2],
        receiver=ids[3][0],
        receiver_qualifier=ids[3][1],
        receiver_internal=ids[3][2],
        control=identity.control_number,
        sent_at=_moment(component(unb, 4, 1, dialect), component(unb, 4, 2, dialect)),
        syntax=":".join(syntax),
        is_test=item.is_test,
        asks_acknowledgement=unb.get(9).strip() == "1",
        delimiters=delimiters_of(dialect),
    )


def _moment(day: str, clock: str) -> datetime | None:
    on, at = read_date(day), read_time(clock)
    return datetime.combine(on, at or time()) if on else None


def stated_set(one: Taken, item: TransactionSet, *, places: bool) -> SetStated:
    """Return a set by what it says, with the place of each field if asked for."""
    typed, _ = parse(item)
    kind = {} if one.standard is Standard.X12 else _kind(item)
    head: dict[str, Any] = {
        "code": item.code,
        "control": item.control_number,
        "version": item.version,
        **kind,
    }
    inner = [_row(each) for each in item.segments if each.tag not in _ENDS]
    if isinstance(typed, Unparsed):
        return SetStated(**head, segments=inner)
    says = msgspec.to_builtins(typed)
    _place(says, one.offset, places=places)
    return SetStated(**head, says=says, not_said=_not_said(typed, item, inner) or UNSET)


def _kind(item: TransactionSet) -> dict[str, str]:
    header = item.segments[0]
    agency, association = (component(header, 2, number, item.dialect) for number in (4, 5))
    return {"agency": agency, "association": association}


def _row(item: Segment) -> list[str]:
    return [item.tag, *item.elements]


def _place(value: Any, offset: int, *, places: bool) -> None:
    """Take the places out, or count their offsets from the beginning of the file."""
    if isinstance(value, dict):
        at = value.get("at")
        if isinstance(at, dict) and not places:
            del value["at"]
        elif isinstance(at, dict):
            for place in at.values():
                place["offset"] += offset if place["offset"] >= 0 else 0
        for name, each in value.items():
            if name != "at":
                _place(each, offset, places=places)
    elif isinstance(value, list | tuple):
        for each in value:
            _place(each, offset, places=places)


def _not_said(typed: Any, item: TransactionSet, inner: list[list[str]]) -> list[list[str]]:
    """Return the segments that would not come back as they were, in order."""
    again = Counter(map(_plain, _again(typed, item)))
    left = []
    for row in inner:
        plain = _plain(row)
        if again[plain]:
            again[plain] -= 1
        else:
            left.append(row)
    return left


def _again(typed: Any, item: TransactionSet) -> Iterable[list[str]]:
    try:
        if item.segments[0].tag == "UNH":
            return map(_row, edifact.build(typed, dialect=item.dialect).segments)
        return map(_row, build(typed, component=item.dialect.component).segments)
    except REFUSALS:
        return ()


def _plain(row: list[str]) -> tuple[str, ...]:
    kept = list(row)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)

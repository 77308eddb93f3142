"""What a carrier says happened to a shipment, out of a 214: one milestone for each event."""

from collections.abc import Iterator

from drawbar.connectors.x12_folder import code_map
from drawbar.connectors.x12_folder.clock import clocked
from drawbar.connectors.x12_folder.heard import NOWHERE, Heard, distinct
from drawbar.edi import ShipmentStatus, StatusEvent, StatusLine
from drawbar.freight.fact import Fact
from drawbar.freight.milestone import MilestoneReported, Source
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind

NORMAL = frozenset({"", "NS", "NA"})
"""Reasons that say nothing: normal status, normal appointment. Source: X12 element 1651."""


def read_status(stated: ShipmentStatus, heard: Heard) -> Reading:
    """Return a milestone for each event whose codes are known; the others are problems."""
    if heard.profile.carrier(stated.scac) is None:
        place = stated.at.get("scac", NOWHERE)
        return Reading(problems=(heard.unknown("carrier", stated.scac, place, under="scac"),))
    events = [(line, event) for line in stated.lines for event in line.events]
    if not events:
        return Reading(problems=(heard.lacking("No event is stated.", NOWHERE, "events"),))
    read = [
        each
        for index, (line, event) in enumerate(events, start=1)
        for each in _event(event, line, stated, heard=heard, index=index)
    ]
    return Reading(
        facts=tuple(one for one in read if isinstance(one, Fact)),
        problems=tuple(one for one in read if isinstance(one, Problem)),
    )


def _event(
    event: StatusEvent, line: StatusLine, stated: ShipmentStatus, *, heard: Heard, index: int
) -> Iterator[Fact | Problem]:
    code, field = (event.status.strip(), "status")
    reason = event.reason.strip()
    if not code:
        code, field = (event.appointment.strip(), "appointment")
        reason = event.appointment_reason.strip()
    if code in heard.profile.statuses_without_meaning:
        return
    place = event.at.get(field, NOWHERE)
    kind = heard.profile.milestone(code, reason)
    if kind is None:
        yield heard.unknown("status", code, place)
        return
    when = clocked(event.moment, heard)
    if isinstance(when, Problem):
        yield when
        return
    yield MilestoneReported(
        references=_names(stated, line, heard),
        milestone=kind,
        source=Source.CARRIER,
        reported_by=heard.profile.party_ref,
        stop=_stop_number(stated, line),
        local_at=when.local_at,
        reason="" if reason in NORMAL else reason,
        **heard.said(place, when.at, "LX", line.number or 0, "AT7", index),
    )


def _names(stated: ShipmentStatus, line: StatusLine, heard: Heard) -> tuple[Reference, ...]:
    own = heard.our_id(stated.shipment_id)
    pro = stated.reference.strip()
    pros = (heard.name(ReferenceKind.PRO, pro),) if pro else ()
    return distinct((*own, *pros, *heard.names((*stated.references, *line.references))))


def _stop_number(stated: ShipmentStatus, line: StatusLine) -> int:
    """Return the stop that a reference names, 0 where none does."""
    for one in (*line.references, *stated.references):
        if one.qualifier in code_map.STOP_NUMBERS and one.value.strip().isdecimal():
            return int(one.value)
    return 0

"""What a carrier says happened to consignments, out of an IFTSTA: one milestone for each status."""

from collections.abc import Iterator

from drawbar.connectors.edifact_folder import code_map
from drawbar.connectors.edifact_folder.heard import NOWHERE, Heard, references, scac_of
from drawbar.connectors.x12_folder.status import read_status
from drawbar.edi import Moment, Reference, ShipmentStatus, StatusEvent, StatusLine
from drawbar.edi.edifact import Consignment, ConsignmentEvent, ConsignmentStatus
from drawbar.freight.reading import Reading
from drawbar.freight.reference import ReferenceKind

CONTAINER = "AAQ"


def read_statuses(stated: ConsignmentStatus, heard: Heard) -> Iterator[Reading]:
    """Yield what is said of each consignment; a message without any says nothing, a problem."""
    if not stated.consignments:
        place = stated.at.get("number", NOWHERE)
        yield Reading(problems=(heard.lacking("No consignment is stated.", place, "events"),))
    for number, consignment in enumerate(stated.consignments, start=1):
        yield read_status(_status(number, consignment, stated, heard=heard), heard)


def _status(
    number: int, consignment: Consignment, stated: ConsignmentStatus, *, heard: Heard
) -> ShipmentStatus:
    """Return the status of one consignment; its name is our tender, or else the carrier's own."""
    name = consignment.reference.strip()
    is_ours = any(one.kind is ReferenceKind.TENDER for one in heard.our_id(name))
    inside = tuple(one for event in consignment.events for one in event.references)
    named = references((*stated.references, *inside))
    answered = (one.value for one in named if one.qualifier == code_map.PREVIOUS_MESSAGE)
    legs = tuple(leg for event in consignment.events for leg in event.legs)
    return ShipmentStatus(
        reference="" if is_ours else name,
        shipment_id=name if is_ours else next(answered, ""),
        scac=scac_of(stated.parties, legs),
        references=(*named, *_containers(consignment)),
        lines=(
            StatusLine(
                number=number,
                events=tuple(_event(event, heard) for event in consignment.events),
                at=consignment.at,
            ),
        ),
        at=stated.at,
    )


def _event(event: ConsignmentEvent, heard: Heard) -> StatusEvent:
    by_qualifier = {one.qualifier: one for one in reversed(event.times)}
    known = (by_qualifier[each] for each in code_map.EVENT_TIMES if each in by_qualifier)
    time = next(known, event.times[0] if event.times else None)
    place = event.at.get("status", NOWHERE)
    return StatusEvent(
        status=event.status,
        reason=next((one for one in event.reasons if one), ""),
        moment=heard.moment(time) if time else Moment(at={"on": place}),
        at=event.at,
    )


def _containers(consignment: Consignment) -> Iterator[Reference]:
    """Yield the containers that the events name: equipment of kind CN."""
    for event in consignment.events:
        for one in event.equipment:
            if one.kind == "CN" and one.id.strip():
                yield Reference(qualifier=CONTAINER, value=one.id, at=one.at)

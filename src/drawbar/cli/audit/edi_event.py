"""A carrier's events out of a 214: one for each status whose code is known."""

from collections.abc import Iterator
from datetime import UTC, datetime

from drawbar.cli.audit.edi_set import EdiSet, EdiWords, names_in
from drawbar.cli.audit.paper import EventPaper
from drawbar.cli.audit.setting import folded
from drawbar.cli.audit.unread import Refused, UnreadList, shown
from drawbar.connectors.x12_folder import code_map
from drawbar.connectors.x12_folder.clock import STOPS_OWN
from drawbar.connectors.x12_folder.status import NORMAL
from drawbar.edi import Moment, ShipmentStatus, StatusEvent, StatusLine, UnableToTime, instant
from drawbar.freight.milestone import MilestoneKind, Source


def events_of(
    stated: ShipmentStatus, one: EdiSet, words: EdiWords, unread: UnreadList
) -> Iterator[EventPaper]:
    """Yield the events; one that cannot be read is noted and keeps no other back."""
    for line in stated.lines:
        for event in line.events:
            try:
                found = _event(stated, line, event, one, words)
            except Refused as error:
                place = one.where(event.at.get("status")).removeprefix(f"{one.file} ")
                unread.add(one.file, place, error)
            else:
                if found is not None:
                    yield found


def _event(
    stated: ShipmentStatus, line: StatusLine, event: StatusEvent, one: EdiSet, words: EdiWords
) -> EventPaper | None:
    code = event.status.strip() or event.appointment.strip()
    reason = (event.reason if event.status.strip() else event.appointment_reason).strip()
    if code in code_map.WITHOUT_MEANING:
        return None
    kind = _meaning(code, reason, words)
    at, local_at = _when(event.moment)
    if at > words.tonight:
        text = f"{at:%Y-%m-%d} is in the future"
        raise Refused(text, field="AT705", remedy="Correct it, or say --as-of with a later day.")
    carrier = words.carrier(stated.scac)
    references = (*stated.references, *line.references)
    pro = names_in("", references, words, carrier=carrier)
    return EventPaper(
        references=names_in(stated.shipment_id, references, words, carrier=carrier) or pro,
        kind=kind,
        source=Source.CARRIER,
        reported_by=carrier,
        at=at,
        local_at=local_at,
        stop=_stop(stated, line),
        reason="" if reason in NORMAL else reason,
        where=one.where(event.at.get("status") or event.at.get("appointment")),
    )


def _meaning(code: str, reason: str, words: EdiWords) -> MilestoneKind:
    found = words.events.get(folded(f"{code}/{reason}")) or words.events.get(folded(code))
    if found is None:
        raise Refused(
            f"the event {shown(code)} has no meaning here yet",
            field="AT701",
            cause=f"event:{code}",
            remedy=f"Say in codes.yaml under events what {shown(code)} means.",
        )
    return found


def _when(moment: Moment) -> tuple[datetime, datetime | None]:
    if moment.on is None or moment.clock is None:
        lacks = "date" if moment.on is None else "time of day"
        text = f"the {lacks} is missing or unreadable"
        raise Refused(text, field="AT705", remedy="Ask the carrier to send it again, complete.")
    local = datetime.combine(moment.on, moment.clock)
    if moment.zone.strip() in STOPS_OWN:
        return local.replace(tzinfo=UTC), local
    try:
        return instant(moment.on, moment.clock, zone_code=moment.zone, stop_zone=""), None
    except UnableToTime as error:
        raise Refused(str(error), field="AT707", remedy="Ask the carrier for its zone.") from error


def _stop(stated: ShipmentStatus, line: StatusLine) -> int:
    for one in (*line.references, *stated.references):
        if one.qualifier in code_map.STOP_NUMBERS and one.value.strip().isdecimal():
            return int(one.value)
    return 0

"""What a line's Track & Trace events say in our words: what happened, and what is foreseen. Pure.

What is planned or estimated stays an estimate. One event that cannot be read keeps no other back.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from drawbar.connectors.dcsa import code_map
from drawbar.connectors.dcsa.event import Event, code_place, read_event
from drawbar.connectors.dcsa.manifest import Settings
from drawbar.connectors.digest import digest
from drawbar.connectors.json_door import refuse, tree
from drawbar.connectors.reading import Readers, Said, Unreadable, reading
from drawbar.connectors.told import Outcome, Passed, Placed, outcomes_of, reading_of
from drawbar.connectors.wall_clock import instant_at
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.reading import Reading
from drawbar.freight.reference import PARTY_SCOPED, Reference

EVENTS_MAX = 10_000


def readers(settings: Settings) -> Readers:
    """Return what reads the events of this line, by channel."""
    return {
        settings.channel: reading(lambda body, receipt: _read(body, receipt, settings)),
    }


def _read(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    return reading_of(outcomes(body, receipt, settings), receipt)


def outcomes(body: bytes, receipt: Receipt, settings: Settings) -> Iterator[Outcome]:
    """Yield what became of each event, in order. Raise ``Unreadable`` for what is no message."""

    def read(stated: Any, place: str) -> Fact | Passed:
        return _outcome(stated, place, receipt, settings)

    events = _events(tree(body, cause=settings.channel), settings)
    yield from outcomes_of(events, read, cause=settings.channel)


def _events(stated: Any, settings: Settings) -> Iterator[Placed]:
    """Yield each event with its place: a list, a page of them, or one alone."""
    place, events = "$", stated
    if isinstance(stated, dict) and "events" in stated:
        place, events = "$.events", stated["events"]
    elif isinstance(stated, dict) and {"eventType", "eventClassification", "payload"} & set(stated):
        yield "$", stated
        return
    if not isinstance(events, list):
        what = ", ".join(list(stated)[:3]) if isinstance(stated, dict) else type(stated).__name__
        text = f"this is no Track & Trace message: it holds {what[:80] or 'nothing'}"
        refuse(text, place=place, cause=f"{settings.channel}:document")
    if len(events) > EVENTS_MAX:
        text = f"{len(events):,} events are more than {EVENTS_MAX:,}"
        refuse(text, place=place, cause=f"{settings.channel}:many")
    yield from ((f"{place}[{number}]", event) for number, event in enumerate(events))


def _outcome(stated: Any, place: str, receipt: Receipt, settings: Settings) -> Fact | Passed:
    event = read_event(stated, place, cause=settings.channel)
    where = code_place(event, place, stated)
    code = f"{event.kind}/{event.code}"
    if event.classifier not in {code_map.ACTUAL, *code_map.FORESEEN}:
        raise _unknown(event.classifier, "classifier", where, settings)
    kind = _milestone(event, code, where, settings)
    if event.is_empty and code not in settings.milestones:
        return Passed(place=place, code=code, why="the box is empty")
    if kind is None:
        why = "no stop of ours is there" if code in code_map.EVENTS else "it moves no goods"
        return Passed(place=place, code=code, why=why)
    return _reported(event, kind, settings, _said(event, stated, place, receipt, settings))


def _milestone(event: Event, code: str, where: str, settings: Settings) -> MilestoneKind | None:
    """Return what an event means, None where it moves nothing. Raise ``Unreadable``."""
    said = settings.milestones.get(code)
    if said is None and event.code in code_map.WITHOUT_MEANING.get(event.kind, ()):
        return None
    meaning = code_map.EVENTS.get(code)
    if said is None and meaning is None:
        raise _unknown(code, "event", where, settings)
    if event.classifier in code_map.FORESEEN:
        return MilestoneKind.ESTIMATED
    if said is not None or meaning is None:
        return said
    return meaning.at(settings.stops.get(event.location))


def _reported(
    event: Event, kind: MilestoneKind, settings: Settings, said: Said
) -> MilestoneReported:
    names = _names(event, settings)
    if not names:
        raise Unreadable(
            "The event names no booking, bill of lading or container.",
            place=said["lineage"].place,
            cause=f"{settings.channel}:no_name",
            remedy="Ask the line which load it is about, and enter it by hand.",
        )
    return MilestoneReported(
        references=names,
        milestone=kind,
        source=Source.CARRIER,
        reported_by=settings.party_ref,
        reason=_reason(event),
        corrects=_key(event.retracts, settings) if event.retracts else "",
        **said,
    )


def _names(event: Event, settings: Settings) -> tuple[Reference, ...]:
    known = ((settings.reference(one.kind), one.value.strip()) for one in event.names)
    names = (
        Reference(kind, value, settings.party_ref if kind in PARTY_SCOPED else "")
        for kind, value in known
        if kind and value
    )
    return tuple(dict.fromkeys(names))


def _reason(event: Event) -> str:
    """Return why it is late; of what is foreseen, what is foreseen and where."""
    if event.classifier == code_map.ACTUAL:
        return event.reason
    what = f"{event.classifier} {event.kind}/{event.code} {event.location}".strip()
    return f"{what} {event.reason}".strip()


def _said(event: Event, stated: Any, place: str, receipt: Receipt, settings: Settings) -> Said:
    content = digest(msgspec.json.encode(stated, order="deterministic"))
    return Said(
        key=_key(event.identity or content, settings),
        happened_at=instant_at(event.at, "UTC"),
        learned_at=receipt.learned_at,
        lineage=receipt.at(place),
    )


def _key(identity: str, settings: Settings) -> str:
    return key_for("dcsa", settings.party_ref, identity)


def _unknown(code: str, what: str, place: str, settings: Settings) -> Unreadable:
    said = code[:80]
    return Unreadable(
        f"{settings.party_ref} sent the {what} {said!r}, which has no meaning here yet.",
        place=place,
        cause=f"{settings.channel}:{what}:{said}",
        remedy=f"Say what {said!r} means, here or in the profile; what waits is read again.",
        kind=CaseKind.UNKNOWN_CODE,
        unknown=("milestones", said) if what == "event" else ("", said),
    )

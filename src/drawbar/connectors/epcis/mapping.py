"""What scans say in our words: loaded, departed, arrived, received, or withdrawn. Pure.

A step within a building moves nothing. One event that cannot be read keeps no other back.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import msgspec

from drawbar.connectors.digest import digest
from drawbar.connectors.epcis import code_map
from drawbar.connectors.epcis.event import TYPES, Event, read_event
from drawbar.connectors.epcis.manifest import Settings
from drawbar.connectors.json_door import refuse, tree
from drawbar.connectors.reading import Readers, Said, Unreadable, reading
from drawbar.connectors.told import Outcome, Passed, Placed, outcomes_of, reading_of
from drawbar.connectors.wall_clock import instant_at
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported
from drawbar.freight.reading import Reading
from drawbar.freight.reference import PARTY_SCOPED, Reference, ReferenceKind

EVENTS_MAX = 10_000
REASON_MAX = 200
DOCUMENTS = frozenset({"EPCISDocument", "EPCISQueryDocument"})
_UNSAID = frozenset({"errorDeclaration", "recordTime"})
"""Fields by which a declaration differs from the event that it declares wrong."""


def readers(settings: Settings) -> Readers:
    """Return what reads the documents of this party, by channel."""
    return {
        settings.channel: reading(lambda body, receipt: _read(body, receipt, settings)),
    }


def _read(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    return reading_of(outcomes(body, receipt, settings), receipt)


def outcomes(body: bytes, receipt: Receipt, settings: Settings) -> Iterator[Outcome]:
    """Yield what became of each event, in order. Raise ``Unreadable`` for what is no document."""

    def read(stated: Any, place: str) -> Fact | Passed:
        return _outcome(stated, place, receipt, settings)

    events = _events(tree(body, cause=settings.channel), settings)
    yield from outcomes_of(events, read, cause=settings.channel)


def _events(stated: Any, settings: Settings) -> Iterator[Placed]:
    """Yield each event with its place: of a document, a query's answer, a list, or one alone."""
    place, events = _list_of(stated, settings)
    if len(events) > EVENTS_MAX:
        text = f"{len(events):,} events are more than {EVENTS_MAX:,}"
        refuse(text, place=place, cause=f"{settings.channel}:many")
    if place == "$" and isinstance(stated, dict):
        yield "$", stated
        return
    yield from ((f"{place}[{number}]", event) for number, event in enumerate(events))


def _list_of(stated: Any, settings: Settings) -> tuple[str, list[Any]]:
    """Return where the events stand, and they. Raise ``Unreadable``."""
    kind = stated.get("type") if isinstance(stated, dict) else ""
    if isinstance(stated, list) or (isinstance(kind, str) and kind in TYPES):
        return "$", stated if isinstance(stated, list) else [stated]
    if not isinstance(kind, str) or kind not in DOCUMENTS:
        text = "this is neither an EPCIS document nor an event of one"
        refuse(text, place="$.type", cause=f"{settings.channel}:document")
    if not stated.get("@context"):
        text = "the document lacks its @context, so that no word of it has a meaning"
        refuse(text, place="$.@context", cause=f"{settings.channel}:context")
    place, inside = "$", stated
    path = ("epcisBody", "queryResults", "resultsBody", "eventList")
    for name in path if kind == "EPCISQueryDocument" else (path[0], path[3]):
        place = f"{place}.{name}"
        inside = inside.get(name) if isinstance(inside, dict) else None
    if not isinstance(inside, list):
        refuse("no list of events stands there", place=place, cause=f"{settings.channel}:events")
    return place, inside


def _outcome(stated: Any, place: str, receipt: Receipt, settings: Settings) -> Fact | Passed:
    event = read_event(stated, place, cause=settings.channel)
    step = code_map.word(event.biz_step)
    if not step:
        return Passed(place=place, code="", why="it names no business step")
    kind = _milestone(event, step, place, settings)
    if kind is None:
        return Passed(place=place, code=step, why=_why(step))
    said = _said(event, stated, place, receipt, settings)
    return _reported(event, kind, settings, said)


def _milestone(event: Event, step: str, place: str, settings: Settings) -> MilestoneKind | None:
    """Return what a step means there, None where it moves nothing. Raise ``Unreadable``."""
    if step in settings.milestones:
        return settings.milestones[step]
    if step in code_map.IN_THE_HOUSE:
        return None
    if step == code_map.VOIDED:
        raise _voided(place, settings)
    known = code_map.STEPS.get(step)
    if known is None:
        raise _unknown(step, f"{place}.bizStep", settings)
    purposes = (settings.stops[one] for one in event.places if one in settings.stops)
    return known.at(next(purposes, None))


def _why(step: str) -> str:
    return "it moves no goods" if step in code_map.IN_THE_HOUSE else "it moves nothing there"


def _reported(
    event: Event, kind: MilestoneKind, settings: Settings, said: Said
) -> MilestoneReported:
    names = _names(event, settings)
    if not names:
        raise Unreadable(
            "The event names no order, bill of lading or container.",
            place=said["lineage"].place,
            cause=f"{settings.channel}:no_name",
            remedy="Ask the sender for a bizTransaction with its type, or enter it by hand.",
        )
    error = event.error_declaration
    key = said["key"]
    told: Said = said if error is None else {**said, "key": key_for(key, "withdrawn")}
    return MilestoneReported(
        references=names,
        milestone=kind,
        source=settings.spoken_for,
        reported_by=settings.party_ref,
        reason=_seen(event) if error is None else code_map.word(error.reason)[:REASON_MAX],
        corrects="" if error is None else key,
        withdraws=error is not None,
        **told,
    )


def _names(event: Event, settings: Settings) -> tuple[Reference, ...]:
    found = [
        (settings.reference(code_map.word(one.type)), _number(one.biz_transaction, settings))
        for one in event.biz_transaction_list
    ]
    found += [
        (ReferenceKind.CONTAINER, one.removeprefix(code_map.CONTAINER_URN))
        for one in event.things
        if one.startswith(code_map.CONTAINER_URN)
    ]
    names = (
        Reference(kind, value, settings.party_ref if kind in PARTY_SCOPED else "")
        for kind, value in found
        if kind and value
    )
    return tuple(dict.fromkeys(names))


def _number(said: str, settings: Settings) -> str:
    """Return the number of a transaction without what its URI puts before it."""
    if said.startswith(code_map.TRANSACTION_URN):
        return unquote(said.rpartition(":")[2])
    prefix = next((one for one in settings.prefixes if said.startswith(one)), "")
    return said[len(prefix) :]


def _seen(event: Event) -> str:
    """Return in a few words how much was seen: handling units, other things, quantities."""
    units = sum(1 for one in event.things if _is_unit(one))
    others = len(event.things) - units
    said = [_counted(units, "handling unit")] if units else []
    said += [_counted(others, "thing")] if others else []
    said += [
        f"{one.quantity} {one.uom or 'pieces'} of {_class(one.epc_class)}"
        for one in event.quantities[:10]
        if one.quantity is not None
    ]
    return ", ".join(said)[:REASON_MAX]


def _is_unit(thing: str) -> bool:
    return thing.startswith(code_map.SSCC_URN) or code_map.SSCC_LINK in thing


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _class(said: str) -> str:
    return said.rpartition(":")[2] if said.startswith("urn:") else said


def _said(event: Event, stated: Any, place: str, receipt: Receipt, settings: Settings) -> Said:
    told = {name: value for name, value in stated.items() if name not in _UNSAID}
    content = digest(msgspec.json.encode(told, order="deterministic"))
    return Said(
        key=key_for("epcis", settings.party_ref, event.event_id or content),
        happened_at=instant_at(event.event_time, "UTC"),
        learned_at=receipt.learned_at,
        lineage=receipt.at(place),
    )


def _voided(place: str, settings: Settings) -> Unreadable:
    return Unreadable(
        "What was told as shipped was not, and which event told so is not said.",
        place=f"{place}.bizStep",
        cause=f"{settings.channel}:voided",
        remedy="Ask the sender to declare that event wrong (errorDeclaration), or correct it here.",
    )


def _unknown(step: str, place: str, settings: Settings) -> Unreadable:
    said = step[:80]
    return Unreadable(
        f"{settings.party_ref} sent the step {said!r}, which has no meaning here yet.",
        place=place,
        cause=f"{settings.channel}:step:{said}",
        remedy=f"Say what {said!r} means, here or in the profile; what waits is read again.",
        kind=CaseKind.UNKNOWN_CODE,
        unknown=("milestones", said),
    )

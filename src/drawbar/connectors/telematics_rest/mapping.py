"""What a batch of events says in our words: a truck entered or left the place of a stop. Pure.

A position alone is no milestone. One event that cannot be read keeps no other back.
"""

from datetime import UTC
from typing import Literal

import msgspec
from msgspec import Struct

from drawbar.connectors.reading import Readers, Said, Unreadable, decoded, reading
from drawbar.connectors.telematics_rest.manifest import Settings
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.instant import Instant
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind

MILESTONES = {
    ("entered", "pickup"): MilestoneKind.ARRIVED_PICKUP,
    ("left", "pickup"): MilestoneKind.DEPARTED_PICKUP,
    ("entered", "delivery"): MilestoneKind.ARRIVED_DELIVERY,
    ("left", "delivery"): MilestoneKind.DEPARTED_DELIVERY,
}
POSITION = "position"


class Batch(Struct, frozen=True):
    """One answer of the provider, each event as it was written."""

    events: tuple[msgspec.Raw, ...]


class _Event(Struct, frozen=True, kw_only=True):
    """Unknown fields are ignored on purpose: the provider adds some without a new version."""

    id: str
    kind: str
    at: Instant
    load: str = ""
    stop: int = 0
    site: Literal["", "pickup", "delivery"] = ""


def readers(settings: Settings) -> Readers:
    """Return what reads the batches of this provider, by channel."""
    return {
        settings.channel: reading(lambda body, receipt: _read(body, receipt, settings)),
    }


def _read(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    batch = decoded(body, Batch, cause=f"{settings.channel}:batch")
    facts: list[Fact] = []
    problems: list[Problem] = []
    for number, raw in enumerate(batch.events):
        place = f"$.events[{number}]"
        try:
            facts += _facts(bytes(raw), place, receipt, settings)
        except Unreadable as error:
            problems.append(error.problem)
    known = {fact.key: fact for fact in facts}  # an event that comes twice is one fact
    return Reading(facts=tuple(known.values()), problems=tuple(problems))


def _facts(raw: bytes, place: str, receipt: Receipt, settings: Settings) -> tuple[Fact, ...]:
    event = _event(raw, place, settings)
    if event.kind == POSITION:
        return ()
    kind = MILESTONES.get((event.kind, event.site))
    if kind is None:
        raise _unknown(event, place, settings)
    if not event.load:
        raise Unreadable(
            "The event names no load.",
            place=f"{place}.load",
            cause=f"{settings.channel}:no_load",
            remedy="Ask the provider which load the truck was under, and enter it by hand.",
        )
    said = Said(
        key=key_for("telematics", settings.system, event.id),
        happened_at=event.at.astimezone(UTC),
        learned_at=receipt.learned_at,
        lineage=receipt.at(place),
    )
    milestone = MilestoneReported(
        references=(Reference(ReferenceKind.SHIPMENT, event.load),),
        milestone=kind,
        source=Source.GEOFENCE,
        reported_by=settings.reporter,
        stop=event.stop,
        **said,
    )
    return (milestone,)


def _event(raw: bytes, place: str, settings: Settings) -> _Event:
    try:
        return msgspec.json.decode(raw, type=_Event)
    except msgspec.DecodeError as error:
        text, _, path = str(error).partition(" - at `$")
        raise Unreadable(
            text,
            place=place + path.rstrip("`"),
            cause=f"{settings.channel}:event:{path.rstrip('`')}",
            remedy="Ask the provider to send it again in the agreed form.",
        ) from error


def _unknown(event: _Event, place: str, settings: Settings) -> Unreadable:
    what = f"{event.kind!r} at {event.site or 'no site'!r}"
    return Unreadable(
        f"{settings.system} sent {what}, which has no meaning here.",
        place=f"{place}.kind",
        cause=f"{settings.channel}:kind:{event.kind}/{event.site}",
        remedy="Extend our mapping; what waits is read again.",
        kind=CaseKind.UNKNOWN_CODE,
    )

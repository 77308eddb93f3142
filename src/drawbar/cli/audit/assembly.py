"""A shipment put together from all rows that speak of it, as the flow wants to see it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from drawbar.cli.audit.paper import (
    ApprovalPaper,
    EventPaper,
    LoadPaper,
    LostRow,
    Seen,
    Signed,
    StopPaper,
)
from drawbar.cli.audit.unread import Refused
from drawbar.flow.shadow_load import Papers
from drawbar.freight.accessorial import Evidence
from drawbar.freight.approval import Approval
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, PodReceived, Source
from drawbar.freight.movement import Proof
from drawbar.freight.order import Goods, Order, OrderCancelled, Stop, StopPurpose
from drawbar.freight.reference import Reference, ReferenceKind

ANY_TIME = timedelta(days=60)
"""Where nobody says by when a load is due, this long after the pickup is still in time."""


def papers_of(
    heads: Sequence[LoadPaper],
    *,
    lost: Sequence[LostRow] = (),
    stops: Sequence[StopPaper] = (),
    goods: Sequence[Goods] = (),
    events: Sequence[EventPaper] = (),
    approvals: Sequence[ApprovalPaper] = (),
) -> Papers:
    """Return a shipment from its rows. Raise ``Refused`` where no truck could drive it.

    Of several descriptions the highest revision counts; equal ones that differ leave a doubt.
    So does one that is ``lost``, unless its revision is known to be lower.
    """
    head = max(heads, key=lambda one: (one.revision, one.where))
    rivals = [one for one in heads if one.revision == head.revision and not _alike(one, head)]
    doubt = f"{head.shipment_ref} is described differently by {rivals[0].where}" if rivals else ""
    gone = [one for one in lost if one.revision is None or one.revision >= head.revision]
    if gone and not doubt:
        doubt = f"{head.shipment_ref} is described once more by {gone[0].text}"
    at = tuple(stops) or head.stops
    order = Order(
        order_ref=head.order_ref,
        customer_ref=head.customer_ref,
        references=_distinct(one for each in heads for one in each.references),
        stops=_stops(head, at),
        goods=tuple(goods) or _goods(heads),
        equipment=head.equipment or "dry van",
        service=head.service or "standard",
    )
    seen = [one for stop in at for one in stop.seen]
    reports = (*(_seen(one, head) for one in seen), *(_event(one, head) for one in events))
    return Papers(
        shipment_ref=head.shipment_ref,
        order=order,
        carrier_ref=head.carrier_ref,
        tendered_at=head.tendered_at,
        driver_dispatched_at=head.dispatched_at,
        cancelled=_cancelled(head),
        reports=reports,
        pods=(
            *(_signed(one, head, order) for one in head.signed),
            *(_proof(one, head) for one in events if one.signer or one.pieces is not None),
        ),
        approvals=tuple(_approval(one) for one in approvals if one.evidence is None),
        proofs=tuple(_filed(one, one.evidence) for one in approvals if one.evidence is not None),
        place=head.where,
        doubt=doubt,
    )


def own_names(head: LoadPaper) -> tuple[Reference, ...]:
    """Return the names by which a shipment is found."""
    own = Reference(ReferenceKind.SHIPMENT, head.shipment_ref)
    order = Reference(ReferenceKind.ORDER, head.order_ref)
    return _distinct((own, order, *head.references))


def _alike(one: LoadPaper, other: LoadPaper) -> bool:
    return _told(one) == _told(other)


def _told(head: LoadPaper) -> tuple[object, ...]:
    """Return what a description says of the load but its goods, wherever it stands."""
    stops = [(s.number, s.purpose, s.place, s.window) for s in head.stops]
    seen = [(one.kind, one.stop, one.at) for stop in head.stops for one in stop.seen]
    times = (head.tendered_at, head.dispatched_at, head.cancelled_at)
    parties = (head.order_ref, head.customer_ref, head.carrier_ref)
    return (*parties, head.references, head.equipment, head.service, *times, stops, seen)


def _goods(heads: Sequence[LoadPaper]) -> tuple[Goods, ...]:
    return tuple(dict.fromkeys(line for head in heads for line in head.goods))


def _stops(head: LoadPaper, at: Sequence[StopPaper]) -> tuple[Stop, ...]:
    ordered = sorted(at, key=lambda one: one.number)
    if len(ordered) < 2:
        raise Refused(
            f"{head.shipment_ref} has {len(ordered)} stops: a pickup and a delivery are needed",
            field="stop",
            cause="stops",
            remedy="Add origin and destination, or its stops in a table of stops.",
        )
    if len({one.number for one in ordered}) < len(ordered):
        raise Refused(
            f"{head.shipment_ref} has two stops of one number",
            field="stop",
            cause="stop:twice",
            remedy="Number the stops 1, 2, 3 in driving order.",
        )
    first = _earliest(ordered[0])
    if first is None:
        raise Refused(
            f"nothing says when {head.shipment_ref} was to be picked up",
            field="pickup from",
            cause="pickup:when",
            remedy="Add a pickup date: the contract in force depends on it.",
        )
    last = len(ordered)
    return tuple(
        _stop(one, number, last, since=first) for number, one in enumerate(ordered, start=1)
    )


def _stop(one: StopPaper, number: int, last: int, *, since: datetime) -> Stop:
    purpose = one.purpose or (StopPurpose.DELIVERY if number == last else StopPurpose.PICKUP)
    if one.purpose is None and 1 < number < last:
        purpose = StopPurpose.DELIVERY
    window = one.window
    earliest = _earliest(one) or since
    latest = window.latest_at or window.appointment_at or earliest + ANY_TIME
    return Stop(
        number=number,
        purpose=purpose,
        place=one.place,
        earliest_at=earliest,
        latest_at=max(latest, earliest),
        appointment_at=window.appointment_at,
    )


def _earliest(stop: StopPaper) -> datetime | None:
    stated = stop.window.earliest_at or stop.window.appointment_at
    return stated or min((one.at for one in stop.seen), default=None)


def _seen(one: Seen, head: LoadPaper) -> MilestoneReported:
    return _reported(
        head,
        one.kind,
        stop=one.stop,
        source=Source.CARRIER,
        reported_by=head.carrier_ref,
        at=one.at,
        where=one.where,
    )


def _event(one: EventPaper, head: LoadPaper) -> MilestoneReported:
    return _reported(
        head,
        one.kind,
        stop=one.stop,
        source=one.source,
        reported_by=one.reported_by,
        at=one.at,
        where=one.where,
        local_at=one.local_at,
        reason=one.reason,
    )


def _reported(
    head: LoadPaper, kind: MilestoneKind, *, at: datetime, where: str, **said: Any
) -> MilestoneReported:
    """Return a report; the same said twice, wherever it stands, has the same key."""
    own = (said["stop"], said["source"].value, said["reported_by"], said.get("local_at") or at)
    return MilestoneReported(
        key=key_for("event", head.shipment_ref, kind.value, *own, said.get("reason", "")),
        references=(Reference(ReferenceKind.SHIPMENT, head.shipment_ref),),
        milestone=kind,
        happened_at=at,
        learned_at=at,
        lineage=Lineage(message_ref="", place=where),
        **said,
    )


def _signed(one: Signed, head: LoadPaper, order: Order) -> PodReceived:
    at = order.delivery.latest_at
    if one.signed_on is not None:
        at = datetime(one.signed_on.year, one.signed_on.month, one.signed_on.day, 12, tzinfo=UTC)
    return _pod(head, one.signer, one.signed_on, one.pieces, at=at, where=one.where)


def _proof(one: EventPaper, head: LoadPaper) -> PodReceived:
    return _pod(head, one.signer, one.at.date(), one.pieces, at=one.at, where=one.where)


def _pod(
    head: LoadPaper, signer: str, on: Any, pieces: int | None, *, at: datetime, where: str
) -> PodReceived:
    return PodReceived(
        key=key_for("pod", head.shipment_ref, signer, on or "", pieces or 0),
        references=(Reference(ReferenceKind.SHIPMENT, head.shipment_ref),),
        happened_at=at,
        learned_at=at,
        lineage=Lineage(message_ref="", place=where),
        signer=signer,
        signed_on=on,
        pieces=pieces,
        reported_by=head.carrier_ref,
    )


def _approval(one: ApprovalPaper) -> Approval:
    said = (one.kind.value, one.stop, one.money, one.approved_by, one.reason)
    return Approval(
        kind=one.kind,
        money=one.money,
        stop=one.stop,
        approved_by=one.approved_by,
        reason=one.reason,
        fact=key_for("approval", *said),
    )


def _filed(one: ApprovalPaper, evidence: Evidence) -> Proof:
    said = (evidence.value, one.kind.value, one.stop, one.money, one.approved_by, one.reason)
    return Proof(
        evidence=evidence,
        kind=one.kind,
        stop=one.stop,
        money=one.money,
        count=one.count,
        by_carrier=one.by_carrier,
        reason=one.reason,
        fact=key_for("proof", *said),
    )


def _cancelled(head: LoadPaper) -> OrderCancelled | None:
    if head.cancelled_at is None:
        return None
    return OrderCancelled(
        key=key_for("cancelled", head.shipment_ref),
        happened_at=head.cancelled_at,
        learned_at=head.cancelled_at,
        lineage=Lineage(message_ref="", place=head.where),
        order_ref=head.order_ref,
    )


def _distinct(names: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(names))

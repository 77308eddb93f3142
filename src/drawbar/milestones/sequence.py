"""The sequence of a shipment: whether what is reported could have happened at all.

Nothing is delivered before it was picked up, and nobody leaves before having come.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from drawbar.freight.instant import zone
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.order import Stop, StopPurpose
from drawbar.milestones.account import Account, Actual
from drawbar.milestones.visits import arrival


class InOrder(Struct, frozen=True, kw_only=True, tag=True):
    """Nothing reported so far is impossible."""


class SequenceInvalid(Struct, frozen=True, kw_only=True, tag=True):
    """Something happened at a delivery before its pickup: nothing of it is billable."""

    text: str


class TimeInconsistent(Struct, frozen=True, kw_only=True, tag=True):
    """A stop was left, or unloaded, before it was reached: its waiting time is unknown."""

    text: str


def sequence(
    account: Account, *, stops: Sequence[Stop]
) -> InOrder | SequenceInvalid | TimeInconsistent:
    """Return whether the account is possible; the text names every contradiction."""
    crossed = list(_crossed(account, stops))
    if crossed:
        return SequenceInvalid(text="; ".join(crossed))
    backwards = list(_backwards(account, stops))
    if backwards:
        return TimeInconsistent(text="; ".join(backwards))
    return InOrder()


def _crossed(account: Account, stops: Sequence[Stop]) -> Iterator[str]:
    """Compare each delivery with every pickup that comes before it on the way."""
    pickups: list[Stop] = []
    for stop in stops:
        if stop.purpose is StopPurpose.PICKUP:
            pickups.append(stop)
            continue
        for pickup in pickups:
            yield from _before_pickup(account, pickup, stop)


def _before_pickup(account: Account, pickup: Stop, delivery: Stop) -> Iterator[str]:
    left, came = _at(account, pickup), _at(account, delivery)
    if left and came and came[0].happened_at < left[-1].happened_at:
        yield f"{_said(came[0], delivery)} is before {_said(left[-1], pickup)}"


def _at(account: Account, stop: Stop) -> list[Actual]:
    """Return what happened at the stop itself, in the order it did."""
    return [
        one for one in account.actuals if one.stop == stop.number and one.kind is not K.IN_TRANSIT
    ]


def _backwards(account: Account, stops: Sequence[Stop]) -> Iterator[str]:
    for stop in stops:
        came = arrival(account, stop)
        if came is None:
            continue
        for kind in (K.DEPARTED_PICKUP, K.DELIVERED, K.DEPARTED_DELIVERY):
            left = account.of(kind, stop=stop.number)
            if left and left.happened_at < came.happened_at:
                yield f"{_said(left, stop)} is before {_said(came, stop)}"


def _said(actual: Actual, stop: Stop) -> str:
    local: datetime = actual.happened_at.astimezone(zone(stop.place.zone))
    name = actual.kind.value.replace("_", " ")
    return f'"{name}" at stop {stop.number} ({local:%Y-%m-%d %H:%M} {local.tzname()})'

"""What really happens to a load on the road: the truth that every report is about.

All instants are whole minutes. Shares of late arrivals and of waits are published figures.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct, structs

from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneKind as M
from drawbar.world.plan.agreement import Detention
from drawbar.world.plan.business_day import moved
from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.kind import Kind, Shape
from drawbar.world.plan.metro import miles
from drawbar.world.plan.other_kinds import entry_of
from drawbar.world.plan.owed import Visit, end_of
from drawbar.world.plan.road import transit_minutes
from drawbar.world.plan.shape import Acceptance, OrderPlan, Plan, StopPlan
from drawbar.world.truth import Happened

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATE_PER_MILLE = (28, 26)
"""Of pickups and of deliveries; some more are late because the road was long."""

WAITS = (("none", 607), ("short", 294), ("medium", 50), ("long", 49))
"""Of a thousand stops: no detention, under 2 h, 2 to 4 h, over 4 h beyond the free time."""

QUICK_CHANGE = timedelta(minutes=6)
LEAST_TO_PICKUP = timedelta(minutes=60)
SHAPES: Mapping[Shape, Shape] = {
    "no wait": "no wait",
    "pair alike": "no wait",
    "long wait": "long wait",
    "late": "late",
}
"""What a kind asks of the road; all others take it as it comes."""


class Journey(Struct, frozen=True, kw_only=True):
    """The visits in driving order; ``attempted_at`` is a delivery that failed before the last."""

    visits: tuple[Visit, ...]
    attempted_at: Instant | None = None

    @property
    def delivered_at(self) -> Instant:
        """Return when the last of it was delivered."""
        return self.visits[-1].departed_at


def route_at(order: OrderPlan, at: Instant) -> tuple[StopPlan, ...]:
    """Return the stops as the last revision that was made by an instant plans them."""
    known = [one.route for one in order.revisions if one.at <= at]
    return known[-1] if known else order.route


def journey(plan: Plan, order: OrderPlan, acceptance: Acceptance) -> Journey:
    """Return what happens, once a carrier has taken the load."""
    if order.quick:
        return _quick(order, acceptance)
    route, seed = route_at(order, acceptance.at), plan.asked.seed
    row = entry_of(order.lot)
    shape = SHAPES.get(row.shape, "any") if row else "any"
    rate = CARRIERS[acceptance.carrier].detention
    visits: list[Visit] = []
    for stop in route:
        dice = Dice(seed, "visit", (order.number, stop.number))
        is_last = stop.number == len(route)
        ready = _ready(visits, stop, acceptance, dice)
        visits.append(_visit(stop, ready, rate, dice, shape if is_last else _before(shape)))
    done = Journey(visits=tuple(visits))
    return _attempted(done, rate) if order.lot == Kind.REDELIVERY_OWN_FAULT.value else done


def happened(done: Journey) -> tuple[Happened, ...]:
    """Return what happened as the truth tells it."""
    told: list[Happened] = []
    for visit in done.visits:
        came, left = _milestones(visit.number)
        told.append(Happened(milestone=came.value, stop=visit.number, at=visit.arrived_at))
        told.append(Happened(milestone=left.value, stop=visit.number, at=visit.departed_at))
    if done.attempted_at:
        stop = done.visits[-1].number
        tried = Happened(milestone=M.ATTEMPTED.value, stop=stop, at=done.attempted_at)
        told.append(tried)
    return tuple(sorted(told, key=lambda one: one.at))


def _milestones(stop: int) -> tuple[M, M]:
    if stop == 1:
        return M.ARRIVED_PICKUP, M.DEPARTED_PICKUP
    return M.ARRIVED_DELIVERY, M.DELIVERED


def _before(shape: Shape) -> Shape:
    """Return how the stops before the last one go, where the last one is made to fit a kind."""
    return "no wait" if shape in {"late", "no wait"} else "any"


def _ready(visits: list[Visit], stop: StopPlan, acceptance: Acceptance, dice: Dice) -> datetime:
    """Return the first instant at which a truck can be at a stop."""
    if not visits:
        return whole_minute(acceptance.at) + LEAST_TO_PICKUP
    before = visits[-1]
    origin = f"{before.end.city} {before.end.state}"
    road = transit_minutes(miles(origin, stop.metro)) * dice.between(96, 106) // 100
    return before.departed_at + road * MINUTE


def _visit(stop: StopPlan, ready: Instant, rate: Detention, dice: Dice, shape: Shape) -> Visit:
    arrived = max(ready, stop.due_at + _offset(stop, rate, dice, shape) * MINUTE)
    waited = _waited(rate, dice, shape) * MINUTE
    return Visit(
        number=stop.number,
        end=end_of(stop.metro),
        zone=stop.zone,
        due_at=stop.due_at,
        arrived_at=arrived,
        departed_at=max(arrived, stop.due_at) + waited,
    )


def _offset(stop: StopPlan, rate: Detention, dice: Dice, shape: Shape) -> int:
    """Return how many minutes after its appointment a truck means to come; mostly before it."""
    is_late = dice.chance(LATE_PER_MILLE[stop.number > 1])
    late_by, early_by = dice.between(35, 190), dice.between(-8, 45)
    if shape == "late":
        return rate.grace + late_by
    return late_by if is_late and shape == "any" else -early_by


def _waited(rate: Detention, dice: Dice, shape: Shape) -> int:
    """Return for how many minutes the clock of a stop runs."""
    wait, part = dice.weighted(WAITS), dice.below(1000)
    wait = {"no wait": "none", "late": "short", "long wait": "long"}.get(shape, wait)
    least, most = {
        "none": (25 - rate.free, -3),
        "short": (1, 119),
        "medium": (120, 239),
        "long": (241, 400),
    }[wait]
    return rate.free + least + (most - least) * part // 999


def _attempted(done: Journey, rate: Detention) -> Journey:
    """Return the journey with a last stop that turned the truck away, and took it a day later."""
    last = done.visits[-1]
    again = moved(last.due_at, 1, last.zone)
    later = again - last.due_at + HOUR
    visit = structs.replace(
        last, arrived_at=last.due_at + later, departed_at=last.due_at + later + 40 * MINUTE
    )
    tried = last.due_at + (rate.grace + 45) * MINUTE
    return Journey(visits=(*done.visits[:-1], visit), attempted_at=max(tried, last.arrived_at))


def _quick(order: OrderPlan, acceptance: Acceptance) -> Journey:
    """Return a journey of minutes: for an incident that somebody waits to see."""
    changes = [one.at + QUICK_CHANGE for one in order.revisions]
    at = whole_minute(max([acceptance.at, *changes]))
    visits = []
    for stop in route_at(order, acceptance.at):
        at += 3 * MINUTE
        visits.append(
            Visit(
                number=stop.number,
                end=end_of(stop.metro),
                zone=stop.zone,
                due_at=stop.due_at,
                arrived_at=at,
                departed_at=at + 2 * MINUTE,
            )
        )
        at += 2 * MINUTE
    return Journey(visits=tuple(visits))


def whole_minute(at: Instant) -> datetime:
    """Return the first whole minute from an instant on."""
    floor = at.replace(second=0, microsecond=0)
    return floor if floor == at else floor + MINUTE

"""What carriers and telematics say about the road: lossy, late, repeated, in any order.

What they leave out or say wrongly here moves no money; that is what bills with errors are for.
"""

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.world.plan.agreement import Detention
from drawbar.world.plan.business_day import wall
from drawbar.world.plan.carrier import CARRIERS, Habit
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.journey import Journey
from drawbar.world.plan.kind import Incident, Kind
from drawbar.world.plan.metro import METROS
from drawbar.world.plan.owed import Visit
from drawbar.world.plan.shape import Acceptance, Json, OrderPlan, Plan, Saying
from drawbar.world.truth import FaultTruth

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FREE_LEAST, MARGIN_MINUTES = 60, 20
LATE_PER_MILLE, TWICE_PER_MILLE, LEFT_OUT_PER_MILLE = 60, 30, 40
SILENT_FOR = timedelta(hours=6)
"""How long a truck that fell silent is not heard of; then it tells all that had happened."""

LONG_ROAD = timedelta(hours=7)
ZONE_CODES = {
    "America/New_York": "ET",
    "America/Detroit": "ET",
    "America/Indiana/Indianapolis": "ET",
    "America/Chicago": "CT",
    "America/Denver": "MT",
    "America/Los_Angeles": "PT",
}
"""Source: X12 element 623; a zone that is not here is left to the stop (LT)."""


class Event(Struct, frozen=True, kw_only=True):
    """Something that a carrier reports about a stop, by its X12 code."""

    code: str
    stop: int
    zone: str
    at: Instant


def reports(
    plan: Plan, order: OrderPlan, acceptance: Acceptance, done: Journey
) -> Iterator[Saying]:
    """Yield what the carrier and the telematics say about a load."""
    habit = CARRIERS[acceptance.carrier]
    dice = Dice(plan.asked.seed, "reports", (order.number, acceptance.carrier))
    stem = f"{order.number}/{acceptance.carrier}"
    silent = order.noise == Incident.SILENT_TRUCK.value
    for event in _events(order, habit, done, dice):
        late = dice.between(120, 840) if dice.chance(LATE_PER_MILLE) else dice.between(2, 40)
        said_at = event.at + (1 if order.quick else late) * MINUTE
        if event.code == "AG":
            said_at = done.visits[event.stop - 2].departed_at + 15 * MINUTE
        if silent and event.stop > 1:
            said_at += SILENT_FOR
        key = f"{stem}/{event.code}-{event.stop}"
        body = _report(acceptance, event, habit)
        yield Saying(key=key, at=said_at, mouth="carrier", body={"key": key, **body})
        if dice.chance(TWICE_PER_MILLE) and not order.quick:
            again = f"{key}-again"
            at = said_at + dice.between(20, 200) * MINUTE
            yield Saying(key=again, at=at, mouth="carrier", body={"key": again, **body})
    if habit.has_telematics and not order.quick:
        yield from _telematics(stem, order, acceptance, done, dice)
    if order.noise:
        yield from _noise(stem, order, acceptance, done)


def _events(order: OrderPlan, habit: Habit, done: Journey, dice: Dice) -> Iterator[Event]:
    """Yield what is reported, at the time that the report states."""
    shift = timedelta()
    for visit in done.visits:
        is_pickup = visit.number == 1
        if not is_pickup:
            yield from _on_the_road(done, visit, dice)
        if order.lot == Kind.EVENTS_IMPOSSIBLE.value and visit is done.visits[-1]:
            shift = done.visits[0].departed_at - visit.departed_at - 5 * 60 * MINUTE
        if done.attempted_at and visit is done.visits[-1]:
            yield _event("AH", visit, done.attempted_at)
        if not (_moves_no_money(visit, habit.detention) and dice.chance(LEFT_OUT_PER_MILLE)):
            yield _event("X3" if is_pickup else "X1", visit, visit.arrived_at + shift)
        yield from _leaving(visit, habit, dice, shift)


def _leaving(visit: Visit, habit: Habit, dice: Dice, shift: timedelta) -> Iterator[Event]:
    left = visit.departed_at + shift
    stayed = max((visit.departed_at - visit.arrived_at) // MINUTE // 2, 1)
    if visit.number == 1:
        if dice.chance(350):
            yield _event("CP", visit, left - min(dice.between(2, 12), stayed) * MINUTE)
        yield _event("AF", visit, left)
        return
    if habit.says_left:
        yield _event("D1", visit, left - min(dice.between(2, 9), stayed) * MINUTE)
        yield _event("CD", visit, left)
        return
    yield _event("D1", visit, left)


def _on_the_road(done: Journey, visit: Visit, dice: Dice) -> Iterator[Event]:
    left, came = done.visits[visit.number - 2].departed_at, visit.arrived_at
    if dice.chance(250):
        yield _event("AG", visit, visit.due_at)
    if came - left > LONG_ROAD and dice.chance(800):
        yield _event("X6", visit, left + (came - left) // 2 // MINUTE * MINUTE)


def _event(code: str, visit: Visit, at: Instant) -> Event:
    return Event(code=code, stop=visit.number, zone=visit.zone, at=at)


def _moves_no_money(visit: Visit, rate: Detention) -> bool:
    """Return whether nobody's detention depends on the arrival, not even roughly known."""
    waited = (visit.departed_at - max(visit.due_at, visit.arrived_at)) // MINUTE
    return waited + MARGIN_MINUTES < min(rate.free, 120)


def _report(acceptance: Acceptance, event: Event, habit: Habit) -> Json:
    zone = ZONE_CODES.get(event.zone, "LT") if habit.names_zone else "LT"
    clock = wall(event.at, event.zone).isoformat()
    told = {"status": event.code, "stop": event.stop, "at": clock, "zone": zone}
    return {"ref": acceptance.tender, "report": told}


def _telematics(
    stem: str, order: OrderPlan, acceptance: Acceptance, done: Journey, dice: Dice
) -> Iterator[Saying]:
    """Yield when the truck entered and left the places, a few minutes off, and where it was."""
    for visit in done.visits:
        entered = visit.arrived_at + dice.between(-8, 8) * MINUTE
        left = max(visit.departed_at + dice.between(-8, 8) * MINUTE, entered + MINUTE)
        is_false = order.lot == Kind.EVENTS_IMPOSSIBLE.value and visit.number > 1
        if is_false or (order.lot == Kind.REDELIVERY_OWN_FAULT.value and visit.number > 1):
            continue
        for kind, at in (("entered", entered), ("left", left)):
            key = f"{stem}/telematics-{visit.number}-{kind}"
            yield _located(key, acceptance, kind, visit, at, dice)
        if visit.number < len(done.visits):
            key = f"{stem}/telematics-{visit.number}-position"
            yield _located(key, acceptance, "position", visit, left + 90 * MINUTE, dice)


def _located(
    key: str, acceptance: Acceptance, kind: str, visit: Visit, at: Instant, dice: Dice
) -> Saying:
    place = METROS[f"{visit.end.city} {visit.end.state}"]
    off = dice.between(40, 90) if kind == "position" else dice.between(0, 1)
    body = {
        "key": key,
        "load": acceptance.shipment,
        "carrier": acceptance.carrier,
        "kind": kind,
        "stop": visit.number,
        "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "lat": (place.lat + off) / 100,
        "lon": (place.lon + off) / 100,
    }
    return Saying(key=key, at=at + dice.between(1, 6) * MINUTE, mouth="telematics", body=body)


def _noise(stem: str, order: OrderPlan, acceptance: Acceptance, done: Journey) -> Iterator[Saying]:
    """Yield the report that this load has to show a desk."""
    first, last = done.visits[0], done.visits[-1]
    after = 1 if order.quick else 25
    at, key = first.departed_at + after * MINUTE, f"{stem}/{order.noise}"
    fault = FaultTruth(kind=order.noise, subject=order.number, at=at)
    code = {Kind.UNKNOWN_STATUS_CODE.value: "ZQ", Kind.WRONG_ZONE_CODE.value: "X6"}
    if order.noise in code:
        clock = wall(at, last.zone).isoformat()
        zone = "LT" if code[order.noise] == "ZQ" else _wrong_zone(last.zone)
        told = {"status": code[order.noise], "stop": last.number, "at": clock, "zone": zone}
        body: Json = {"key": key, "ref": acceptance.tender, "report": told}
        said_at = at + (1 if order.quick else 5) * MINUTE
        yield Saying(key=key, at=said_at, mouth="carrier", body=body, truth=fault)
    if order.noise == Kind.EVENT_OF_UNKNOWN_LOAD.value:
        dice = Dice(0, "stranger", order.number)
        stranger = Acceptance(
            carrier=acceptance.carrier,
            tender="",
            shipment=f"S-{dice.between(100_000, 999_999)}",
            pro="",
            at=acceptance.at,
            seq=0,
        )
        told_by = _located(key, stranger, "entered", first, at, dice)
        yield Saying(key=key, at=told_by.at, mouth="telematics", body=told_by.body, truth=fault)


def _wrong_zone(zone: str) -> str:
    return "PT" if ZONE_CODES.get(zone) != "PT" else "ET"

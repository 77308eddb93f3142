"""An order while it is being planned: who wants what moved from where to where, and when."""

from datetime import timedelta

from msgspec import Struct

from drawbar.freight.instant import Instant, local_day
from drawbar.world.plan.business_day import entered_at, next_slot, orders_by_day, pickup_slot
from drawbar.world.plan.customer import ACCOUNTS, Account
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.guide import taker
from drawbar.world.plan.metro import METROS, miles
from drawbar.world.plan.road import transit_minutes
from drawbar.world.plan.shape import Asked, StopPlan

FIRST_SERIAL = 70_001
LEAD_DAYS = ((1, 58), (2, 26), (3, 11), (4, 5))
SECOND_STOP_PER_MILLE = 60
DOCK_ALLOWANCE = timedelta(hours=4)
MINUTE = timedelta(minutes=1)


class Draft(Struct, frozen=True, kw_only=True):
    """One order to be; ``carrier`` is who will take it, ``cancel`` how it ends, if it does."""

    serial: int
    customer: str
    entered_at: Instant
    route: tuple[StopPlan, ...]
    pieces: int
    pounds: int
    po: str
    carrier: str
    lot: str = "clean"
    proof: str = "clean"
    noise: str = ""
    mates: tuple[str, ...] = ()
    cancel: str = ""

    @property
    def number(self) -> str:
        """Return the order's number."""
        return f"SO-{self.serial}"

    @property
    def bol(self) -> str:
        """Return its bill of lading."""
        return f"BOL-{self.serial}"

    @property
    def due_at(self) -> Instant:
        """Return when its pickup is due."""
        return self.route[0].due_at


def drafts(asked: Asked) -> tuple[Draft, ...]:
    """Return the orders of a run, by the instant at which they are entered."""
    counts = orders_by_day(asked.begins_on, asked.days, asked.days * asked.loads_per_day)
    moments = sorted(
        entered_at(asked.begins_on + timedelta(days=day), Dice(asked.seed, "entered", (day, n)))
        for day, count in enumerate(counts)
        for n in range(count)
    )
    return tuple(draft(asked.seed, FIRST_SERIAL + n, at) for n, at in enumerate(moments))


def draft(seed: int, serial: int, entered: Instant) -> Draft:
    """Return one order, entered at an instant."""
    dice = Dice(seed, "order", serial)
    account = dice.weighted([(one, one.per_mille) for one in ACCOUNTS.values()])
    origin, destination = dice.pick(account.lanes)
    zone = METROS[origin].zone
    ready = local_day(entered, zone) + timedelta(days=dice.weighted(LEAD_DAYS))
    path = (origin, *_drops(account, origin, destination, dice))
    pieces = dice.between(8, 26)
    return Draft(
        serial=serial,
        customer=account.ref,
        entered_at=entered,
        route=route(path, pickup_slot(ready, dice, zone), dice),
        pieces=pieces,
        pounds=pieces * dice.between(70, 160) * 10,
        po=f"PO-{serial * 7 % 90_000 + 10_000}",
        carrier=taker(seed, f"SO-{serial}", origin),
    )


def route(path: tuple[str, ...], due_at: Instant, dice: Dice) -> tuple[StopPlan, ...]:
    """Return the stops along a path, each due when a truck can be there without hurry."""
    stops = [StopPlan(number=1, metro=path[0], zone=METROS[path[0]].zone, due_at=due_at)]
    for place in path[1:]:
        before, zone = stops[-1], METROS[place].zone
        road = transit_minutes(miles(before.metro, place)) * 105 // 100 * MINUTE
        due = next_slot(before.due_at + DOCK_ALLOWANCE + road, dice.below(4), zone)
        stops.append(StopPlan(number=len(stops) + 1, metro=place, zone=zone, due_at=due))
    return tuple(stops)


def _drops(account: Account, origin: str, destination: str, dice: Dice) -> tuple[str, ...]:
    """Return where it is delivered: rarely also at a nearer place on the way."""
    has_second = dice.chance(SECOND_STOP_PER_MILLE)
    nearer = [
        one
        for one in account.destinations
        if one != origin and miles(origin, one) < miles(origin, destination)
    ]
    return (dice.pick(nearer), destination) if has_second and nearer else (destination,)

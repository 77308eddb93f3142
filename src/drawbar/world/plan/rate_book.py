"""The agreements of a run: with each carrier, an old and a new one, and with each customer.

New versions hold from 45 days before the run; all lanes of all customers have a price.
"""

from datetime import timedelta

from drawbar.freight.charge import ChargeKind
from drawbar.world.plan.agreement import Agreement, Detention, Extra, Lane, Tonu
from drawbar.world.plan.carrier import CARRIERS, EXTRAS, Habit
from drawbar.world.plan.customer import ACCOUNTS, Account
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.diesel import Band, fuel_weeks
from drawbar.world.plan.metro import miles
from drawbar.world.plan.owed import end_of
from drawbar.world.plan.shape import Asked, CarrierPlan, CustomerPlan

SELL_BAND = Band(base=2400, step=50, tenths=11)
STARTED, RENEWED = timedelta(days=400), timedelta(days=45)
SHORT_HAUL = ((250, 95), (450, 45), (700, 18), (1100, 6))
"""Up to so many miles a mile costs so many cents more. An assumption."""

Pair = tuple[str, str]


def carriers_of(asked: Asked) -> tuple[CarrierPlan, ...]:
    """Return the carriers with both versions of their agreement."""
    return tuple(_carrier(asked, habit) for habit in CARRIERS.values())


def customers_of(asked: Asked) -> tuple[CustomerPlan, ...]:
    """Return the customers; credit is ample for what a run of this size can owe."""
    return tuple(_customer(asked, account) for account in ACCOUNTS.values())


def all_lanes() -> tuple[Pair, ...]:
    """Return every lane that a customer ships on, once."""
    return tuple(dict.fromkeys(pair for one in ACCOUNTS.values() for pair in one.lanes))


def _carrier(asked: Asked, habit: Habit) -> CarrierPlan:
    new = _bought(asked, habit, version=2)
    return CarrierPlan(ref=habit.ref, agreement=new, old=_bought(asked, habit, version=1))


def _bought(asked: Asked, habit: Habit, *, version: int) -> Agreement:
    is_old = version == 1
    raised = habit.raised if is_old else 0
    return Agreement(
        ref=f"{habit.ref}-{asked.begins_on.year}",
        version=version,
        side="buy",
        party=habit.ref,
        valid_from=asked.begins_on - (STARTED if is_old else RENEWED),
        lanes=(*_lanes(asked.seed, habit, raised), _anywhere(habit, raised)),
        fuel=fuel_weeks(
            asked.seed,
            region=habit.region,
            band=habit.old_band if is_old else habit.band,
            begins_on=asked.begins_on,
            days=asked.days,
            clause="Fuel week",
        ),
        detention=habit.detention,
        tonu=habit.tonu,
        extras=_extras(habit),
        payment_days=habit.payment_days,
    )


def _lanes(seed: int, habit: Habit, raised: int) -> tuple[Lane, ...]:
    lanes: dict[tuple[object, object], Lane] = {}
    for pair in all_lanes():
        lane = _lane(seed, habit, pair, raised, number=len(lanes) + 1)
        lanes.setdefault((lane.origin, lane.destination), lane)
    return tuple(lanes.values())


def _lane(seed: int, habit: Habit, pair: Pair, raised: int, *, number: int) -> Lane:
    origin, destination = (end_of(one) for one in pair)
    distance = miles(*pair)
    swing = Dice(seed, "rate", (habit.ref, *pair)).between(-6, 8)
    per_mile = (habit.cents_per_mile + swing + _short_haul(distance)) * (100 + raised) // 100
    if habit.pricing == "miles by state":
        origin, destination = type(origin)(origin.state), type(origin)(destination.state)
    names = " to ".join(", ".join(x for x in (e.city, e.state) if x) for e in (origin, destination))
    clause = f"1.{number} {names}"
    if habit.pricing == "flat by city":
        flat = max(_rounded(per_mile * distance), habit.minimum * (100 + raised) // 100)
        return Lane(clause=clause, origin=origin, destination=destination, flat=flat)
    minimum = habit.minimum * (100 + raised) // 100
    return Lane(
        clause=clause,
        origin=origin,
        destination=destination,
        per_mile=per_mile,
        miles=distance,
        minimum=minimum,
    )


def _short_haul(distance: int) -> int:
    return next((more for most, more in SHORT_HAUL if distance <= most), 0)


def _rounded(cents: int) -> int:
    """Return an amount as people agree on it: in steps of five dollars."""
    return (cents + 250) // 500 * 500


def _anywhere(habit: Habit, raised: int) -> Lane:
    flat = _rounded(habit.cents_per_mile * 1000 * (100 + raised) // 100)
    return Lane(clause="1.999 Anywhere else in the United States", flat=flat)


def _extras(habit: Habit) -> tuple[Extra, ...]:
    stop = ChargeKind.STOP_OFF.value
    row = Extra(clause="5.1 Stop on the way", kind=stop, cents=habit.extras[stop],
                needs_approval=False)  # fmt: skip
    others = (
        Extra(clause=f"5.{n} {kind.capitalize()}, if approved", kind=kind,
              cents=habit.extras[kind], needs_approval=True)
        for n, kind in enumerate(EXTRAS, start=2)
    )  # fmt: skip
    return (row, *others)


def _customer(asked: Asked, account: Account) -> CustomerPlan:
    return CustomerPlan(
        ref=account.ref,
        name=account.name,
        sku=account.sku,
        per_mille=account.per_mille,
        credit_limit=max(1_000_000, 6_000 * asked.loads_per_day * asked.days),
        payment_days=account.payment_days,
        strict=account.strict,
        sells=_sold(asked, account),
    )


def _sold(asked: Asked, account: Account) -> Agreement:
    lanes = (_sold_lane(account, pair, n) for n, pair in enumerate(account.lanes, start=1))
    anywhere = Lane(clause="1.999 Anywhere else in the United States", flat=245_000)
    return Agreement(
        ref=f"{account.ref}-{asked.begins_on.year}",
        version=1,
        side="sell",
        party=account.ref,
        valid_from=asked.begins_on - STARTED,
        lanes=(*lanes, anywhere),
        fuel=fuel_weeks(
            asked.seed,
            region="midwest",
            band=SELL_BAND,
            begins_on=asked.begins_on,
            days=asked.days,
            clause="Fuel week",
        ),
        detention=Detention(
            clause="4 Detention", free=120, increment=15, cents=2250, cap=36_000, grace=30
        ),
        tonu=Tonu(clause="5 Truck ordered, not used", cents=30_000, hours=4),
        extras=(
            Extra(
                clause="6 Stop on the way",
                kind=ChargeKind.STOP_OFF.value,
                cents=12_500,
                needs_approval=False,
            ),
        ),
        payment_days=account.payment_days,
    )


def _sold_lane(account: Account, pair: Pair, number: int) -> Lane:
    distance = miles(*pair)
    per_mile = (198 + _short_haul(distance)) * (100 + account.margin) // 100
    flat = max(_rounded(per_mile * distance), 90_000)
    origin, destination = (end_of(one) for one in pair)
    clause = f"1.{number} {origin.city}, {origin.state} to {destination.city}, {destination.state}"
    return Lane(clause=clause, origin=origin, destination=destination, flat=flat)

"""What a run asks for is planned the same way every time, and holds something of everything."""

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import msgspec
import pytest
from msgspec import structs

from drawbar.world.erp.order import SalesOrder
from drawbar.world.plan import CATALOGUE, Asked, Kind, behaviour_of, plan_of, seal_of
from drawbar.world.plan.guide import GUIDES
from drawbar.world.plan.metro import METROS, miles
from tests.world.plan.stage import FORTNIGHT, accepted, driven, planned

TINY = Asked(seed=1, begins_on=date(2026, 3, 2), days=2, loads_per_day=4)
SMALL = Asked(seed=7, begins_on=date(2026, 3, 2), days=3, loads_per_day=8)
PINNED = "82210458c0dc1d6d3a2b0b3709a8600a50c2c2807dd1c3886ee475146f4884a3"
PINNED_DRIVES = "a1490182bf82b91683d19e4d73b04258574ff6e0ee851a0652a840ed935741ec"


def test_the_same_question_gets_the_same_bytes():
    assert msgspec.json.encode(plan_of(TINY)) == msgspec.json.encode(plan_of(TINY))


def test_a_plan_that_changed_has_a_new_version():
    """Where this fails on purpose, raise VERSION and pin the new digest."""
    assert plan_of(TINY).digest == PINNED


def test_what_is_said_and_owed_changed_only_with_the_version():
    said = sha256()
    for _, told in driven(TINY):
        said.update(msgspec.json.encode(told))

    assert said.hexdigest() == PINNED_DRIVES


@pytest.mark.parametrize(
    "other",
    [
        structs.replace(TINY, seed=2),
        structs.replace(TINY, begins_on=date(2026, 3, 3)),
        structs.replace(TINY, loads_per_day=5),
    ],
    ids=["seed", "day", "size"],
)
def test_another_question_gets_another_plan(other: Asked):
    assert plan_of(other).digest != plan_of(TINY).digest


def test_the_seal_names_the_world():
    seal = seal_of(plan_of(TINY))

    assert (seal.seed, seal.days, seal.digest) == (1, 2, plan_of(TINY).digest)


def test_orders_come_in_the_number_asked_for_by_their_time_each_once():
    orders = planned().orders

    assert len(orders) == 14 * 25
    assert len({order.number for order in orders}) == len(orders)
    assert [one.entered_at for one in orders] == sorted(one.entered_at for one in orders)


def test_weekends_are_quiet():
    days = Counter(order.entered_at.weekday() for order in planned().orders)

    assert days[5] + days[6] < days[0] / 2


@pytest.mark.parametrize("seed", [7, 11, 23])
def test_a_fortnight_shows_every_kind_before_it_ends(seed: int):
    asked = structs.replace(FORTNIGHT, seed=seed)
    end = planned(asked).orders[0].entered_at + timedelta(days=asked.days)
    shown = {
        getattr(one.truth, "kind", "")
        for _, told in driven(asked)
        for one in told.sayings
        if one.at < end
    }

    wanted = {kind.value for kind, row in CATALOGUE.items() if row.where != "system"}
    assert wanted - shown == set()


@pytest.mark.parametrize("seed", [1, 7, 11])
def test_a_small_run_has_a_good_mix(seed: int):
    lots = Counter(order.lot for order in planned(structs.replace(SMALL, seed=seed)).orders)
    rows = {kind.value: row.nature for kind, row in CATALOGUE.items()}
    natures = {lot: rows.get(lot, "clean") for lot in lots}

    assert sum(nature == "error" for nature in natures.values()) >= 3
    assert sum(nature == "innocent" for nature in natures.values()) >= 2
    assert lots[Kind.CLEAN.value] >= 12


def test_the_erp_takes_every_order_and_every_revision():
    for order in planned().orders:
        bodies = [order.sales_order, *(one.sales_order for one in order.revisions)]
        for body in bodies:
            assert msgspec.convert(body, SalesOrder, strict=False).number == order.number


def test_a_stop_is_due_after_the_truck_could_be_there():
    for order in planned().orders:
        for one, other in pairwise(order.route):
            road = timedelta(minutes=miles(one.metro, other.metro) * 60 // 50)
            assert other.due_at - one.due_at >= road


def test_changes_and_cancels_come_before_the_truck():
    for order in planned().orders:
        assert all(one.at < order.route[0].due_at - timedelta(hours=12) for one in order.revisions)
        assert order.cancelled_at is None or order.cancelled_at < order.route[0].due_at


def test_carriers_reject_between_four_and_twenty_percent():
    plan = planned()
    for carrier in plan.carriers:
        last = {start for start, guide in GUIDES.items() if guide[-1] == carrier.ref}
        asked = [order for order in plan.orders if order.route[0].metro not in last]
        answers = Counter(behaviour_of(plan, one, carrier.ref)["answer"] for one in asked)
        assert 0.02 <= answers["decline"] / len(asked) <= 0.24, carrier.ref


def test_every_carrier_drives_its_share():
    plan = planned()
    shares = Counter(accepted(plan, order).carrier for order in plan.orders)

    assert min(shares[carrier.ref] for carrier in plan.carriers) >= len(plan.orders) * 0.06


def test_a_carrier_never_gives_two_loads_one_number():
    plan = planned()
    pros = [
        (carrier.ref, behaviour_of(plan, order, carrier.ref)["pro"])
        for order in plan.orders
        for carrier in plan.carriers
    ]

    assert len(set(pros)) == len(pros)


def test_systems_are_away_two_or_three_times_within_the_run():
    plan = planned()
    begins = plan.orders[0].entered_at - timedelta(days=1)

    assert len(plan.outages) in {2, 3}
    for outage in plan.outages:
        assert outage.until is not None
        assert begins < outage.at < outage.until < begins + timedelta(days=17)


def test_there_are_sixty_metro_areas_in_real_zones():
    assert len(METROS) >= 60
    assert miles("Dallas TX", "Chicago IL") == pytest.approx(925, rel=0.06)
    assert miles("Atlanta GA", "Newark NJ") == pytest.approx(862, rel=0.06)

"""What happens on the road, and what is said of it: lossy, but never so that money moves."""

from collections import Counter
from datetime import date, datetime, timedelta

import msgspec
import pytest
from msgspec import structs

from drawbar.web.api.v1.finance import ChargeApprovalV1
from drawbar.web.api.v1.pods import PodV1
from drawbar.world.behaviour import Behaviour, Ordered
from drawbar.world.plan import Asked, Kind, OrderPlan, behaviour_of, drive
from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.journey import journey
from drawbar.world.truth import ProofTruth
from tests.world.plan.stage import FORTNIGHT, accepted, driven, planned

MINUTE = timedelta(minutes=1)
SEEDS = (1, 2, 3, 4, 5)
PAPERS = {"/v1/pods": PodV1, "/v1/charge-approvals": ChargeApprovalV1}


def visits():
    for seed in SEEDS:
        plan = planned(structs.replace(FORTNIGHT, seed=seed))
        for order in plan.orders:
            if order.lot == Kind.CLEAN.value and not order.cancelled_at:
                taken = accepted(plan, order)
                rate = CARRIERS[taken.carrier].detention
                yield from ((one, rate) for one in journey(plan, order, taken).visits)


def test_waits_are_as_often_and_as_long_as_published():
    waits: Counter[str] = Counter()
    for visit, rate in visits():
        over = (visit.departed_at - max(visit.due_at, visit.arrived_at)) // MINUTE - rate.free
        long = "over 4 h" if over > 240 else "2 to 4 h" if over >= 120 else "under 2 h"
        waits[long if over > 0 else "none"] += 1
    every = sum(waits.values())

    assert waits["under 2 h"] / every == pytest.approx(0.294, abs=0.025)
    assert waits["2 to 4 h"] / every == pytest.approx(0.050, abs=0.015)
    assert waits["over 4 h"] / every == pytest.approx(0.049, abs=0.015)


@pytest.mark.parametrize(
    ("is_pickup", "share"), [(True, 0.97), (False, 0.96)], ids=["pickups", "deliveries"]
)
def test_trucks_are_on_time_as_often_as_published(is_pickup: bool, share: float):
    stops = [visit for visit, _ in visits() if (visit.number == 1) is is_pickup]
    on_time = [one for one in stops if one.arrived_at <= one.due_at + 30 * MINUTE]

    assert len(on_time) / len(stops) == pytest.approx(share, abs=0.012)


def test_proofs_take_a_day_to_a_week():
    for order, told in driven():
        proofs = [one for one in told.sayings if isinstance(one.truth, ProofTruth)]
        if proofs and not order.quick:
            left = max(one.at for one in told.truth.happened)
            assert timedelta(hours=24) <= proofs[0].at - left <= timedelta(days=7)


def test_half_of_all_proofs_come_within_two_days():
    lags = [
        told.sayings[n].at - max(one.at for one in told.truth.happened)
        for order, told in driven()
        for n, saying in enumerate(told.sayings)
        if saying.key.endswith("/proof") and order.lot == Kind.CLEAN.value
    ]

    assert 0.4 <= sum(lag <= timedelta(hours=48) for lag in lags) / len(lags) <= 0.6


def test_every_mouth_understands_what_it_is_told():
    for _, told in driven():
        for one in told.sayings:
            assert one.body["key"] == one.key
            match one.mouth:
                case "carrier":
                    msgspec.convert(one.body, Ordered, strict=False)
                case "desk":
                    kind = PAPERS[one.body["path"]]
                    msgspec.convert(one.body["body"], kind, strict=False)
                case "telematics":
                    assert one.body["kind"] in {"entered", "left", "position"}


def test_keys_are_unique_for_ever():
    keys = [one.key for _, told in driven() for one in told.sayings]

    assert len(set(keys)) == len(keys)


def test_sayings_come_in_order_and_after_the_acceptance():
    plan = planned()
    for order, told in driven():
        moments = [one.at for one in told.sayings]
        assert moments == sorted(moments)
        assert all(at >= accepted(plan, order).at for at in moments)


def test_telematics_is_at_most_ten_minutes_off():
    for _, told in driven():
        happened = [one.at for one in told.truth.happened]
        for one in told.sayings:
            is_about_stop = one.truth is None and one.body.get("kind") in {"entered", "left"}
            if is_about_stop:
                at = datetime.fromisoformat(one.body["at"])
                assert min(abs(at - real) for real in happened) <= 10 * MINUTE


def test_a_report_states_the_time_at_which_it_happened():
    codes = {"X3": "arrived_pickup", "AF": "departed_pickup", "X1": "arrived_delivery"}
    for order, told in driven():
        if order.lot in {Kind.EVENTS_IMPOSSIBLE.value, Kind.REDELIVERY_OWN_FAULT.value}:
            continue
        real = {(one.milestone, one.stop): one.at for one in told.truth.happened}
        for one in told.sayings:
            report = one.body.get("report", {})
            if report.get("status") in codes:
                at = real[codes[report["status"]], report["stop"]]
                assert report["at"][14:16] == f"{at:%M}"


def test_a_load_taken_late_is_picked_up_late():
    plan = planned()
    order = next(one for one in plan.orders if one.lot == "clean" and not one.cancelled_at)
    late = order.route[0].due_at + timedelta(hours=3)

    told = drive(plan, order, accepted(plan, order, at=late))

    assert told.truth.happened[0].at >= late + timedelta(minutes=60)


def test_the_same_acceptance_gives_the_same_drive():
    plan = planned()
    for order in plan.orders[:60]:
        assert drive(plan, order, accepted(plan, order)) == drive(
            plan, order, accepted(plan, order)
        )


def test_nothing_is_said_of_a_load_that_its_carrier_must_take_once_more():
    plan = planned()
    changed = [one for one in plan.orders if one.revisions and one.revisions[-1].what != "note"]

    assert changed
    for order in changed:
        before = order.revisions[-1].at - MINUTE
        assert drive(plan, order, accepted(plan, order, at=before)).sayings == ()
        assert drive(plan, order, accepted(plan, order)).sayings


def test_a_changed_order_is_driven_as_it_was_changed():
    plan = planned(Asked(seed=3, begins_on=date(2026, 3, 2), days=14, loads_per_day=25))
    moved = [o for o in plan.orders if o.revisions and o.revisions[-1].what == "date"]

    assert moved
    for order in moved:
        before = drive(plan, order, accepted(plan, order, at=order.entered_at + 20 * MINUTE))
        after = drive(plan, order, accepted(plan, order))
        gap = after.truth.happened[0].at - before.truth.happened[0].at
        assert gap > timedelta(hours=20)


def test_an_order_cancelled_in_good_time_is_not_driven_and_owes_nothing():
    for order, told in driven():
        if order.cancelled_at:
            assert told.truth.happened == ()
            assert {one.code for one in told.truth.owed} <= {"tonu"}
            assert bool(told.truth.owed) is _is_late(order)


def test_behaviours_are_such_as_carriers_understand():
    plan = planned()
    for order in plan.orders[:40]:
        for carrier in plan.carriers:
            told = behaviour_of(plan, order, carrier.ref)
            behaviour = msgspec.convert(told, Behaviour)
            assert behaviour.after_minutes < CARRIERS[carrier.ref].response_minutes


def _is_late(order: OrderPlan) -> bool:
    assert order.cancelled_at is not None
    return order.route[0].due_at - order.cancelled_at < timedelta(hours=2)

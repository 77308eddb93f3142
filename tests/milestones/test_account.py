"""What counts of many reports. A truck goes from Dallas (stop 1) to Chicago (stop 2)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.milestones.account import Account, effective
from drawbar.milestones.log import Log, Report
from drawbar.milestones.rules import MilestoneRules
from drawbar.milestones.status import status
from drawbar.milestones.visits import visits

EIGHT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
CHICAGO = Place(name="Globex", zone="America/Chicago")


def stop(number: int, purpose: StopPurpose) -> Stop:
    return Stop(
        number=number,
        purpose=purpose,
        place=CHICAGO,
        earliest_at=EIGHT,
        latest_at=EIGHT + timedelta(hours=1),
    )


STOPS = (stop(1, StopPurpose.PICKUP), stop(2, StopPurpose.DELIVERY))
FOUR = (
    stop(1, StopPurpose.PICKUP),
    stop(2, StopPurpose.PICKUP),
    stop(3, StopPurpose.DELIVERY),
    stop(4, StopPurpose.DELIVERY),
)


def report(
    key: str, kind: K, minute: int = 0, source: Source = Source.CARRIER, at: int = 0
) -> Report:
    happened_at = EIGHT + timedelta(minutes=minute)
    return Report(
        key=key, kind=kind, stop=at, happened_at=happened_at, learned_at=EIGHT, source=source
    )


def account(*reports: Report, stops: tuple[Stop, ...] = STOPS, **terms: object) -> Account:
    log = Log(reports=tuple(sorted(reports, key=lambda one: (one.happened_at, one.key))))
    return effective(log, stops=stops, **terms)


def chosen(of: Account, kind: K, at: int = 2) -> str | None:
    found = of.of(kind, stop=at)
    return found.key if found else None


def test_nothing_reported_is_nothing_happened():
    assert account() == Account()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Source.CARRIER, Source.WMS),
        (Source.WMS, Source.GEOFENCE),
        (Source.GEOFENCE, Source.MANUAL),
    ],
)
def test_of_two_sources_the_better_one_counts_and_both_are_kept(better, worse):
    told = account(report("b", K.DELIVERED, 9, better), report("w", K.DELIVERED, 0, worse))

    (actual,) = told.actuals
    assert (actual.key, actual.also) == ("b", ("w",))
    assert told.conflicts == ()


def test_the_precedence_is_the_firms_own():
    rules = MilestoneRules(precedence=(Source.WMS,))

    told = account(report("c", K.DELIVERED), report("w", K.DELIVERED, 9, Source.WMS), rules=rules)

    assert chosen(told, K.DELIVERED) == "w"


@pytest.mark.parametrize(("minutes", "conflicts"), [(29, 0), (30, 0), (31, 1)])
def test_two_sources_are_one_milestone_within_thirty_minutes(minutes, conflicts):
    told = account(report("c", K.DELIVERED), report("w", K.DELIVERED, minutes, Source.WMS))

    assert len(told.conflicts) == conflicts
    assert chosen(told, K.DELIVERED) == "c", "the better source counts meanwhile"


def test_a_conflict_names_who_said_what():
    told = account(report("c", K.DELIVERED), report("w", K.DELIVERED, 45, Source.WMS))

    (conflict,) = told.conflicts
    assert conflict.text == (
        "delivered at stop 2: carrier says 2026-03-12 08:00 UTC, but wms 2026-03-12 08:45 UTC"
    )
    assert conflict.keys == ("c", "w")


def test_of_one_source_the_first_time_counts_and_a_far_second_is_a_conflict():
    near = account(report("a", K.ARRIVED_DELIVERY), report("b", K.ARRIVED_DELIVERY, 10))
    far = account(report("a", K.ARRIVED_DELIVERY), report("b", K.ARRIVED_DELIVERY, 100))

    assert (chosen(near, K.ARRIVED_DELIVERY), near.conflicts) == ("a", ())
    assert chosen(far, K.ARRIVED_DELIVERY) == "a"
    assert len(far.conflicts) == 1


def test_a_correction_ends_a_conflict():
    wrong = report("w", K.DELIVERED, 45, Source.WMS)
    right = structs.replace(report("w2", K.DELIVERED, 5, Source.WMS), corrects="w")

    assert account(report("c", K.DELIVERED), wrong, right).conflicts == ()


def test_a_report_without_a_stop_is_about_the_only_stop_it_can_mean():
    told = account(report("p", K.ARRIVED_PICKUP), report("d", K.ARRIVED_DELIVERY, 600))

    assert [(one.kind, one.stop) for one in told.actuals] == [
        (K.ARRIVED_PICKUP, 1),
        (K.ARRIVED_DELIVERY, 2),
    ]


@pytest.mark.parametrize("kind", [K.ARRIVED_PICKUP, K.DELIVERED, K.REFUSED, K.ATTEMPTED])
def test_a_report_that_could_be_about_several_stops_moves_nothing_and_says_so(kind):
    told = account(report("x", kind), stops=FOUR)

    assert told.actuals == ()
    (lost,) = told.unassigned
    stops = "1, 2" if kind is K.ARRIVED_PICKUP else "3, 4"
    assert lost.text.endswith(f"from carrier without a stop could be at any of stops {stops}")


def test_our_desk_assigns_such_a_report_with_a_correction():
    vague = report("x", K.DELIVERED)
    exact = structs.replace(report("y", K.DELIVERED, 0, Source.MANUAL, at=3), corrects="x")

    told = account(vague, exact, stops=FOUR)

    assert told.unassigned == ()
    assert chosen(told, K.DELIVERED, at=3) == "y"


@pytest.mark.parametrize(
    ("kind", "at", "why"),
    [
        (K.DELIVERED, 7, "but there are 2 stops"),
        (K.DELIVERED, 1, "at stop 1, which is a pickup"),
        (K.LOADED, 2, "at stop 2, which is a delivery"),
    ],
)
def test_a_report_of_an_impossible_stop_moves_nothing_and_says_so(kind, at, why):
    told = account(report("x", kind, at=at))

    assert told.actuals == ()
    assert why in told.unassigned[0].text


def test_a_pickup_can_be_attempted_too():
    assert chosen(account(report("x", K.ATTEMPTED, at=1)), K.ATTEMPTED, at=1) == "x"


def test_estimates_and_delays_are_not_what_happened():
    told = account(report("e", K.ESTIMATED), report("s", K.DELAYED))

    assert told.actuals == ()
    assert told.unassigned == ()


def test_after_an_attempt_the_redelivery_counts_and_is_no_conflict():
    told = account(
        report("x1", K.ARRIVED_DELIVERY, 0),
        report("ah", K.ATTEMPTED, 40),
        report("cd", K.DEPARTED_DELIVERY, 50),
        report("x1'", K.ARRIVED_DELIVERY, 1440),
        report("d1", K.DELIVERED, 1500),
    )

    assert chosen(told, K.ARRIVED_DELIVERY) == "x1'"
    assert chosen(told, K.DELIVERED) == "d1"
    assert chosen(told, K.DEPARTED_DELIVERY) is None, "it left the first visit, not this one"
    assert told.conflicts == ()


def test_two_attempts_are_two_visits_not_a_conflict():
    told = account(report("ah", K.ATTEMPTED, 0), report("ah'", K.ATTEMPTED, 300))

    assert told.conflicts == ()


def test_a_redelivery_without_an_arrival_has_no_arrival():
    told = account(
        report("x1", K.ARRIVED_DELIVERY, 0),
        report("ah", K.ATTEMPTED, 40),
        report("d1", K.DELIVERED, 1500),
    )

    assert chosen(told, K.ARRIVED_DELIVERY) is None
    assert chosen(told, K.DELIVERED) == "d1"


def test_an_arrival_told_a_little_after_the_attempt_is_still_the_same_visit():
    told = account(
        report("ah", K.ATTEMPTED, 0),
        report("x1", K.ARRIVED_DELIVERY, -5),
        report("fence", K.ARRIVED_DELIVERY, 20, Source.GEOFENCE),
    )

    assert chosen(told, K.ARRIVED_DELIVERY) == "x1"
    assert told.actuals[0].also == ("fence",)


def test_a_clock_on_the_wall_is_read_in_the_zone_of_its_stop():
    wall = structs.replace(report("w", K.DELIVERED), local_at=datetime(2026, 3, 12, 15, 40))  # noqa: DTZ001

    told = account(wall)

    assert told.actuals[0].happened_at == datetime(2026, 3, 12, 20, 40, tzinfo=UTC)


def test_the_last_position_on_the_road_counts():
    told = account(report("a", K.IN_TRANSIT, 0), report("b", K.IN_TRANSIT, 90))

    assert told.first(K.IN_TRANSIT) == told.actuals[0]
    assert told.actuals[0].key == "b"
    assert told.conflicts == ()


def test_asking_for_what_did_not_happen_finds_nothing():
    assert account().of(K.DELIVERED, stop=2) is None
    assert account().first(K.DELIVERED) is None


some_reports = st.lists(
    st.builds(
        report,
        st.text("abcdefgh", min_size=1, max_size=3),
        st.sampled_from(K),
        st.integers(0, 4000),
        st.sampled_from(Source),
        st.integers(0, 5),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)


@given(some_reports.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_when_we_learned_of_it_never_changes_the_account(drawn):
    first, second = drawn
    late = [
        structs.replace(one, learned_at=EIGHT + timedelta(days=number))
        for number, one in enumerate(second)
    ]

    one, other = account(*first, stops=FOUR), account(*late, stops=FOUR)

    assert one.actuals == other.actuals
    assert one.conflicts == other.conflicts
    assert visits(one, stops=FOUR) == visits(other, stops=FOUR)
    assert status(one, stops=FOUR) == status(other, stops=FOUR)


@given(some_reports)
def test_each_thing_happens_once_and_every_report_is_accounted_for(reports):
    told = account(*reports, stops=FOUR)

    things = [(one.stop, one.kind) for one in told.actuals]
    assert len(set(things)) == len(things)
    used = [key for one in told.actuals for key in (one.key, *one.also)]
    lost = [one.report.key for one in told.unassigned]
    assert len(set(used + lost)) == len(used + lost)
    assert {*used, *lost} <= {one.key for one in reports}

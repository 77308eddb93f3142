"""What a carrier is told about waiting, word for word, and at which minute the answer changes.

The truck is due at 10:00 in Chicago on 2026-03-12, at stop 2. Free 120 min, 18.75 per 15 min.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from drawbar.freight.accessorial import ClockStart, DetentionRate, FreeTime
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.contract import Contract, Side
from drawbar.freight.money import Money
from drawbar.freight.order import StopPurpose
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.detention import Forfeited, NotKnown, NotOwed, Owed, detention, terms_at

CHICAGO = ZoneInfo("America/Chicago")
FACTS = ("in", "out")
PLAIN = DetentionRate(clause="D", rate=Decimal("18.75"))
ROWS = (
    FreeTime(from_lb=Decimal(10001), minutes=90),
    FreeTime(from_lb=Decimal(1), minutes=30),
    FreeTime(from_lb=Decimal(5001), minutes=60),
)


def at(clock: str) -> datetime:
    """Read "14:07", of the day that the truck is due, or a whole date and time in Chicago."""
    told = clock if "T" in clock else f"2026-03-12T{clock}"
    return datetime.fromisoformat(told).replace(tzinfo=CHICAGO).astimezone(UTC)


def asked(arrived: str | None, departed: str | None, *, weight: int | None = None, **terms: object):
    contract = Contract(
        contract_ref="ABCD-2026",
        version=4,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        lanes=(),
        detention=structs.replace(PLAIN, **terms),
    )
    visit = Visit(
        stop=2,
        zone="America/Chicago",
        due_at=at("10:00"),
        arrived_at=None if arrived is None else at(arrived),
        departed_at=None if departed is None else at(departed),
        facts=FACTS,
    )
    return detention(contract, visit, weight_lb=None if weight is None else Decimal(weight))


def owed(amount: str, *steps: tuple[str, str]) -> Owed:
    charge = AgreedCharge(
        charge_ref="detention:2",
        charge=Charge(kind=ChargeKind.DETENTION, money=Money(Decimal(amount), "USD"), stop=2),
        why=Explanation(
            rule="detention",
            contract_ref="ABCD-2026",
            contract_version=4,
            clause="D",
            facts=FACTS,
            steps=tuple(Step(text=text, result=result) for text, result in steps),
        ),
    )
    return Owed(charge)


def within(text: str) -> NotOwed:
    return NotOwed(reason=Reason.NO_EVENT, text=text, facts=FACTS)


def unknown(text: str, remedy: str) -> NotKnown:
    return NotKnown(reason=Reason.NO_EVENT, text=text, remedy=remedy, facts=FACTS)


def test_what_is_owed_names_the_clock_the_increments_and_the_rate():
    assert asked("09:40", "14:07") == owed(
        "168.75",
        ("247 min from 10:00 to 14:07, 120 free", "127 min over"),
        ("9 started increments of 15 min at 18.75 USD", "168.75 USD"),
    )


def test_full_increments_are_called_full():
    assert asked("10:00", "12:29", or_fraction=False) == owed(
        "18.75",
        ("149 min from 10:00 to 12:29, 120 free", "29 min over"),
        ("1 full increments of 15 min at 18.75 USD", "18.75 USD"),
    )


def test_less_than_a_full_increment_is_named_with_its_minutes():
    assert asked("10:00", "12:14", or_fraction=False) == within(
        "134 min from 10:00 to 12:14 at stop 2, 14 over 120 free; no full increment"
    )


def test_a_minimum_stands_among_the_steps_where_it_decides_rounded_half_up():
    assert asked("10:00", "12:15", minimum=Decimal("50.005")) == owed(
        "50.01",
        ("135 min from 10:00 to 12:15, 120 free", "15 min over"),
        ("1 started increments of 15 min at 18.75 USD", "18.75 USD"),
        ("below the minimum of 50.01 USD per stop", "50.01 USD"),
    )


def test_at_the_minimum_and_at_the_cap_neither_decides():
    exact = asked("10:00", "12:15", minimum=Decimal("18.75"), cap=Decimal("18.75"))

    assert exact == owed(
        "18.75",
        ("135 min from 10:00 to 12:15, 120 free", "15 min over"),
        ("1 started increments of 15 min at 18.75 USD", "18.75 USD"),
    )


def test_a_rate_in_parts_of_a_cent_is_rounded_once_at_the_end():
    found = asked("10:00", "12:45", rate=Decimal("0.125"))

    # three increments are 0.375, half a cent up; each rounded for itself would be 0.39
    assert found == owed(
        "0.38",
        ("165 min from 10:00 to 12:45, 120 free", "45 min over"),
        ("3 started increments of 15 min at 0.125 USD", "0.38 USD"),
    )


def test_within_free_time_the_minutes_are_told():
    assert asked("10:00", "12:00") == within(
        "120 min from 10:00 to 12:00 at stop 2, 120 min are free"
    )


def test_whoever_leaves_before_the_clock_starts_waited_no_minute():
    assert asked("08:00", "09:30", free_time_minutes=0) == within(
        "0 min from 10:00 to 09:30 at stop 2, 0 min are free"
    )


def test_a_minute_beyond_no_free_time_at_all_is_an_increment():
    assert asked("10:00", "10:01", free_time_minutes=0) == owed(
        "18.75",
        ("1 min from 10:00 to 10:01, 0 free", "1 min over"),
        ("1 started increments of 15 min at 18.75 USD", "18.75 USD"),
    )


def test_who_leaves_in_the_moment_of_arriving_is_no_contradiction():
    assert asked("10:10", "10:10") == within(
        "0 min from 10:10 to 10:10 at stop 2, 120 min are free"
    )


@pytest.mark.parametrize(
    ("clock", "begun", "minutes", "over"),
    [
        (ClockStart.LATER_OF_BOTH, "10:00", 135, 15),
        (ClockStart.APPOINTMENT, "10:00", 135, 15),
        (ClockStart.ARRIVAL, "09:50", 145, 25),
    ],
)
def test_an_early_truck_is_told_from_when_its_clock_ran(clock, begun, minutes, over):
    found = asked("09:50", "12:15", clock=clock)

    assert isinstance(found, Owed)
    assert found.charge.why.steps[0] == Step(
        text=f"{minutes} min from {begun} to 12:15, 120 free", result=f"{over} min over"
    )


def test_a_clock_that_no_rule_is_written_for_is_a_crash_and_never_a_charge():
    with pytest.raises(AssertionError, match="'someday'"):
        asked("09:50", "12:15", clock="someday")


def test_a_stay_into_another_day_is_told_with_both_days():
    found = asked("10:00", "2026-03-13T01:00", cap=Decimal(300))

    assert found == owed(
        "300.00",
        ("900 min from 10:00 to 2026-03-13 01:00, 120 free", "780 min over"),
        ("52 started increments of 15 min at 18.75 USD", "975.00 USD"),
        ("above the cap of 300.00 USD per stop", "300.00 USD"),
    )


def test_an_evening_is_one_day_by_the_clock_of_the_stop():
    contract = Contract(
        contract_ref="ABCD-2026",
        version=4,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        lanes=(),
        detention=PLAIN,
    )
    evening = Visit(
        stop=2,
        zone="America/Chicago",
        due_at=at("20:00"),  # the next day in UTC
        arrived_at=at("18:00"),
        departed_at=at("21:00"),
        facts=FACTS,
    )

    assert detention(contract, evening) == within(
        "60 min from 20:00 to 21:00 at stop 2, 120 min are free"
    )
    early = structs.replace(evening, due_at=at("20:00"), departed_at=at("18:30"))
    assert detention(contract, early) == within(
        "0 min from 20:00 to 18:30 at stop 2, 120 min are free"
    )


def test_a_late_truck_is_told_both_times_and_the_grace():
    assert asked("10:45", "15:00") == Forfeited(
        reason=Reason.LATE_ARRIVAL,
        text="arrived at stop 2 at 10:45, 45 min after the appointment of 10:00; more than 30 min"
        " late forfeits detention",
        facts=FACTS,
    )


@pytest.mark.parametrize(
    ("arrived", "departed", "what"),
    [(None, "15:00", "arrival at"), ("10:00", None, "departure from")],
    ids=["arrival", "departure"],
)
def test_a_time_that_nobody_reported_is_asked_for(arrived, departed, what):
    assert asked(arrived, departed) == unknown(
        f"nobody reported the {what} stop 2", f"Report the {what} stop 2, with its time."
    )


def test_times_that_contradict_each_other_are_told_both():
    assert asked("10:20", "10:10") == unknown(
        "the departure from stop 2 at 10:10 is before the arrival at 10:20",
        "Correct the arrival or the departure.",
    )


@pytest.mark.parametrize(
    ("weight", "known"),
    [
        (None, "no weight is known"),
        (0, "no weight is known"),
        (800, "no row names 800 lb"),
    ],
    ids=["nobody said", "nothing", "below every row"],
)
def test_without_free_time_for_a_weight_a_row_and_the_weight_are_asked_for(weight, known):
    rows = tuple(row for row in ROWS if row.from_lb > 1)

    assert asked("10:00", "15:00", weight=weight, free_time_by_weight=rows) == unknown(
        f"the free time at stop 2 goes by weight (D), and {known}",
        "State the weight of the goods, and a row of free time for it.",
    )


@pytest.mark.parametrize(
    ("weight", "free"),
    [(1, 30), (5000, 30), (5001, 60), (10000, 60), (10001, 90), (44000, 90)],
)
def test_the_row_of_free_time_is_the_heaviest_that_the_load_reaches_in_any_order(weight, free):
    found = asked("10:00", "10:01", weight=weight, free_time_by_weight=ROWS)

    assert found == within(f"1 min from 10:00 to 10:01 at stop 2, {free} min are free")


def test_free_time_by_weight_takes_the_place_of_the_flat_one():
    found = asked("10:00", "10:31", weight=1, free_time_by_weight=ROWS)

    assert isinstance(found, Owed)
    assert found.charge.why.steps[0].result == "1 min over"


def test_without_terms_the_contract_and_its_version_are_named():
    bare = Contract(
        contract_ref="ABCD-2026",
        version=4,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        lanes=(),
    )
    stop = Visit(stop=2, zone="UTC", due_at=at("10:00"), facts=FACTS)

    assert detention(bare, stop) == NotOwed(
        reason=Reason.NOT_AUTHORISED, text="ABCD-2026 version 4 grants no detention"
    )


@pytest.mark.parametrize(
    ("purpose", "clause"),
    [(StopPurpose.DELIVERY, "D2"), (StopPurpose.PICKUP, "D"), (None, "D")],
    ids=["delivery", "pickup", "nobody said what for"],
)
def test_only_deliveries_have_the_terms_of_deliveries(purpose, clause):
    contract = Contract(
        contract_ref="ABCD-2026",
        version=4,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        lanes=(),
        detention=PLAIN,
        detention_at_delivery=structs.replace(PLAIN, clause="D2"),
    )
    stop = Visit(stop=2, zone="UTC", due_at=at("10:00"), purpose=purpose)
    terms = terms_at(contract, stop)

    assert terms is not None
    assert terms.clause == clause

"""Detention under DET-A: 120 minutes free, 18.75 per started 15 minutes, at most 300.00 a stop.

The appointment is at 10:00 in Chicago, at stop 2; more than 30 minutes late forfeits.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.accessorial import DetentionRate
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.detention import Forfeited, NotKnown, NotOwed, Owed, detention

CHICAGO = ZoneInfo("America/Chicago")
DET_A = DetentionRate(clause="DET-A", rate=Decimal("18.75"), cap=Decimal("300.00"))
CONTRACT = Contract(
    contract_ref="ABCD-2026",
    version=4,
    side=Side.BUY,
    party_ref="ABCD",
    currency="USD",
    valid_from=date(2026, 1, 1),
    known_at=datetime(2026, 1, 1, tzinfo=UTC),
    lanes=(),
    detention=DET_A,
)


def at(clock: str, day="2026-03-12") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=CHICAGO).astimezone(UTC)


def visit(arrived: str | None, departed: str | None, due="10:00") -> Visit:
    return Visit(
        stop=2,
        zone="America/Chicago",
        due_at=at(due),
        arrived_at=arrived and at(arrived),
        departed_at=departed and at(departed),
        facts=("in", "out"),
    )


def owed(arrived: str, departed: str, contract=CONTRACT) -> Decimal:
    answer = detention(contract, visit(arrived, departed))
    if isinstance(answer, NotOwed):
        return Decimal("0.00")
    assert isinstance(answer, Owed), answer
    return answer.charge.charge.money.amount


@pytest.mark.parametrize(
    ("departed", "amount"),
    [
        ("14:07", "168.75"),
        ("12:00", "0.00"),
        ("12:00:59", "0.00"),
        ("12:01", "18.75"),
        ("12:15", "18.75"),
        ("12:16", "37.50"),
        ("16:00", "300.00"),
        ("23:00", "300.00"),
    ],
    ids=[
        "worked case",
        "free time ends",
        "partial minute dropped",
        "first minute over",
        "end of the first increment",
        "second increment begins",
        "at the cap",
        "above the cap",
    ],
)
def test_r16_the_clock_runs_from_the_appointment_when_the_truck_is_early(departed, amount):
    assert owed("09:40", departed) == Decimal(amount)


def test_r16_within_grace_the_clock_runs_from_the_arrival():
    assert owed("10:30", "12:30") == 0
    assert owed("10:30", "12:31") == Decimal("18.75")


def test_r16_explains_itself_in_figures():
    answer = detention(CONTRACT, visit("09:40", "14:07"))

    assert isinstance(answer, Owed)
    charge = answer.charge
    assert charge.charge_ref == "detention:2"
    assert (charge.charge.kind, charge.charge.stop) == (ChargeKind.DETENTION, 2)
    assert (charge.why.clause, charge.why.contract_version) == ("DET-A", 4)
    assert charge.why.facts == ("in", "out")
    assert [(step.text, step.result) for step in charge.why.steps] == [
        ("247 min from 10:00 to 14:07, 120 free", "127 min over"),
        ("9 started increments of 15 min at 18.75 USD", "168.75 USD"),
    ]


def test_says_when_the_cap_decides():
    answer = detention(CONTRACT, visit("09:40", "23:00"))

    assert isinstance(answer, Owed)
    assert answer.charge.why.steps[-1].text == "above the cap of 300.00 USD per stop"


def test_at_the_cap_it_does_not_decide():
    answer = detention(CONTRACT, visit("09:40", "16:00"))

    assert isinstance(answer, Owed)
    assert answer.charge.why.steps[-1].result == "300.00 USD"
    assert "cap" not in answer.charge.why.steps[-1].text


def test_without_a_cap_it_runs_on():
    endless = structs.replace(CONTRACT, detention=structs.replace(DET_A, cap=None))

    assert owed("09:40", "23:00", endless) == Decimal("825.00")


def test_r17_a_late_arrival_forfeits():
    answer = detention(CONTRACT, visit("10:45", "15:00"))

    assert isinstance(answer, Forfeited)
    assert answer.reason is Reason.LATE_ARRIVAL
    assert answer.facts == ("in", "out")
    assert "at 10:45, 45 min after the appointment of 10:00" in answer.text


@pytest.mark.parametrize(
    ("arrived", "forfeits"), [("10:30", False), ("10:30:01", True)], ids=["last", "first late"]
)
def test_r17_later_than_the_grace_is_late(arrived, forfeits):
    assert isinstance(detention(CONTRACT, visit(arrived, "15:00")), Forfeited) is forfeits


def test_a_late_arrival_forfeits_before_the_departure_is_known():
    assert isinstance(detention(CONTRACT, visit("10:45", None)), Forfeited)


@pytest.mark.parametrize(
    ("arrived", "departed", "missing"),
    [
        (None, "14:00", "the arrival at stop 2"),
        (None, None, "the arrival at stop 2"),
        ("09:40", None, "the departure from stop 2"),
    ],
)
def test_an_unknown_time_is_never_made_up(arrived, departed, missing):
    answer = detention(CONTRACT, visit(arrived, departed))

    assert isinstance(answer, NotKnown)
    assert missing in answer.text
    assert missing in answer.remedy


def test_a_departure_before_the_arrival_is_no_dwell_of_zero():
    answer = detention(CONTRACT, visit("10:20", "10:10"))

    assert isinstance(answer, NotKnown)
    assert "at 10:10 is before the arrival at 10:20" in answer.text


def test_leaving_before_the_appointment_waited_for_nothing():
    answer = detention(CONTRACT, visit("08:00", "09:30"))

    assert isinstance(answer, NotOwed)
    assert answer.text.startswith("0 min from 10:00 to 09:30 at stop 2")


def test_e01_ninety_five_minutes_are_free():
    answer = detention(CONTRACT, visit("14:05", "15:40", due="14:00"))

    assert answer == NotOwed(
        reason=Reason.NO_EVENT,
        text="95 min from 14:05 to 15:40 at stop 2, 120 min are free",
        facts=("in", "out"),
    )


def test_without_a_clause_nothing_is_granted():
    answer = detention(structs.replace(CONTRACT, detention=None), visit("09:40", "20:00"))

    assert isinstance(answer, NotOwed)
    assert answer.reason is Reason.NOT_AUTHORISED
    assert "ABCD-2026 version 4 grants no detention" in answer.text


def test_a_night_that_the_clocks_change_is_as_long_as_it_was():
    due = datetime(2026, 3, 8, 1, 0, tzinfo=CHICAGO).astimezone(UTC)
    night = Visit(
        stop=1,
        zone="America/Chicago",
        due_at=due,
        arrived_at=due,
        departed_at=datetime(2026, 3, 8, 4, 0, tzinfo=CHICAGO).astimezone(UTC),
    )

    assert isinstance(detention(CONTRACT, night), NotOwed)


def test_another_day_is_written_out():
    answer = detention(
        CONTRACT, structs.replace(visit("09:40", None), departed_at=at("01:00", "2026-03-13"))
    )

    assert isinstance(answer, Owed)
    assert "from 10:00 to 2026-03-13 01:00" in answer.charge.why.steps[0].text


minutes = st.integers(-600, 3000).map(lambda count: timedelta(minutes=count))


@given(minutes, minutes, st.none() | st.decimals(0, 1000, places=2))
def test_never_more_than_the_cap_nor_than_the_stay_is_worth(early, stay, cap):
    due = at("10:00")
    contract = structs.replace(CONTRACT, detention=structs.replace(DET_A, cap=cap))
    stop = Visit(
        stop=1, zone="UTC", due_at=due, arrived_at=due + early, departed_at=due + early + stay
    )
    answer = detention(contract, stop)

    if isinstance(answer, Owed):
        money = answer.charge.charge.money
        assert money.amount <= Decimal("18.75") * (stay // timedelta(minutes=15))
        assert cap is None or money.amount <= cap
        assert stay > timedelta(minutes=120)
    assert isinstance(answer, NotKnown) is (stay < timedelta(0) and early <= timedelta(minutes=30))

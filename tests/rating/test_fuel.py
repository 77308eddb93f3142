"""The fuel surcharge on a linehaul of 1,480.00 USD unless said."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Contract, Side
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.unrated import Unrated


def row(percent: str, begins: date, ends: date | None = None, clause="F") -> FuelRate:
    return FuelRate(clause=clause, percent=Decimal(percent), valid_from=begins, valid_to=ends)


def surcharge(*rows: FuelRate, on: date, linehaul="1480.00") -> AgreedCharge:
    answer = answered(*rows, on=on, linehaul=linehaul)
    assert isinstance(answer, tuple), answer
    (charge,) = answer
    return charge


def answered(*rows: FuelRate, on: date, linehaul="1480.00"):
    contract = Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
        lanes=(),
        fuel=rows,
    )
    return fuel_surcharge(contract, Money(Decimal(linehaul), "USD"), on=on)


WEEK_1 = row("29.0", date(2026, 3, 11), date(2026, 3, 18), "F-0311")
WEEK_2 = row("31.0", date(2026, 3, 18), date(2026, 3, 25), "F-0318")


@pytest.mark.parametrize(
    ("on", "amount"),
    [(date(2026, 3, 17), "429.20"), (date(2026, 3, 18), "458.80")],
    ids=["last day of the week", "first day of the next"],
)
def test_r08_the_row_of_the_pickup_day_counts(on, amount):
    charge = surcharge(WEEK_2, WEEK_1, on=on)

    assert charge.charge.money == Money(Decimal(amount), "USD")
    assert not charge.provisional


def test_says_which_row_and_what_it_is_a_percent_of():
    why = surcharge(WEEK_1, WEEK_2, on=date(2026, 3, 17)).why

    assert why.clause == "F-0311"
    assert why.steps[0].text == "row F-0311, in force from 2026-03-11, for 2026-03-17"
    assert why.steps[1].text == "29 % of the linehaul of 1,480.00 USD"
    assert why.steps[1].result == "429.20 USD"


def test_r02_half_a_cent_is_rounded_up():
    charge = surcharge(row("28.5", date(2026, 1, 1)), on=date(2026, 3, 1), linehaul="95.00")

    assert charge.charge.money == Money(Decimal("27.08"), "USD")


def test_a_row_without_an_end_holds_until_the_next_begins():
    rows = row("20", date(2026, 1, 1)), row("22", date(2026, 2, 1))

    assert surcharge(*rows, on=date(2026, 1, 31)).charge.money.amount == Decimal("296.00")
    assert surcharge(*rows, on=date(2026, 2, 1)).charge.money.amount == Decimal("325.60")


@pytest.mark.parametrize(
    ("on", "clause"),
    [(date(2026, 4, 2), "F-0318"), (date(2026, 3, 10), "F-0311")],
    ids=["after the last row: the last", "before the first row: the first"],
)
def test_without_a_row_the_nearest_stands_in_and_is_marked(on, clause):
    charge = surcharge(WEEK_1, WEEK_2, on=on)

    assert charge.provisional
    assert charge.charge.money.amount > 0
    assert charge.why.clause == clause
    assert charge.why.steps[-1].text == (
        f"provisional: no row covers {on}, so the nearest, {clause}, stands in for it"
    )


def test_in_a_gap_the_row_before_stands_in():
    later = row("35", date(2026, 4, 8), clause="F-0408")

    charge = surcharge(later, WEEK_1, WEEK_2, on=date(2026, 4, 1))

    assert (charge.why.clause, charge.provisional) == ("F-0318", True)


def test_on_the_day_that_a_row_ends_it_holds_no_more():
    assert not surcharge(WEEK_1, on=date(2026, 3, 17)).provisional
    assert surcharge(WEEK_1, on=date(2026, 3, 18)).provisional


def test_two_rows_that_say_the_same_are_one():
    twice = row("20", date(2026, 1, 1), clause="B"), row("20.0", date(2026, 1, 1), clause="A")

    assert surcharge(*twice, on=date(2026, 3, 1)).why.clause == "A"


def test_a_contract_without_fuel_table_grants_no_surcharge():
    assert answered(on=date(2026, 3, 1)) == ()


def test_two_percents_for_one_day_are_never_chosen_between():
    answer = answered(
        row("20", date(2026, 1, 1), clause="A"), row("21", date(2026, 1, 1), clause="B"),
        on=date(2026, 3, 1),
    )  # fmt: skip

    assert isinstance(answer, Unrated)
    assert "A (20 %) and B (21 %)" in answer.text


days = st.dates(date(2026, 1, 1), date(2026, 2, 15))
rows = st.builds(
    row, st.decimals("0.1", 60, places=1).map(str), days, st.none() | days, st.sampled_from("AB")
)


@given(st.lists(rows, min_size=1, max_size=4), days)
def test_a_fuel_table_is_never_silently_no_surcharge(table, on):
    answer = answered(*table, on=on)

    if isinstance(answer, tuple):
        (charge,) = answer
        covered = any(r.valid_from <= on and (r.valid_to is None or on < r.valid_to) for r in table)
        assert charge.charge.money.amount > 0
        assert charge.provisional is not covered
    assert answered(*reversed(table), on=on) == answer

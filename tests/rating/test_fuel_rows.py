"""How a fuel surcharge by date explains itself, on a linehaul of 1,480.00 USD on 2026-03-12."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.fuel import FuelRate, FuelTerms
from drawbar.freight.money import Money
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import contract

ON = date(2026, 3, 12)
HAUL = Money(Decimal("1480.00"), "USD")


def surcharge(amount: str, *told: tuple[str, str], clause: str, **changes: object):
    charge = AgreedCharge(
        charge_ref="fuel_surcharge",
        charge=Charge(kind=ChargeKind.FUEL_SURCHARGE, money=Money(Decimal(amount), "USD")),
        why=Explanation(
            rule="fuel_surcharge",
            contract_ref="ABCD-2026",
            contract_version=3,
            clause=clause,
            steps=tuple(Step(text=text, result=result) for text, result in told),
        ),
    )
    return (structs.replace(charge, **changes),)


def row(clause: str, percent: str, begins: str, ends: str | None = None) -> FuelRate:
    return FuelRate(
        clause=clause,
        percent=Decimal(percent),
        valid_from=date.fromisoformat(f"2026-{begins}"),
        valid_to=None if ends is None else date.fromisoformat(f"2026-{ends}"),
    )


def by_date(*rows: FuelRate, **more: object):
    return fuel_surcharge(contract(fuel=rows, **more), HAUL, on=ON)


def test_a_row_by_date_says_its_days_and_its_percent():
    assert by_date(row("R", "28.755", "03-12")) == surcharge(
        "425.57",  # 425.574
        ("row R, in force from 2026-03-12, for 2026-03-12", ""),
        ("28.755 % of the linehaul of 1,480.00 USD", "425.57 USD"),
        clause="R",
    )


def test_a_row_that_ended_since_takes_nothing_from_one_that_holds_on():
    (charge,) = by_date(row("A", "10", "01-01"), row("B", "20", "02-01", "02-08"))

    assert (charge.why.clause, charge.provisional) == ("A", False)


@pytest.mark.parametrize(
    ("rows", "clause", "begins"),
    [
        ((row("A", "10", "02-01", "02-08"), row("B", "10", "02-08", "03-12")), "B", "02-08"),
        ((row("A", "10", "03-13"), row("B", "10", "03-20")), "A", "03-13"),
        ((row("A", "10", "02-01", "02-08"), row("B", "10", "03-12", "03-12")), "B", "03-12"),
    ],
    ids=["the last before", "the first after", "one that ended on its own first day"],
)
def test_the_row_that_stands_in_is_named_and_its_surcharge_provisional(rows, clause, begins):
    for table in (rows, rows[::-1]):
        assert by_date(*table) == surcharge(
            "148.00",
            (f"row {clause}, in force from 2026-{begins}, for 2026-03-12", ""),
            ("10 % of the linehaul of 1,480.00 USD", "148.00 USD"),
            (
                f"provisional: no row covers 2026-03-12, so the nearest, {clause}, stands in"
                " for it",
                "",
            ),
            clause=clause,
            provisional=True,
        )


def test_two_percents_for_one_day_are_both_named():
    assert by_date(row("B", "21.50", "03-01"), row("A", "20", "03-01")) == Unrated(
        text="Two fuel rows say different percents for 2026-03-12: A (20 %) and B (21.5 %).",
        remedy="Keep one of them, or end one before the other begins.",
    )


def test_fuel_by_date_and_by_index_are_told_apart():
    assert by_date(
        row("R", "10", "01-01"), fuel_index=FuelTerms(clause="F", index="EIA")
    ) == Unrated(
        text="ABCD-2026 version 3 states fuel both by date and by index.",
        remedy="Keep either fuel or fuel_index.",
    )

"""Fuel schedules as others published them, restated as contracts, with the figures that they print.

None of these figures is ours: each case names the document that states the price, the days on which
it holds and what the surcharge is.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.freight.contract import Contract, Side
from drawbar.freight.fuel import (
    FuelBand,
    FuelFormula,
    FuelSteps,
    FuelTerms,
    FuelWindow,
    IndexPrice,
    StepRule,
)
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.rating.fuel import fuel_surcharge
from drawbar.rating.fuel_index import Surcharge, surcharge


def owed(terms: FuelTerms, figure: str, *, price_on: date, on: date, base="1000.00", miles="0"):
    contract = Contract(
        contract_ref="PUBLISHED",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2000, 1, 1),
        known_at=datetime(2000, 1, 1, tzinfo=UTC),
        lanes=(),
        fuel_index=terms,
    )
    price = IndexPrice(
        index=terms.index,
        price_on=price_on,
        price=Decimal(figure),
        known_at=datetime(2000, 1, 1, tzinfo=UTC),
    )
    (charge,) = fuel_surcharge(
        contract,
        Money(Decimal(base), "USD"),
        on=on,
        miles=Decimal(miles),
        market=Market(prices=(price,)),
    )
    return None if charge.provisional else str(charge.charge.money.amount)


GSA = FuelTerms(
    clause="GSA formula effective December 1, 2013",
    index="EIA",
    window=FuelWindow(day_of_month=15, first_of_month=True),
    formula=FuelFormula(peg=Decimal("2.999"), miles_per_gallon=Decimal(5)),
)


def test_gsa_household_goods_formula():
    """American Moving & Storage Association, fuel surcharge page (moving.org), GSA formula.

    Its example: 3.999 a gallon, 750 miles, 5 miles a gallon and a base of 2.999 make 150.00.
    """
    day = date(2018, 8, 20)

    assert owed(GSA, "3.999", price_on=date(2018, 8, 6), on=day, miles="750") == "150.00"


TR_12 = FuelTerms(
    clause="SDDC TR-12, 1.30 baseline with increments of .10",
    index="EIA",
    window=FuelWindow(day_of_month=15, first_of_month=True),
    steps=FuelSteps(
        base_price=Decimal("1.30"),
        step=Decimal("0.10"),
        rule=StepRule.OR_FRACTION,
        percent=Decimal(1),
    ),
)


@pytest.mark.parametrize(
    ("published", "figure", "first", "last", "percent"),
    [
        (date(2001, 5, 7), "1.47", date(2001, 5, 15), date(2001, 6, 14), "20.00"),
        (date(2001, 6, 4), "1.514", date(2001, 6, 15), date(2001, 7, 14), "30.00"),
        (date(2001, 7, 2), "1.407", date(2001, 7, 15), date(2001, 8, 14), "20.00"),
        (date(2001, 8, 6), "1.345", date(2001, 8, 15), date(2001, 9, 14), "10.00"),
        (date(2009, 1, 5), "2.291", date(2009, 1, 15), date(2009, 2, 14), "100.00"),
    ],
    ids=["May 2001", "June 2001", "July 2001", "August 2001", "January 2009"],
)
def test_sddc_fuel_related_rate_adjustment(published, figure, first, last, percent):
    """Military Surface Deployment and Distribution Command, TR-12, published table, column 5.

    The price of a month's first Monday counts for pickups from the 15th to the 14th of the next
    month; the table states date, period, price and percent. Of 1,000.00 a percent is 10.00.
    """
    assert owed(TR_12, figure, price_on=published, on=first) == percent
    assert owed(TR_12, figure, price_on=published, on=last) == percent
    after = date(last.year, last.month, last.day + 1)
    assert owed(TR_12, figure, price_on=published, on=after) is None  # another month's


PAN_AM = FuelTerms(
    clause="Fuel Surcharge Tariff 19003",
    index="HDF",
    window=FuelWindow(day_of_month=1, months_later=2),
    steps=FuelSteps(
        base_price=Decimal("2.46"),
        step=Decimal("0.04"),
        rule=StepRule.FULL_STEPS,
        per_mile=Decimal("0.018"),
    ),
)


@pytest.mark.parametrize(
    ("basis", "figure", "effective", "per_mile"),
    [
        (date(2023, 10, 1), "4.507", date(2023, 12, 31), "0.9180"),
        (date(2023, 11, 1), "4.254", date(2024, 1, 1), "0.7920"),
        (date(2023, 12, 1), "3.972", date(2024, 2, 29), "0.6660"),
        (date(2024, 1, 1), "3.854", date(2024, 3, 1), "0.6120"),
        (date(2024, 2, 1), "4.044", date(2024, 4, 30), "0.7020"),
        (date(2024, 3, 1), "4.022", date(2024, 5, 31), "0.7020"),
        (date(2024, 4, 1), "4.002", date(2024, 6, 1), "0.6840"),
        (date(2024, 5, 1), "3.822", date(2024, 7, 31), "0.6120"),
        (date(2024, 6, 1), "3.722", date(2024, 8, 1), "0.5580"),
        (date(2024, 7, 1), "3.810", date(2024, 9, 30), "0.5940"),
        (date(2024, 8, 1), "3.700", date(2024, 10, 31), "0.5580"),
        (date(2024, 9, 1), "3.558", date(2024, 11, 1), "0.4860"),
        (date(2024, 10, 1), "3.585", date(2024, 12, 31), "0.5040"),
    ],
    ids=str,
)
def test_pan_am_southern_tariff_19003(basis, figure, effective, per_mile):
    """Pan Am Southern, Fuel Surcharge Tariff 19003, published rows of 2023-12 to 2024-12.

    The average of a basis month counts for the calendar month two later, in dollars a mile. The
    rows fix the steps: 0.018 for each full 0.04 above 2.46. A load of 1,000 miles shows the rate.
    """
    expected = f"{Decimal(per_mile) * 1000:.2f}"

    assert owed(PAN_AM, figure, price_on=basis, on=effective, miles="1000") == expected


def schedule(*rows: tuple[str, str, str]) -> FuelTerms:
    bands = tuple(
        FuelBand(
            from_price=Decimal(begin),
            to_price=Decimal(begin) + Decimal("0.05"),
            percent=Decimal(percent),
        )
        for begin, _, percent in rows
    )
    return FuelTerms(clause="schedule A", index="EIA", window=FuelWindow(weekday=0), bands=bands)


OLTG = (
    ("1.001", "1.050", "1.0"),
    ("1.501", "1.550", "6.0"),
    ("2.451", "2.500", "15.5"),
    ("3.001", "3.050", "21.0"),
    ("3.501", "3.550", "26.0"),
)


@pytest.mark.parametrize(("first", "last", "percent"), OLTG)
def test_a_published_table_of_percents_by_band(first, last, percent):
    """Fuel surcharge schedule at oltg.com/FSC.htm, column A: both ends of five of its rows."""
    for figure in (first, last):
        found = surcharge(schedule(*OLTG), Decimal(figure))
        assert isinstance(found, Surcharge)
        assert found.percent == Decimal(percent)

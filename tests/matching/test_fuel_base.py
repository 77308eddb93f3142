"""What a fuel surcharge was taken of, as far as the figures show. Fuel is 25 % of linehaul."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money
from drawbar.freight.verdict import OpenCharge, Reason
from drawbar.matching.reason import Priced, excess_reason

Kind = ChargeKind


def line(kind: Kind, amount: str, currency: str) -> BillLine:
    return BillLine(number=1, kind=kind, money=Money(Decimal(amount), currency))


def agreed(kind: Kind, amount: str, currency: str) -> OpenCharge:
    charge = Charge(kind=kind, money=Money(Decimal(amount), currency))
    one = AgreedCharge(charge_ref=kind.value, charge=charge, why=Explanation(rule="test"))
    return OpenCharge(agreed=one, used=Money(Decimal(0), currency))


def told(
    billed: str,
    extras: dict[Kind, str],
    *,
    haul: str,
    fuel: str,
    billed_haul: str = "",
    currency: str = "USD",
    rows: tuple[FuelRate, ...] = (),
):
    """Return why fuel is billed so, beside these accessorials, where haul and fuel are agreed."""
    surcharge = line(Kind.FUEL_SURCHARGE, billed, currency)
    lines = (
        line(Kind.LINEHAUL, billed_haul or haul, currency),
        surcharge,
        *(line(kind, amount, currency) for kind, amount in extras.items()),
    )
    charges = (agreed(Kind.LINEHAUL, haul, currency), agreed(Kind.FUEL_SURCHARGE, fuel, currency))
    return excess_reason(surcharge, Priced(lines=lines, agreed=charges, fuel=rows))


def test_m19_fuel_on_one_of_two_accessorials_names_it():
    extras = {Kind.DETENTION: "100.00", Kind.LUMPER: "200.00"}

    assert told("462.50", extras, haul="1650.00", fuel="412.50") == (
        Reason.FUEL_BASE,
        "25 % of 1,850.00 USD, linehaul and lumper; "
        "the contract's base is the linehaul of 1,650.00 USD",
    )


def test_m19_fuel_on_two_of_three_accessorials_names_both():
    extras = {Kind.LUMPER: "200.00", Kind.STOP_OFF: "100.00", Kind.LIFTGATE: "50.00"}

    assert told("487.50", extras, haul="1650.00", fuel="412.50") == (
        Reason.FUEL_BASE,
        "25 % of 1,950.00 USD, linehaul and lumper and stop off; "
        "the contract's base is the linehaul of 1,650.00 USD",
    )


def test_m19_fuel_on_the_agreed_linehaul_counts_where_linehaul_is_billed_too_high():
    extras = {Kind.LUMPER: "200.00"}

    reason, text = told("462.50", extras, haul="1650.00", fuel="412.50", billed_haul="1700.00")

    assert (reason, text[:25]) == (Reason.FUEL_BASE, "25 % of 1,850.00 USD, lin")


@pytest.mark.parametrize(
    ("billed", "reason"),
    [("74.98", Reason.FUEL_BASE), ("74.97", Reason.RATE), ("75.02", Reason.FUEL_BASE),
     ("75.03", Reason.RATE)],
    ids=["rounded down", "a cent below", "rounded up", "a cent above"],
)  # fmt: skip
def test_m19_half_a_cent_of_either_amount_may_be_between_them(billed, reason):
    """25.00 of 100.00 may be 25.005 %: of 300.00 that is 75.015, which is billed as 75.02."""
    assert told(billed, {Kind.LUMPER: "200.00"}, haul="100.00", fuel="25.00")[0] is reason


@pytest.mark.parametrize(
    ("billed", "extra", "haul", "fuel"),
    [("201.00", "200.00", "1.00", "1.00"), ("25.25", "1.00", "100.00", "25.00")],
    ids=["of a linehaul of 1.00", "of an accessorial of 1.00"],
)
def test_m19_small_amounts_count_like_large_ones(billed, extra, haul, fuel):
    answer = told(billed, {Kind.LUMPER: extra}, haul=haul, fuel=fuel)

    assert answer[0] is Reason.FUEL_BASE


def test_m19_where_no_fuel_was_agreed_it_has_no_base():
    assert told("0.01", {Kind.LUMPER: "200.00"}, haul="100.00", fuel="0.00") == (Reason.RATE, "")


def test_m19_a_currency_without_cents_is_rounded_to_whole_units():
    """333 of 1,000 JPY is 33.3 %; of 1,200 JPY 33.33 % is 400."""
    answer = told("400", {Kind.LUMPER: "200"}, haul="1000", fuel="333", currency="JPY")

    assert answer == (
        Reason.FUEL_BASE,
        "33.3 % of 1,200 JPY, linehaul and accessorials; "
        "the contract's base is the linehaul of 1,000 JPY",
    )


def test_r08_the_row_of_another_week_is_taken_in_the_currency_of_the_bill():
    """29 % of 1,485 JPY is 430.65, so 431."""
    row = FuelRate(clause="F-0311", percent=Decimal("29.0"), valid_from=date(2026, 3, 11))

    answer = told("431", {}, haul="1485", fuel="460", currency="JPY", rows=(row,))

    assert answer == (
        Reason.FUEL_WEEK,
        "29 % of 1,485 JPY is row F-0311, in force from 2026-03-11, another week's",
    )

"""Which reason a line gets: only one that the figures or the events show."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money
from drawbar.freight.verdict import OpenCharge, Reason
from drawbar.matching.reason import REMEDY, Priced, excess_reason, unagreed_reason

Kind = ChargeKind


def usd(amount: str | int) -> Money:
    return Money(Decimal(amount), "USD")


def line(kind: Kind, amount: str, stop=0) -> BillLine:
    return BillLine(number=1, kind=kind, money=usd(amount), stop=stop)


def agreed(kind: Kind, amount: str) -> OpenCharge:
    charge = Charge(kind=kind, money=usd(amount))
    one = AgreedCharge(charge_ref=kind.value, charge=charge, why=Explanation(rule="test"))
    return OpenCharge(agreed=one, used=usd(0))


ROWS = (
    FuelRate(clause="F-0311", percent=Decimal("29.0"), valid_from=date(2026, 3, 11)),
    FuelRate(clause="F-0318", percent=Decimal("31.0"), valid_from=date(2026, 3, 18)),
)


def fuel_reason(billed: str, *others: BillLine, haul="1480.00", fuel="429.20", rows=ROWS):
    surcharge = line(Kind.FUEL_SURCHARGE, billed)
    lines = (line(Kind.LINEHAUL, haul), surcharge, *others)
    charges = (agreed(Kind.LINEHAUL, haul), agreed(Kind.FUEL_SURCHARGE, fuel))
    return excess_reason(surcharge, Priced(lines=lines, agreed=charges, fuel=rows))


def test_r08_the_row_of_another_week_is_recognised():
    reason, text = fuel_reason("458.80")

    assert reason is Reason.FUEL_WEEK
    assert text == ("31 % of 1,480.00 USD is row F-0318, in force from 2026-03-18, another week's")


@pytest.mark.parametrize("billed", ["458.79", "458.81", "500.00"])
def test_a_cent_beside_a_row_is_no_other_week(billed):
    assert fuel_reason(billed) == (Reason.RATE, "")


def test_without_the_fuel_table_no_week_is_claimed():
    assert fuel_reason("458.80", rows=()) == (Reason.RATE, "")


def test_m19_a_surcharge_on_the_accessorials_is_recognised():
    extra = line(Kind.LUMPER, "200.00")

    reason, text = fuel_reason("462.50", extra, haul="1650.00", fuel="412.50", rows=())

    assert reason is Reason.FUEL_BASE
    assert text == (
        "25 % of 1,850.00 USD, linehaul and accessorials; "
        "the contract's base is the linehaul of 1,650.00 USD"
    )


@pytest.mark.parametrize(
    ("billed", "reason"),
    [("462.48", Reason.RATE), ("462.49", Reason.FUEL_BASE), ("462.51", Reason.FUEL_BASE),
     ("462.52", Reason.RATE)],
)  # fmt: skip
def test_m19_only_rounding_may_be_between_them(billed, reason):
    extra = line(Kind.LUMPER, "200.00")

    assert fuel_reason(billed, extra, haul="1650.00", fuel="412.50", rows=())[0] is reason


def test_m19_neither_tax_nor_another_currency_is_part_of_that_base():
    pesos = BillLine(number=9, kind=Kind.LUMPER, money=Money(Decimal(200), "MXN"))
    tax = line(Kind.TAX, "200.00")

    for extra in (pesos, tax):
        assert fuel_reason("462.50", extra, haul="1650.00", fuel="412.50")[0] is Reason.RATE


def test_m19_a_surcharge_on_the_billed_linehaul_and_accessorials_is_recognised():
    surcharge = line(Kind.FUEL_SURCHARGE, "475.00")
    lines = (line(Kind.LINEHAUL, "1700.00"), surcharge, line(Kind.LUMPER, "200.00"))
    charges = (agreed(Kind.LINEHAUL, "1650.00"), agreed(Kind.FUEL_SURCHARGE, "412.50"))

    assert excess_reason(surcharge, Priced(lines=lines, agreed=charges))[0] is Reason.FUEL_BASE


def test_a_surcharge_that_follows_a_high_linehaul_is_no_other_base():
    surcharge = line(Kind.FUEL_SURCHARGE, "450.00")
    charges = (agreed(Kind.LINEHAUL, "1650.00"), agreed(Kind.FUEL_SURCHARGE, "412.50"))
    priced = Priced(lines=(line(Kind.LINEHAUL, "1800.00"), surcharge), agreed=charges)

    assert excess_reason(surcharge, priced) == (Reason.RATE, "")


def test_a_surcharge_without_agreed_linehaul_shows_nothing():
    surcharge = line(Kind.FUEL_SURCHARGE, "475.00")
    lines = (surcharge, line(Kind.LUMPER, "200.00"))
    priced = Priced(lines=lines, agreed=(agreed(Kind.FUEL_SURCHARGE, "412.50"),), fuel=())

    assert excess_reason(surcharge, priced) == (Reason.RATE, "")


@pytest.mark.parametrize(
    ("kind", "reason"), [(Kind.LINEHAUL, Reason.RATE), (Kind.TAX, Reason.TAX)], ids=str
)
def test_any_other_excess_is_what_its_kind_says(kind, reason):
    assert excess_reason(line(kind, "1.00"), Priced(lines=(), agreed=())) == (reason, "")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Kind.DETENTION, Reason.NO_EVENT),
        (Kind.LINEHAUL, Reason.RATE),
        (Kind.FUEL_SURCHARGE, Reason.RATE),
        (Kind.TAX, Reason.TAX),
        (Kind.LUMPER, Reason.NOT_AUTHORISED),
        (Kind.OTHER, Reason.NOT_AUTHORISED),
    ],
    ids=str,
)
def test_what_nobody_agreed_to_is_answered_by_its_kind(kind, reason):
    assert unagreed_reason(line(kind, "1.00"), {}) == (reason, "nothing was agreed for it")


WHY_NOT = {
    (Kind.DETENTION, 1): (Reason.NO_EVENT, "60 min, 120 are free"),
    (Kind.DETENTION, 2): (Reason.LATE_ARRIVAL, "45 min late"),
}


@pytest.mark.parametrize(
    ("stop", "reason", "text"),
    [
        (1, Reason.NO_EVENT, "60 min, 120 are free"),
        (2, Reason.LATE_ARRIVAL, "45 min late"),
        (0, Reason.LATE_ARRIVAL, "60 min, 120 are free; 45 min late"),
        (3, Reason.NO_EVENT, "nothing was agreed for it"),
    ],
    ids=["stop 1", "stop 2", "no stop named", "a stop that nobody knows"],
)
def test_what_the_events_say_is_answered(stop, reason, text):
    assert unagreed_reason(line(Kind.DETENTION, "1.00", stop), WHY_NOT) == (reason, text)


def test_one_kind_is_not_answered_for_another():
    assert unagreed_reason(line(Kind.LUMPER, "1.00", 2), WHY_NOT)[0] is Reason.NOT_AUTHORISED


def test_an_answer_about_the_whole_shipment_counts_at_every_stop():
    why_not = {(Kind.DETENTION, 0): (Reason.NOT_AUTHORISED, "no clause")}

    assert unagreed_reason(line(Kind.DETENTION, "1.00", 2), why_not)[1] == "no clause"


def test_every_reason_that_is_given_says_what_would_mend_it():
    of_whole_bills = {
        Reason.AMBIGUOUS, Reason.REFERENCE_CONFLICT, Reason.MATCH_FAILURE, Reason.CONTROL_TOTAL,
    }  # fmt: skip

    assert set(REMEDY) == set(Reason) - of_whole_bills

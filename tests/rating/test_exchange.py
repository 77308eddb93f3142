"""Charges of a contract in EUR that is settled in USD: whose rate, of which day, and if none."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.exchange import ExchangeDay, ExchangeRate, ExchangeTerms
from drawbar.freight.lane import LaneRate
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.freight.tax import TaxTerms
from drawbar.freight.visit import Visit
from drawbar.rating.exchange_variance import Variance, variance
from drawbar.rating.pricing import Priced, price
from drawbar.rating.unrated import Unrated

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
PICKUP = datetime(2026, 3, 13, 3, tzinfo=UTC)  # the 12th in Chicago
HOME = Place(name="A", zone="America/Chicago")
TERMS = ExchangeTerms(clause="X", source="ECB", day=ExchangeDay.PICKUP, settle_in="USD")


def quoted(day: int, figure: str, *, base="EUR", quote="USD", learned=0) -> ExchangeRate:
    return ExchangeRate(
        source="ECB",
        base=base,
        quote=quote,
        rate_on=date(2026, 3, day),
        rate=Decimal(figure),
        known_at=KNOWN + timedelta(days=learned),
    )


def asked(*rates: ExchangeRate, terms: ExchangeTerms | None = TERMS, **changes: object):
    contract = Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="EUR",
        valid_from=date(2026, 1, 1),
        known_at=KNOWN,
        lanes=(LaneRate(clause="L", flat=Decimal("1000.05")),),
        exchange=terms,
    )
    load = Movement(
        origin=HOME,
        destination=HOME,
        visits=(
            Visit(stop=1, zone=HOME.zone, due_at=PICKUP, departed_at=PICKUP),
            Visit(stop=2, zone="UTC", due_at=PICKUP + timedelta(days=3)),
        ),
        approvals=changes.pop("approvals", ()),
        invoiced_on=changes.pop("invoiced_on", None),
    )
    return price(
        [structs.replace(contract, **changes)],
        load,
        party_ref="ABCD",
        side=Side.BUY,
        known_at=KNOWN + timedelta(days=200),
        market=Market(exchange=rates),
    )


def charges(*rates: ExchangeRate, **changes: object):
    found = asked(*rates, **changes)
    assert isinstance(found, Priced), found
    return found.rated.charges


def moneys(*rates: ExchangeRate, **changes: object) -> dict[str, str]:
    return {one.charge_ref: str(one.charge.money) for one in charges(*rates, **changes)}


def test_the_day_is_that_of_the_pickup_there_and_the_explanation_names_source_date_and_rate():
    (haul,) = charges(quoted(12, "1.0832"), quoted(13, "1.2"))

    assert haul.charge.money == Money(Decimal("1083.25"), "USD")  # 1,083.25416
    assert not haul.provisional
    assert haul.why.steps[-1].text == ("1,000.05 EUR at 1.0832 USD per EUR, ECB of 2026-03-12 (X)")


def test_a_rate_that_is_quoted_the_other_way_round_divides():
    assert moneys(quoted(12, "0.923", base="USD", quote="EUR")) == {"linehaul": "1,083.48 USD"}


@pytest.mark.parametrize(
    ("into", "figure", "owed"), [("JPY", "158.37", "158,378 JPY"), ("BHD", "0.4083", "408.320 BHD")]
)
def test_each_line_is_rounded_to_the_smallest_unit_of_its_currency(into, figure, owed):
    terms = structs.replace(TERMS, settle_in=into)

    assert moneys(quoted(12, figure, quote=into), terms=terms) == {"linehaul": owed}


@pytest.mark.parametrize(("day", "provisional"), [(8, False), (7, True)])
def test_a_rate_holds_for_so_many_days_and_then_stands_in_provisionally(day, provisional):
    (haul,) = charges(quoted(day, "1.10"))

    assert haul.provisional is provisional
    assert haul.awaits == (("ECB",) if provisional else ())
    assert haul.charge.money == Money(Decimal("1100.06"), "USD")


def test_without_any_rate_there_is_no_figure_and_never_one_to_one():
    for rates in ((), (quoted(14, "1.1"),), (quoted(12, "1.1", quote="GBP"),)):
        found = asked(*rates)
        assert isinstance(found, Unrated)
        assert found.awaits == ("ECB",)


def test_a_later_word_about_a_day_corrects_the_earlier():
    first, later = quoted(12, "1.5"), quoted(12, "1.1", learned=2)

    assert moneys(first, later) == moneys(later, first) == {"linehaul": "1,100.06 USD"}


def test_two_words_at_once_are_nobodys_to_choose():
    assert isinstance(asked(quoted(12, "1.5"), quoted(12, "1.1")), Unrated)


def test_by_the_day_of_the_bill_it_is_provisional_until_there_is_one():
    terms = structs.replace(TERMS, day=ExchangeDay.INVOICE)
    rates = quoted(12, "1.1"), quoted(20, "1.2")

    (before,) = charges(*rates, terms=terms)
    assert (before.provisional, str(before.charge.money)) == (True, "1,200.06 USD")
    (after,) = charges(*rates, terms=terms, invoiced_on=date(2026, 3, 15))
    assert (after.provisional, str(after.charge.money)) == (False, "1,100.06 USD")


def test_tax_is_of_what_is_settled_and_an_approval_may_be_in_either_currency():
    tax = (TaxTerms(clause="T", category="S", percent=Decimal(10)),)
    given_in = [
        Approval(
            kind=ChargeKind.LUMPER,
            money=Money(Decimal(50), currency),
            stop=2,
            approved_by="Ines",
            reason="seen",
            fact=currency,
        )
        for currency in ("EUR", "USD")
    ]

    assert moneys(quoted(12, "1.1"), tax=tax, approvals=tuple(given_in)) == {
        "linehaul": "1,100.06 USD",
        "lumper:2:EUR": "55.00 USD",
        "lumper:2:USD": "50 USD",
        "tax:S": "120.51 USD",
    }


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def test_a_difference_is_split_into_price_and_exchange():
    split = variance(
        agreed=Money(Decimal("1000.00"), "EUR"),
        expected_rate=Decimal("1.08"),
        billed=Money(Decimal("1020.00"), "EUR"),
        billed_rate=Decimal("1.10"),
        books="USD",
    )

    assert split == Variance(price=usd("22.00"), exchange=usd("20.00"))


figures = st.decimals("0.01", 10_000, places=2)
rates = st.decimals("0.0001", 200, places=4)


@given(figures, figures, rates, rates)
def test_price_and_exchange_together_are_the_whole_difference(agreed, billed, expected, now):
    split = variance(
        agreed=Money(agreed, "EUR"),
        expected_rate=expected,
        billed=Money(billed, "EUR"),
        billed_rate=now,
        books="USD",
    )
    whole = usd(str(billed * now)).rounded() - usd(str(agreed * expected)).rounded()

    assert split.price + split.exchange == whole
    assert agreed != billed or split.price.amount == 0
    assert expected != now or split.exchange.amount == 0


@pytest.mark.parametrize(
    "wrong", [{"billed": Money(Decimal(1), "USD")}, {"billed_rate": Decimal(0)}]
)
def test_currencies_never_mix_and_no_rate_is_zero(wrong):
    right = {
        "agreed": Money(Decimal(1), "EUR"),
        "expected_rate": Decimal(1),
        "billed": Money(Decimal(1), "EUR"),
        "billed_rate": Decimal(1),
    }
    with pytest.raises(ValueError, match=r"convert|above zero"):
        variance(**(right | wrong), books="USD")

"""Whether one more order fits a customer's credit. The limit is 50,000.00 USD unless said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.dispatch.credit import (
    CreditUnclear,
    Exposure,
    NoLimit,
    OverCredit,
    WithinCredit,
    check,
)
from drawbar.freight.money import Money

cents = st.decimals(0, 100_000, places=2)


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def owing(receivables: str, unbilled: str = "0.00", in_transit: str = "0.00") -> Exposure:
    return Exposure(
        open_receivables=usd(receivables),
        delivered_unbilled=usd(unbilled),
        in_transit=usd(in_transit),
    )


LIMIT = usd("50000.00")


def test_o03_an_order_over_the_limit_is_held_and_a_payment_releases_it():
    before = owing("46500.00", "2300.00", "1000.00")
    after_payment = owing("45500.00", "2300.00", "1000.00")

    held = check(LIMIT, exposure=before, order_value=usd("450.00"))
    freed = check(LIMIT, exposure=after_payment, order_value=usd("450.00"))

    assert isinstance(held, OverCredit)
    assert (held.total, held.excess) == (usd("50250.00"), usd("250.00"))
    assert isinstance(freed, WithinCredit)
    assert freed.total == usd("49250.00")


def test_the_sum_is_told_in_words():
    held = check(LIMIT, exposure=owing("46500.00", "2300.00", "1000.00"), order_value=usd("450.00"))

    assert isinstance(held, OverCredit)
    assert held.text == (
        "46,500.00 open + 2,300.00 delivered and not invoiced + 1,000.00 on the way"
        " + 450.00 this order = 50,250.00 USD, 250.00 USD over the limit of 50,000.00 USD"
    )


def test_an_order_that_meets_the_limit_exactly_fits():
    fits = check(LIMIT, exposure=owing("49550.00"), order_value=usd("450.00"))

    assert isinstance(fits, WithinCredit)


def test_the_first_cent_over_the_limit_does_not_fit():
    held = check(LIMIT, exposure=owing("49550.01"), order_value=usd("450.00"))

    assert isinstance(held, OverCredit)
    assert held.excess == usd("0.01")


def test_what_was_paid_ahead_makes_room():
    fits = check(usd("0.00"), exposure=owing("-450.00"), order_value=usd("450.00"))

    assert isinstance(fits, WithinCredit)


def test_a_limit_of_zero_is_not_the_same_as_no_limit():
    order = usd("450.00")

    assert isinstance(check(usd("0.00"), exposure=owing("0.00"), order_value=order), OverCredit)
    assert isinstance(check(None, exposure=owing("9999999.00"), order_value=order), NoLimit)


def test_without_a_limit_currencies_do_not_matter():
    assert isinstance(
        check(None, exposure=owing("5.00"), order_value=Money(Decimal(5), "EUR")), NoLimit
    )


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_an_order_in_another_currency_is_unclear_not_converted(currency):
    outcome = check(LIMIT, exposure=owing("1.00"), order_value=Money(Decimal(1), currency))

    assert isinstance(outcome, CreditUnclear)
    assert currency in outcome.text


def test_owing_nothing_is_no_debt_in_any_currency():
    outcome = check(
        Money(Decimal(500), "EUR"),
        exposure=owing("0.00"),
        order_value=Money(Decimal(500), "EUR"),
    )

    assert isinstance(outcome, WithinCredit)


@given(cents, cents, cents, cents)
def test_no_order_ever_passes_that_takes_the_customer_over_the_limit(
    open_, unbilled, transit, order
):
    exposure = Exposure(
        open_receivables=usd(open_), delivered_unbilled=usd(unbilled), in_transit=usd(transit)
    )

    outcome = check(LIMIT, exposure=exposure, order_value=usd(order))

    fits = open_ + unbilled + transit + order <= LIMIT.amount
    assert isinstance(outcome, WithinCredit if fits else OverCredit)
    if isinstance(outcome, OverCredit):
        assert outcome.total - outcome.excess == LIMIT

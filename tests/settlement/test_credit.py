"""What a carrier's credit that was carried over takes off what we owe it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.money import MixedCurrencies, Money
from drawbar.settlement.credit import net


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("payable", "credit", "pay", "carried"),
    [
        ("100.00", "0.00", "100.00", "0.00"),
        ("100.00", "30.00", "70.00", "0.00"),
        ("100.00", "100.00", "0.00", "0.00"),
        ("100.00", "150.00", "0.00", "50.00"),
    ],
    ids=["no credit", "a part", "all of it", "more than is payable"],
)
def test_a_credit_is_taken_off_and_its_rest_carried(payable, credit, pay, carried):
    answer = net(usd(payable), credit=usd(credit))

    assert (answer.pay, answer.carried) == (usd(pay), usd(carried))


def test_a_credit_in_another_currency_is_not_netted():
    with pytest.raises(MixedCurrencies):
        net(usd("100.00"), credit=Money(Decimal(10), "CAD"))


amounts = st.decimals(0, 10**6, places=2)


@given(amounts, amounts)
def test_netting_never_pays_below_zero_and_loses_nothing(payable, credit):
    answer = net(usd(payable), credit=usd(credit))

    assert answer.pay.amount >= 0
    assert answer.carried.amount >= 0
    assert answer.pay + answer.taken == usd(payable)
    assert answer.carried + answer.taken == usd(credit)

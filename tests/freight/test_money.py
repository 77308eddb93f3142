"""Money: exact, in one currency, and no cent lost."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.money import MixedCurrencies, Money, minor_unit, split, total, zero


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


CENTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
WEIGHTS = st.dictionaries(
    st.text("abcdef", min_size=1), st.decimals(0, 1000, places=3), min_size=1
).filter(lambda weights: sum(weights.values()) > 0)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "sNaN", "1e400", "1e15"])
def test_refuses_what_is_not_an_amount_of_money(text):
    with pytest.raises(ValueError, match="amount of money"):
        usd(text)


def test_refuses_the_tenth_decimal():
    assert usd("0.000000001").amount == Decimal("1e-9")
    with pytest.raises(ValueError, match="more than 9 decimals"):
        usd("0.0000000001")


@pytest.mark.parametrize("text", ['"NaN"', '"1e400"', '"-Infinity"'])
def test_refuses_such_amounts_at_the_door_too(text):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(f'{{"amount": {text}, "currency": "USD"}}', type=Money)


def test_refuses_a_currency_that_is_no_code():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode('{"amount": "1", "currency": "usd"}', type=Money)


@pytest.mark.parametrize(
    ("currency", "unit"), [("USD", "0.01"), ("JPY", "1"), ("BHD", "0.001"), ("CLF", "0.0001")]
)
def test_knows_the_smallest_amount_of_a_currency(currency, unit):
    assert minor_unit(currency) == Decimal(unit)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        ("27.075", "27.08"),
        ("27.0749", "27.07"),
        ("-27.075", "-27.08"),
        ("0.005", "0.01"),
    ],
)
def test_rounds_half_a_cent_away_from_zero(exact, rounded):
    assert usd(exact).rounded() == usd(rounded)


def test_rounds_yen_to_whole_yen():
    assert Money(Decimal("100.5"), "JPY").rounded() == Money(Decimal(101), "JPY")


def test_never_adds_two_currencies():
    euro = Money(Decimal(1), "EUR")
    for mix in (lambda: usd("1") + euro, lambda: usd("1") - euro):
        with pytest.raises(MixedCurrencies):
            mix()
    with pytest.raises(MixedCurrencies):
        total([usd("1"), euro], currency="USD")


def test_the_sum_of_nothing_is_zero_with_the_decimals_of_its_currency():
    assert str(total([], currency="BHD")) == "0.000 BHD"
    assert zero("USD") == usd("0")


def test_reads_as_a_person_writes_it():
    assert str(usd("1234567.50")) == "1,234,567.50 USD"


def test_r14_one_hundred_over_three_equal_orders_loses_no_cent():
    thirds = split(usd("100.00"), weights=dict.fromkeys("cab", Decimal(1)))

    assert thirds == {"c": usd("33.33"), "a": usd("33.34"), "b": usd("33.33")}
    assert list(thirds) == ["c", "a", "b"]


def test_s11_splits_over_cost_centres_sixty_to_forty():
    shares = split(usd("2231.25"), weights={"north": Decimal(60), "south": Decimal(40)})

    assert shares == {"north": usd("1338.75"), "south": usd("892.50")}


def test_the_largest_remainder_gets_the_odd_cent():
    shares = split(usd("0.03"), weights={"a": Decimal("0.2"), "b": Decimal("0.8")})

    assert shares == {"a": usd("0.01"), "b": usd("0.02")}


def test_splits_whole_yen():
    shares = split(Money(Decimal(100), "JPY"), weights=dict.fromkeys("abc", Decimal(1)))

    assert [int(share.amount) for share in shares.values()] == [34, 33, 33]


@pytest.mark.parametrize(
    "weights", [{}, {"a": Decimal(0)}, {"a": Decimal(2), "b": Decimal(-1)}], ids=str
)
def test_refuses_a_split_by_no_weight(weights):
    with pytest.raises(ValueError, match="weights"):
        split(usd("1.00"), weights=weights)


def test_refuses_to_split_what_is_not_rounded():
    with pytest.raises(ValueError, match="round it first"):
        split(usd("100.005"), weights={"a": Decimal(1)})


@given(CENTS, WEIGHTS)
def test_a_split_never_loses_or_makes_a_cent(cents, weights):
    shares = split(usd(cents), weights=weights)

    assert total(shares.values(), currency="USD") == usd(cents)
    assert all(share == share.rounded() for share in shares.values())


@given(CENTS, WEIGHTS)
def test_a_share_is_less_than_a_cent_from_its_due(cents, weights):
    whole = sum(weights.values())
    for key, share in split(usd(cents), weights=weights).items():
        assert abs(share.amount - cents * weights[key] / whole) < Decimal("0.01")


@given(CENTS, WEIGHTS)
def test_a_split_does_not_depend_on_the_order_of_its_keys(cents, weights):
    turned = dict(reversed(weights.items()))

    assert split(usd(cents), weights=turned) == split(usd(cents), weights=weights)

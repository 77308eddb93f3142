"""What pieces that did not arrive were worth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.money import Money
from drawbar.freight.order import Goods
from drawbar.milestones.claim import Claim, ClaimOpen, claim


def goods(pieces: int, value: str | None, currency: str = "USD", sku: str = "A") -> Goods:
    unit_value = None if value is None else Money(Decimal(value), currency)
    return Goods(sku=sku, pieces=pieces, unit_value=unit_value)


def test_e07_two_missing_pieces_of_145_are_290():
    outcome = claim([goods(24, "145.00")], 2)

    assert outcome == Claim(
        amount=Money(Decimal("290.00"), "USD"), text="2 × 145.00 USD = 290.00 USD"
    )


def test_lines_of_equal_value_need_no_telling_apart():
    outcome = claim([goods(20, "145.00"), goods(4, "145.00", sku="B")], 2)

    assert isinstance(outcome, Claim)
    assert outcome.amount == Money(Decimal("290.00"), "USD")


@pytest.mark.parametrize(
    "lines",
    [
        [goods(20, "145.00"), goods(4, "9.00", sku="B")],
        [goods(20, "145.00"), goods(4, "145.00", "EUR", sku="B")],
        [goods(20, "145.00"), goods(4, None, sku="B")],
        [goods(24, None)],
        [],
    ],
    ids=["different values", "currencies", "one unknown", "all unknown", "no goods"],
)
def test_a_worth_that_cannot_be_known_is_never_guessed(lines):
    assert isinstance(claim(lines, 2), ClaimOpen)


def test_when_nothing_arrived_everything_is_claimed():
    outcome = claim([goods(20, "145.00"), goods(4, "9.00", sku="B")], 24)

    assert isinstance(outcome, Claim)
    assert outcome.amount == Money(Decimal("2936.00"), "USD")


def test_two_currencies_are_never_one_claim_even_when_nothing_arrived():
    assert isinstance(claim([goods(1, "5.00"), goods(1, "5.00", "EUR", sku="B")], 2), ClaimOpen)


def test_a_line_without_pieces_does_not_matter():
    assert isinstance(claim([goods(24, "145.00"), goods(0, "9.00", sku="B")], 2), Claim)


def test_a_claim_is_rounded_to_the_currency():
    outcome = claim([goods(3, "0.335")], 1)

    assert isinstance(outcome, Claim)
    assert outcome.amount == Money(Decimal("0.34"), "USD")


lines = st.builds(
    goods,
    st.integers(0, 30),
    st.none() | st.decimals(0, 500, places=2).map(str),
    st.sampled_from(["USD", "EUR"]),
)


@given(st.lists(lines, max_size=4), st.integers(1, 60))
def test_a_claim_never_exceeds_the_dearest_pieces_that_could_be_missing(some, missing):
    pieces = sum(line.pieces for line in some)
    outcome = claim(some, min(missing, pieces)) if pieces else None

    if isinstance(outcome, Claim):
        dearest = sorted(
            (line.unit_value.amount for line in some for _ in range(line.pieces)), reverse=True
        )
        assert outcome.amount.amount <= sum(dearest[: min(missing, pieces)])

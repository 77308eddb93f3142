"""How a dispute about 56.25 USD ends."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.money import Money
from drawbar.settlement.dispute import BeyondDispute, Concluded, conclude


def usd(amount: str | Decimal, currency="USD") -> Money:
    return Money(Decimal(amount), currency)


DISPUTED = usd("56.25")


@pytest.mark.parametrize(
    ("conceded", "dropped"), [("0.00", "56.25"), ("20.00", "36.25"), ("56.25", "0.00")]
)
def test_what_is_not_conceded_is_dropped(conceded, dropped):
    assert conclude(DISPUTED, usd(conceded)) == Concluded(
        conceded=usd(conceded), dropped=usd(dropped)
    )


@pytest.mark.parametrize(
    "conceded",
    [usd("56.26"), usd("-0.01"), usd("20.00", "CAD")],
    ids=["first cent over", "below nothing", "another currency"],
)
def test_nobody_concedes_what_is_not_in_dispute(conceded):
    with pytest.raises(BeyondDispute, match=r"not a part of the 56\.25 USD"):
        conclude(DISPUTED, conceded)


cents = st.decimals(0, 10**6, places=2)


@given(cents, cents)
def test_the_end_of_a_dispute_never_makes_or_loses_money(disputed, conceded):
    if conceded > disputed:
        disputed, conceded = conceded, disputed
    end = conclude(usd(disputed), usd(conceded))

    assert end.conceded + end.dropped == usd(disputed)
    assert end.dropped.amount >= 0

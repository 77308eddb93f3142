"""What is never invoiced, over the loads of a period."""

from decimal import Decimal

import pytest

from drawbar.freight.money import MixedCurrencies, Money
from drawbar.kpis.leak import LeakRow, margin_leak


def row(amount: str, currency: str = "USD") -> LeakRow:
    return LeakRow(shipment_ref="S-1001", money=Money(Decimal(amount), currency))


def test_it_is_the_sum_of_all_that_leaks():
    assert margin_leak([row("202.50"), row("100.00")], currency="USD") == Decimal("302.50")
    assert margin_leak([], currency="USD") == Decimal("0.00")


def test_two_currencies_are_never_one_figure():
    with pytest.raises(MixedCurrencies):
        margin_leak([row("1.00"), row("1.00", "CAD")], currency="USD")

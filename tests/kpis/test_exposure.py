"""What we expect to pay and have not booked as payable. All amounts in USD."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.money import MixedCurrencies, Money
from drawbar.kpis.exposure import AccrualExposure, AccrualRow, accrual_exposure

cents = st.decimals(0, 10_000, places=2)


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def row(
    ref: str,
    accrued: str | Decimal,
    vouchered: str | Decimal = "0.00",
    disputed: str | Decimal = "0.00",
    *,
    provisional: bool = False,
) -> AccrualRow:
    return AccrualRow(
        shipment_ref=ref,
        accrued=usd(accrued),
        vouchered=usd(vouchered),
        disputed=usd(disputed),
        provisional=provisional,
    )


def exposure(*rows: AccrualRow) -> AccrualExposure:
    return accrual_exposure(rows, currency="USD")


def test_k05_exposure_is_what_is_disputed_and_what_is_not_billed():
    found = exposure(row("S-1001", "2231.25", "2175.00", "56.25"), row("S-1002", "131.25"))

    assert found == AccrualExposure(
        total=usd("187.50"),
        disputed=usd("56.25"),
        unbilled=usd("131.25"),
        provisional=usd("0.00"),
        refs=("S-1001", "S-1002"),
    )


def test_a_shipment_that_is_settled_is_no_exposure():
    assert exposure(row("S-1001", "100.00", "100.00")).refs == ()


def test_what_is_disputed_beyond_what_we_expected_was_never_accrued():
    found = exposure(row("S-3", "1475.00", "1475.00", "125.00"))

    assert (found.total, found.disputed) == (usd("0.00"), usd("0.00"))


def test_a_provisional_accrual_is_told_apart():
    found = exposure(row("S-1", "80.00", provisional=True), row("S-2", "20.00"))

    assert (found.provisional, found.unbilled) == (usd("80.00"), usd("20.00"))


def test_no_accruals_are_no_exposure():
    assert exposure().total == usd("0.00")


def test_two_currencies_are_not_added():
    with pytest.raises(MixedCurrencies):
        accrual_exposure([row("S-1", "1.00")], currency="EUR")


rows = st.lists(
    st.builds(row, st.text("S123", max_size=4), cents, cents, cents, provisional=st.booleans())
)


@given(rows)
def test_the_parts_always_add_up_to_the_balance_of_the_accrual_account(some):
    found = exposure(*some)

    balance = sum((one.accrued.amount - one.vouchered.amount for one in some), start=Decimal(0))
    assert found.total.amount == balance
    assert found.disputed + found.unbilled + found.provisional == found.total
    assert found.disputed.amount >= 0

"""What an account shows, and that an entry always balances."""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.ledger import Account, Purpose, UnbalancedEntry
from drawbar.freight.money import MixedCurrencies, Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.balance import accrued, balance
from drawbar.subledger.booking import Booking, entry
from drawbar.subledger.cost import accrue_cost


def money(amount: str, currency="USD") -> Money:
    return Money(Decimal(amount), currency)


def booking(ref: str) -> Booking:
    return Booking(
        about=StreamKey(StreamKind.SHIPMENT, ref),
        shipment_ref=ref,
        document_on=date(2026, 4, 10),
        revision=1,
    )


def accrual(ref: str, amount: str, currency="USD"):
    nothing = money("0", currency)
    return accrue_cost(booking(ref), expected=money(amount, currency), accrued=nothing)


ENTRIES = (*accrual("S-1", "10.00"), *accrual("S-2", "5.00"), *accrual("S-3", "7.00", "CAD"))


@pytest.mark.parametrize(
    ("shipment_ref", "currency", "shown"),
    [("", "USD", "15.00"), ("S-1", "USD", "10.00"), ("S-3", "CAD", "7.00"), ("S-3", "USD", "0.00")],
)
def test_an_account_shows_debits_minus_credits(shipment_ref, currency, shown):
    answer = balance(ENTRIES, Account.FREIGHT_COST, currency=currency, shipment_ref=shipment_ref)

    assert answer == money(shown, currency)


def test_an_accrual_is_a_debt_of_its_shipment():
    assert accrued(ENTRIES, shipment_ref="S-2", currency="USD") == money("5.00")


def test_an_entry_that_does_not_balance_is_never_made():
    with pytest.raises(UnbalancedEntry):
        entry(booking("S-1"), Purpose.COST_ACCRUED, {Account.FREIGHT_COST: money("1.00")})


def test_an_entry_is_in_one_currency():
    mixed = {Account.FREIGHT_COST: money("1.00"), Account.FREIGHT_ACCRUED: money("-1.00", "CAD")}

    with pytest.raises(MixedCurrencies):
        entry(booking("S-1"), Purpose.COST_ACCRUED, mixed)

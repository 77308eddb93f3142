"""What was owed by customers and is never invoiced: charges that came too late, money let go."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money, total


class LeakRow(Struct, frozen=True, kw_only=True):
    """What of one charge of a load is never invoiced."""

    shipment_ref: str
    money: Money


def margin_leak(rows: Sequence[LeakRow], *, currency: str) -> Decimal:
    """Return the money that customers owed for the loads and that is never invoiced.

    It counts charges that came after the customer's window, and what was credited though it was
    owed, but no tax: that was never ours. Raise ``MixedCurrencies``.
    """
    return total((row.money for row in rows), currency=currency).amount

"""What we expect to pay and did not book as payable yet, and why it is still open.

The total is the balance of the accrual account; each part names its shipments.
"""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.freight.money import Money, total, zero


class AccrualRow(Struct, frozen=True, kw_only=True):
    """One shipment: what was ``accrued``, what of it became a voucher, what of it is disputed.

    ``disputed`` beyond what is still accrued was never expected, and so is no exposure.
    """

    shipment_ref: str
    accrued: Money
    vouchered: Money
    disputed: Money
    provisional: bool = False

    @property
    def open(self) -> Money:
        """Return what is still accrued; below zero where more was paid than expected."""
        return self.accrued - self.vouchered


class AccrualExposure(Struct, frozen=True, kw_only=True):
    """Open accruals by reason; the three add up to ``total``. ``refs`` names their shipments."""

    total: Money
    disputed: Money
    unbilled: Money
    provisional: Money
    refs: tuple[str, ...]


def accrual_exposure(rows: Sequence[AccrualRow], *, currency: str) -> AccrualExposure:
    """Return the cost expected and not vouchered: disputed, not billed yet, or provisional.

    Equal to the balance of the accrual account in ``currency``. Raise ``MixedCurrencies``.
    """
    disputed = [_disputed(row) for row in rows]
    rest = [row.open - part for row, part in zip(rows, disputed, strict=True)]
    by_reason = list(zip(rows, rest, strict=True))
    return AccrualExposure(
        total=total((row.open for row in rows), currency=currency),
        disputed=total(disputed, currency=currency),
        unbilled=total(
            (money for row, money in by_reason if not row.provisional), currency=currency
        ),
        provisional=total(
            (money for row, money in by_reason if row.provisional), currency=currency
        ),
        refs=tuple(row.shipment_ref for row in rows if row.open.amount),
    )


def _disputed(row: AccrualRow) -> Money:
    nothing = zero(row.open.currency)
    return max(nothing, min(row.disputed, row.open))

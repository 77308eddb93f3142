"""Money: an exact amount in one currency, as it stands on a bill.

Amounts are decimals in major units (12.50, not 1250), finite and bounded; two currencies never add.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Annotated, Self

from msgspec import Meta, Struct

LARGEST = Decimal(10) ** 15
"""No freight bill comes near it; an amount above is a broken feed (1e400 parses as a number)."""

SMALLEST_EXPONENT = -9
_LEAST = -LARGEST
_CENT = Decimal("0.01")

_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_WITH_FOUR = "CLF UYW"

MINOR_UNITS: Mapping[str, int] = {
    **dict.fromkeys(_WITHOUT_DECIMALS.split(), 0),
    **dict.fromkeys(_WITH_THREE.split(), 3),
    **dict.fromkeys(_WITH_FOUR.split(), 4),
}
"""Decimals by currency, from ISO 4217 list one; every currency not named here has two."""

Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)", description="ISO 4217 code")]


CURRENCIES = 512
"""As many are remembered with their decimals; ISO 4217 names fewer than 200."""


class MixedCurrencies(ValueError):
    """Two currencies met in one sum. Convert one first, by the contract's rate and date."""


class Money(Struct, frozen=True, order=True, gc=False):
    """An exact amount in major units. Never a float, never NaN."""

    amount: Decimal
    currency: Currency

    def __post_init__(self) -> None:
        """Raise ``ValueError``: msgspec alone would let "NaN", "Infinity" and 1e400 in."""
        amount = self.amount
        if amount.same_quantum(_CENT) and _LEAST < amount < LARGEST:
            return  # whole cents, as nearly all money is
        if not amount.is_finite():
            raise ValueError(f"not an amount of money: {amount}")
        if not _LEAST < amount < LARGEST:
            raise ValueError(f"an amount of money is below {LARGEST:,}: {amount:.3e}")
        if int(amount.as_tuple().exponent) < SMALLEST_EXPONENT:
            raise ValueError(f"more than {-SMALLEST_EXPONENT} decimals in an amount: {amount:.12e}")

    def __str__(self) -> str:
        return f"{self.amount:,} {self.currency}"

    def __add__(self, other: Self) -> Self:
        return type(self)(self.amount + self._alike(other), self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.amount - self._alike(other), self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.amount, self.currency)

    def times(self, factor: Decimal) -> Self:
        """Return the product, unrounded."""
        return type(self)(self.amount * factor, self.currency)

    def rounded(self) -> Self:
        """Return the amount rounded half-up to the currency's minor unit."""
        unit = minor_unit(self.currency)
        return type(self)(self.amount.quantize(unit, rounding=ROUND_HALF_UP), self.currency)

    def _alike(self, other: Self) -> Decimal:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self} and {other} cannot be added: convert one first")
        return other.amount


@lru_cache(maxsize=CURRENCIES)
def minor_unit(currency: str) -> Decimal:
    """Return the smallest amount of ``currency``: 0.01 for USD, 1 for JPY, 0.001 for BHD."""
    return Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2))


@lru_cache(maxsize=CURRENCIES)
def zero(currency: str) -> Money:
    """Return no money, with the currency's decimals."""
    return Money(Decimal(0).quantize(minor_unit(currency)), currency)


def total(amounts: Iterable[Money], *, currency: str) -> Money:
    """Return the sum, zero when there is nothing to add. Raise ``MixedCurrencies``."""
    start = zero(currency)
    return Money(sum((start._alike(one) for one in amounts), start=start.amount), currency)


def split(whole: Money, *, weights: Mapping[str, Decimal]) -> dict[str, Money]:
    """Divide ``whole`` over keys so that no cent is lost: largest remainder, ties by key.

    ``whole`` is rounded to the minor unit; ``weights`` are zero or more and not all zero, else
    ``ValueError``. The result keeps the order of ``weights``.
    """
    if whole != whole.rounded():
        raise ValueError(f"{whole} cannot be split without loss: round it first")
    heft = sum(weights.values(), start=Decimal(0))
    if heft <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("a split needs weights of zero or more, one of them above zero")
    unit = minor_unit(whole.currency)
    exact = {key: whole.amount * weight / heft for key, weight in weights.items()}
    shares = {key: part.quantize(unit, rounding=ROUND_DOWN) for key, part in exact.items()}
    left = whole.amount - sum(shares.values(), start=Decimal(0))
    step = unit if left >= 0 else -unit
    by_remainder = sorted(weights, key=lambda key: (-abs(exact[key] - shares[key]), key))
    for key in by_remainder[: int(left / step)]:
        shares[key] += step
    return {key: Money(share, whole.currency) for key, share in shares.items()}

"""A share: so many of so many, with the names behind the figure.

Nothing of nothing is no figure: it is neither 0 % nor 100 %.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

HUNDREDTH = Decimal("0.01")


class Share(Struct, frozen=True, kw_only=True):
    """``count`` of ``base``; ``refs`` name what counts, so that a screen can drill down to it."""

    count: int
    base: int
    refs: tuple[str, ...]

    @property
    def percent(self) -> Decimal | None:
        """Return the share in percent with two decimals, half-up; None of nothing."""
        if not self.base:
            return None
        return to_hundredth(Decimal(100 * self.count) / self.base)


def share(refs: Iterable[str], *, base: int) -> Share:
    """Return the share of things that are counted one by one."""
    counted = tuple(refs)
    return Share(count=len(counted), base=base, refs=counted)


class Middle(Struct, frozen=True, kw_only=True):
    """The median of many durations, and of how many; None of nothing.

    The median, because one lost document of a year should not hide a hundred good ones.
    """

    value: Decimal | None
    base: int


def middle(values: Iterable[Decimal]) -> Middle:
    """Return the median with two decimals; between two in the middle it is half-way."""
    ordered = sorted(values)
    if not ordered:
        return Middle(value=None, base=0)
    half = len(ordered) // 2
    value = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return Middle(value=to_hundredth(value), base=len(ordered))


def to_hundredth(value: Decimal) -> Decimal:
    """Return a figure with two decimals, half-up."""
    return value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)

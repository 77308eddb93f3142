"""Figures of a contract: rates, weights and distances are zero or more, finite, of human size."""

from decimal import Decimal

LARGEST_FIGURE = Decimal(10) ** 12
"""No rate, weight or distance comes near it; 1e400 parses as a number."""


def of_zero_or_more(**figures: Decimal | None) -> None:
    """Raise ``ValueError``, naming the field, unless each figure stated is zero or more."""
    for name, figure in figures.items():
        if figure is not None and not is_figure(figure):
            raise ValueError(f"{name} is zero or more, and below {LARGEST_FIGURE:,f}: {figure}")


def of_percent(**figures: Decimal | None) -> None:
    """Raise ``ValueError``, naming the field, unless each figure stated is from 0 to 100."""
    for name, figure in figures.items():
        if figure is not None and not (is_figure(figure) and figure <= 100):
            raise ValueError(f"{name} is a percentage from 0 to 100: {figure}")


def is_figure(figure: Decimal) -> bool:
    """Return whether a figure is a number of zero or more, and of human size."""
    return figure.is_finite() and 0 <= figure < LARGEST_FIGURE

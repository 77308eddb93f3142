"""A figure by customer, carrier, lane, region, mode, cost centre or owner: the same rows, in parts.

The parts are a partition: each row is in exactly one of them.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

Row = TypeVar("Row")


class Dimension(StrEnum):
    """What a figure can be broken down by. Stored in addresses of pages."""

    CUSTOMER = "customer"
    CARRIER = "carrier"
    LANE = "lane"
    REGION = "region"
    MODE = "mode"
    COST_CENTRE = "cost_centre"
    OWNER = "owner"


def broken_down(rows: Iterable[Row], by: Callable[[Row], str]) -> dict[str, tuple[Row, ...]]:
    """Return the rows in parts, by name; those without a name come last, under an empty one."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(by(row), []).append(row)
    return {name: tuple(parts[name]) for name in sorted(parts, key=lambda one: (not one, one))}

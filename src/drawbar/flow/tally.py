"""Sums by agreed charge: how much of each a bill, or all bills, have used up or released."""

from collections.abc import Iterable, Mapping

from drawbar.freight.money import Money, zero
from drawbar.freight.verdict import LineVerdict

Tally = Mapping[str, Money]


def of_verdicts(verdicts: Iterable[LineVerdict]) -> dict[str, Money]:
    """Return what the verdicts of one bill use of each charge, by charge_ref."""
    sums: dict[str, Money] = {}
    for verdict in verdicts:
        sums = plus(sums, verdict.uses)
    return sums


def of_tolerated(verdicts: Iterable[LineVerdict]) -> dict[str, Money]:
    """Return what a tolerance let pass on each charge; an excess is paid on the last by name."""
    sums: dict[str, Money] = {}
    for verdict in verdicts:
        if verdict.tolerated and verdict.uses:
            sums = plus(sums, {max(verdict.uses): verdict.tolerated})
    return sums


def plus(one: Tally, other: Tally) -> dict[str, Money]:
    """Return both tallies together; a charge that comes to nothing is left out."""
    sums = dict(one)
    for ref, money in other.items():
        sums[ref] = sums.get(ref, zero(money.currency)) + money
    return {ref: money for ref, money in sums.items() if money.amount}


def minus(one: Tally, other: Tally) -> dict[str, Money]:
    """Return ``one`` without what is in ``other``."""
    return plus(one, {ref: -money for ref, money in other.items()})

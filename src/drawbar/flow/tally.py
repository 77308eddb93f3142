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


def plus(one: Tally, other: Tally) -> dict[str, Money]:
    """Return both tallies together; a charge that comes to nothing is left out."""
    sums = dict(one)
    for ref, money in other.items():
        sums[ref] = sums.get(ref, zero(money.currency)) + money
    return {ref: money for ref, money in sums.items() if money.amount}


def minus(one: Tally, other: Tally) -> dict[str, Money]:
    """Return ``one`` without what is in ``other``."""
    return plus(one, {ref: -money for ref, money in other.items()})

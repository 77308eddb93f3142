"""Whether a difference is small enough to be paid as billed: at the line and over the whole bill.

Differences count absolutely: too little here never makes up for too much there. Both the percent
and the amount must hold, inclusive, compared unrounded.
"""

from collections.abc import Iterable
from decimal import Decimal

from drawbar.freight.party import Tolerance
from drawbar.matching.draw import Drawn
from drawbar.matching.pot import NOTHING, Pot


def line_passes(draw: Drawn, tolerance: Tolerance) -> bool:
    """Return whether one line is at most ``line_over_percent`` above what was left for it."""
    return draw.excess * 100 <= tolerance.line_over_percent * draw.base


def bill_passes(draws: Iterable[Drawn], pots: Iterable[Pot], tolerance: Tolerance) -> bool:
    """Return whether all that is billed too much, in sum, is within tolerance."""
    over = overcharge(draws)
    within = over * 100 <= tolerance.bill_over_percent * billed_base(pots)
    return within and over <= tolerance.bill_over


def overcharge(draws: Iterable[Drawn]) -> Decimal:
    """Return all that the lines bill too much; what is billed too little takes nothing off."""
    return sum((draw.excess for draw in draws), start=NOTHING)


def residues(pots: Iterable[Pot], tolerance: Tolerance) -> dict[str, Decimal]:
    """Return what need not be expected any more, by charge_ref.

    A credit that no line of the bill took up is final. What is left of charges that were billed is
    final too if, in sum, it is within the tolerance for bills that are too low.
    """
    short = [pot for pot in pots if pot.charge_ref and pot.left > 0]
    drawn = [pot for pot in short if pot.drawn]
    under = sum((pot.left for pot in drawn), start=NOTHING)
    within = under * 100 <= tolerance.bill_under_percent * billed_base(pots)
    final = within and under <= tolerance.bill_under
    return {
        pot.charge_ref: amount
        for pot in short
        if (amount := pot.left if pot.drawn and final else min(pot.left, pot.final_credit))
    }


def billed_base(pots: Iterable[Pot]) -> Decimal:
    """Return what was left, before the bill, of the charges that its lines draw on."""
    return sum((pot.base for pot in pots if pot.drawn), start=NOTHING)

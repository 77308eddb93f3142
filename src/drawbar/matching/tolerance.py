"""Whether a difference is small enough to be paid as billed: at the line and over the whole bill.

Differences count absolutely: too little here never makes up for too much there. Limits are
inclusive and compared unrounded, each comparison once and always in the same order.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.party import Measure, Tolerance
from drawbar.freight.verdict import Comparison, Level
from drawbar.matching.draw import Drawn
from drawbar.matching.pot import NOTHING, Pot


class Residues(Struct, frozen=True, kw_only=True):
    """What need not be expected any more, by charge_ref, with the comparisons that say so."""

    released: dict[str, Decimal]
    comparisons: tuple[Comparison, ...]


def compare_bill(
    draws: Iterable[Drawn], pots: Iterable[Pot], tolerance: Tolerance
) -> Comparison | None:
    """Return whether all that is billed too much, in sum, passes; None where nobody asks."""
    pots = tuple(pots)
    return _compared(
        Level.BILL,
        "",
        overcharge(draws),
        billed_base(pots),
        limits=(tolerance.bill_over_percent, tolerance.bill_over, tolerance.bill_measure),
        earlier=sum((pot.tolerated for pot in pots), start=NOTHING),
    )


def compare_line(draw: Drawn, tolerance: Tolerance) -> Comparison | None:
    """Return whether what one line bills too much passes; None where nobody asks."""
    return _compared(
        Level.LINE,
        str(draw.line.number),
        draw.excess,
        draw.base,
        limits=(tolerance.line_over_percent, tolerance.line_over, tolerance.line_measure),
        earlier=draw.earlier,
    )


def bill_passes(draws: Iterable[Drawn], pots: Iterable[Pot], tolerance: Tolerance) -> bool:
    """Return whether all that is billed too much, in sum, is within tolerance."""
    compared = compare_bill(draws, pots, tolerance)
    return compared is None or compared.holds


def line_passes(draw: Drawn, tolerance: Tolerance) -> bool:
    """Return whether what one line bills too much is within tolerance."""
    compared = compare_line(draw, tolerance)
    return compared is None or compared.holds


def charge_passes(over: Decimal, *, agreed: Decimal, tolerance: Tolerance) -> bool:
    """Return whether paying ``over`` above one charge of ``agreed`` is within its line's limits.

    Where the lines have no limit of their own that of the bill stands in.
    """
    line = (tolerance.line_over_percent, tolerance.line_over, tolerance.line_measure)
    bill = (tolerance.bill_over_percent, tolerance.bill_over, tolerance.bill_measure)
    limits = bill if line[:2] == (None, None) else line
    compared = _compared(Level.CHARGE, "", over, agreed, limits=limits)
    return compared is None or compared.holds


def overcharge(draws: Iterable[Drawn]) -> Decimal:
    """Return all that the lines bill too much; what is billed too little takes nothing off."""
    return sum((draw.excess for draw in draws), start=NOTHING)


def residues(pots: Iterable[Pot], tolerance: Tolerance) -> Residues:
    """Return what need not be expected any more.

    A credit that no line of the bill took up is final. What is left of charges that were billed is
    final too if it is within the tolerance for what is too little: each charge, and all in sum.
    """
    pots = tuple(pots)
    short = [pot for pot in pots if pot.charge_ref and pot.left > 0]
    drawn = [pot for pot in short if pot.is_billed]
    of_charges = [one for one in (_charge_under(pot, tolerance) for pot in drawn) if one]
    bill = _bill_under([pot for pot in pots if pot.is_billed], tolerance)
    failing = {one.about for one in of_charges if not one.holds}
    final = bill is None or bill.holds
    released = {
        pot.charge_ref: amount
        for pot in short
        if (amount := _final(pot, is_final=final and pot.charge_ref not in failing))
    }
    return Residues(released=released, comparisons=(*of_charges, *((bill,) if bill else ())))


def billed_base(pots: Iterable[Pot]) -> Decimal:
    """Return what the tolerance of a whole bill is a percent of: of the charges that are billed."""
    return sum((pot.base for pot in pots if pot.is_billed), start=NOTHING)


def _final(pot: Pot, *, is_final: bool) -> Decimal:
    return pot.left if pot.is_billed and is_final else min(pot.left, pot.final_credit)


def _charge_under(pot: Pot, tolerance: Tolerance) -> Comparison | None:
    limits = tolerance.line_under_percent, tolerance.line_under, tolerance.line_measure
    return _compared(Level.CHARGE, pot.charge_ref, pot.left, pot.base, limits=limits, is_under=True)


def _bill_under(drawn: Sequence[Pot], tolerance: Tolerance) -> Comparison | None:
    under = sum((max(pot.left, NOTHING) for pot in drawn), start=NOTHING)
    if not under:
        return None
    base = sum((pot.base for pot in drawn), start=NOTHING)
    limits = tolerance.bill_under_percent, tolerance.bill_under, tolerance.bill_measure
    return _compared(Level.BILL, "", under, base, limits=limits, is_under=True)


def _compared(
    level: Level,
    about: str,
    difference: Decimal,
    base: Decimal,
    *,
    limits: tuple[Decimal | None, Decimal | None, Measure],
    earlier: Decimal = NOTHING,
    is_under: bool = False,
) -> Comparison | None:
    percent, amount, measure = limits
    whole = difference + earlier
    percent_holds = None if percent is None else whole * 100 <= percent * base
    amount_holds = None if amount is None else whole <= amount
    asked = [one for one in (percent_holds, amount_holds) if one is not None]
    if not asked:
        return None
    holds = all(asked) if measure is Measure.BOTH else any(asked)
    return Comparison(
        level=level,
        about=about,
        is_under=is_under,
        difference=difference,
        earlier=earlier,
        base=base,
        limit_percent=percent,
        limit=amount,
        measure=measure,
        percent_holds=percent_holds,
        amount_holds=amount_holds,
        holds=holds,
    )

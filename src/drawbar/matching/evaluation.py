"""How a bill was weighed against the tolerance, in words: which rule, which figures, what came.

The words say exactly what the stored comparisons say; a person checks them with a pencil.
"""

from collections.abc import Iterator
from decimal import Decimal

from drawbar.freight.charge import quantity
from drawbar.freight.party import Measure
from drawbar.freight.verdict import Comparison, Evaluation, Level


def told(evaluation: Evaluation, currency: str) -> tuple[str, ...]:
    """Return its steps over the whole bill, in their order; each line tells its own.

    Amounts are in ``currency``.
    """
    scope = f" for {evaluation.scope}" if evaluation.scope else ""
    name = f"{evaluation.policy_ref} version {evaluation.version}{scope}"
    asked = (one for one in evaluation.comparisons if one.level is not Level.LINE)
    return tuple(f"{name}: {compared(one, currency)}" for one in asked)


def compared(one: Comparison, currency: str) -> str:
    """Return one comparison as a sentence."""
    way = "under" if one.is_under else "over"
    is_whole_bill = one.level is Level.BILL
    what = "the bill" if is_whole_bill else f"{one.level.value} {one.about}"
    most = " or ".join(_limits(one, currency)) if one.measure is Measure.GREATER else ""
    most = most or " and ".join(_limits(one, currency))
    figures = f"{one.difference:,f} {way} {one.base:,f}{_share(one)}"
    earlier = f", after {one.earlier:,f} of earlier bills," if one.earlier else ""
    answer = "passes" if one.holds else "fails"
    return f"{what} may be at most {most} {way}; it is {figures}{earlier} and {answer}"


def _limits(one: Comparison, currency: str) -> Iterator[str]:
    if one.limit_percent is not None:
        yield f"{quantity(one.limit_percent)} %"
    if one.limit is not None:
        yield f"{one.limit:,f} {currency}"


def _share(one: Comparison) -> str:
    """Return the percent for reading; what was compared is not rounded."""
    whole = one.difference + one.earlier
    if not one.base or one.limit_percent is None or not whole:
        return ""
    return f" ({(whole * 100 / one.base).quantize(Decimal('0.0001'))} %)"

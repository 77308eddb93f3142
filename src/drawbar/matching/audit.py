"""What each line of a freight bill is worth against what we agreed to pay.

Each line is judged for itself; one that is stopped does not hold the others.
"""

from collections.abc import Iterable

from msgspec import Struct, structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money, total
from drawbar.freight.party import CountsPer, Tolerance
from drawbar.freight.verdict import Evaluation, LineVerdict, OpenCharge
from drawbar.matching.draw import Draw, Drawing, Drawn, draw
from drawbar.matching.evaluation import told
from drawbar.matching.line import Terms, judge_line
from drawbar.matching.pot import Pot
from drawbar.matching.reason import Priced, Suppose, WhyNot, no_supposition
from drawbar.matching.tax import ceilings, draw_taxes
from drawbar.matching.tolerance import compare_bill, compare_line, residues


class Audit(Struct, frozen=True, kw_only=True):
    """The verdict on each line, in the order of the bill, with their sums in its currency.

    ``claimed`` is part of ``payable``. ``released`` is what of the agreed charges need not be
    expected any more, by charge_ref. ``evaluation`` is each comparison with the tolerance, in the
    one order in which they are made; ``log`` tells the same in words.
    """

    lines: tuple[LineVerdict, ...]
    payable: Money
    disputed: Money
    claimed: Money
    released: dict[str, Money]
    evaluation: Evaluation
    log: tuple[str, ...]


def audit(
    bill: FreightBill,
    *,
    agreed: tuple[OpenCharge, ...],
    tolerance: Tolerance,
    short_pay_allowed: bool,
    why_not: WhyNot | None = None,
    fuel: tuple[FuelRate, ...] = (),
    suppose: Suppose = no_supposition,
    scope: str = "",
) -> Audit:
    """Judge every line of ``bill`` against the open charges of its shipment.

    ``why_not`` says why a charge is not owed; ``fuel`` are all fuel rows of the contract, so that
    the row of another week is recognised; ``suppose`` what it would come to if a figure that
    the carrier shows were right; ``scope`` for whom the tolerance is. The order of the lines does
    not change what is paid.
    """
    shared = tolerance.counts_per is CountsPer.SHIPMENT
    drawing = draw(bill.lines, agreed=agreed, currency=bill.currency, counts_earlier=shared)
    drawn = [one for one in drawing.draws if isinstance(one, Drawn)]
    whole = compare_bill(drawn, drawing.pots, tolerance)
    basic = Terms(
        priced=Priced(lines=bill.lines, agreed=agreed, fuel=fuel, suppose=suppose),
        tolerance=tolerance,
        bill_passes=whole is None or whole.holds,
        short_pay_allowed=short_pay_allowed,
        why_not=why_not or {},
    )
    drawing, terms = _taxed(bill, drawing, basic)
    lines = tuple(judge_line(one, terms) for one in drawing.draws)
    drawn = [one for one in drawing.draws if isinstance(one, Drawn)]
    rest = residues(drawing.pots, tolerance)
    released = {ref: Money(amount, bill.currency) for ref, amount in sorted(rest.released.items())}
    asked = (whole, *(compare_line(one, tolerance) for one in drawn), *rest.comparisons)
    evaluation = Evaluation(
        policy_ref=tolerance.policy_ref,
        version=tolerance.version,
        scope=scope,
        comparisons=tuple(one for one in asked if one is not None),
    )
    return Audit(
        lines=lines,
        payable=_sum((verdict.payable for verdict in lines), bill.currency),
        disputed=_sum((verdict.disputed for verdict in lines), bill.currency),
        claimed=_sum((verdict.claimed for verdict in lines), bill.currency),
        released=released,
        evaluation=evaluation,
        log=(*told(evaluation, bill.currency), *_under_steps(drawing.pots, released)),
    )


def _taxed(bill: FreightBill, drawing: Drawing, terms: Terms) -> tuple[Drawing, Terms]:
    """Return the drawing, and the terms, with every tax held to what is paid under it."""
    agreed = terms.priced.agreed
    limits = ceilings(agreed, (judge_line(one, terms) for one in drawing.draws if _owes(one)))
    found = draw_taxes(bill.lines, drawing, agreed=agreed, limits=limits, currency=bill.currency)
    draws = tuple(found.draws.get(place, one) for place, one in enumerate(drawing.draws))
    limited = structs.replace(terms, ceilings=limits, passing=found.passing)
    return Drawing(draws=draws, pots=found.pots), limited


def _owes(one: Draw) -> bool:
    """Return whether tax may be owed on the line: it is no tax itself."""
    return one.line.kind is not ChargeKind.TAX


def _sum(amounts: Iterable[Money | None], currency: str) -> Money:
    """Return the sum of what is in ``currency``; a line in another one is stopped as it is."""
    alike = (money for money in amounts if money is not None and money.currency == currency)
    return total(alike, currency=currency)


def _under_steps(pots: Iterable[Pot], released: dict[str, Money]) -> tuple[str, ...]:
    """Note what was billed too little: it is paid as billed, and the rest expected or not."""
    under = (pot for pot in pots if pot.charge_ref and (pot.drawn or pot.credited) and pot.left > 0)
    return tuple(_under_step(pot, released.get(pot.charge_ref)) for pot in under)


def _under_step(pot: Pot, freed: Money | None) -> str:
    left = f"{pot.charge_ref}: {Money(pot.left, pot.currency)} of it not billed"
    return f"{left}, {freed} not expected any more" if freed else f"{left}, all still expected"

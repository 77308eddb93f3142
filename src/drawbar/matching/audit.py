"""What each line of a freight bill is worth against what we agreed to pay.

Each line is judged for itself; one that is stopped does not hold the others.
"""

from collections.abc import Iterable

from msgspec import Struct

from drawbar.freight.charge import quantity
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money, total
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import LineVerdict, OpenCharge
from drawbar.matching.draw import Drawn, draw
from drawbar.matching.line import Terms, judge_line
from drawbar.matching.pot import Pot
from drawbar.matching.reason import Priced, WhyNot
from drawbar.matching.tolerance import bill_passes, billed_base, overcharge, residues


class Audit(Struct, frozen=True, kw_only=True):
    """The verdict on each line, in the order of the bill, with their sums in its currency.

    ``claimed`` is part of ``payable``. ``released`` is what of the agreed charges need not be
    expected any more, by charge_ref. ``log`` is the evaluation of the whole bill, in its order.
    """

    lines: tuple[LineVerdict, ...]
    payable: Money
    disputed: Money
    claimed: Money
    released: dict[str, Money]
    log: tuple[str, ...]


def audit(
    bill: FreightBill,
    *,
    agreed: tuple[OpenCharge, ...],
    tolerance: Tolerance,
    short_pay_allowed: bool,
    why_not: WhyNot | None = None,
    fuel: tuple[FuelRate, ...] = (),
) -> Audit:
    """Judge every line of ``bill`` against the open charges of its shipment.

    ``why_not`` says why a charge is not owed; ``fuel`` are all fuel rows of the contract, so that
    the row of another week is recognised. The order of the lines does not change what is paid.
    """
    drawing = draw(bill.lines, agreed=agreed, currency=bill.currency)
    drawn = [one for one in drawing.draws if isinstance(one, Drawn)]
    terms = Terms(
        priced=Priced(lines=bill.lines, agreed=agreed, fuel=fuel),
        tolerance=tolerance,
        bill_passes=bill_passes(drawn, drawing.pots, tolerance),
        short_pay_allowed=short_pay_allowed,
        why_not=why_not or {},
    )
    lines = tuple(judge_line(one, terms) for one in drawing.draws)
    rest = residues(drawing.pots, tolerance)
    released = {ref: Money(amount, bill.currency) for ref, amount in sorted(rest.items())}
    return Audit(
        lines=lines,
        payable=_sum((verdict.payable for verdict in lines), bill.currency),
        disputed=_sum((verdict.disputed for verdict in lines), bill.currency),
        claimed=_sum((verdict.claimed for verdict in lines), bill.currency),
        released=released,
        log=(_tolerance_step(terms, drawn, drawing.pots), *_under_steps(drawing.pots, released)),
    )


def _sum(amounts: Iterable[Money | None], currency: str) -> Money:
    """Return the sum of what is in ``currency``; a line in another one is stopped as it is."""
    alike = (money for money in amounts if money is not None and money.currency == currency)
    return total(alike, currency=currency)


def _tolerance_step(terms: Terms, drawn: Iterable[Drawn], pots: Iterable[Pot]) -> str:
    policy = terms.tolerance
    most = f"{quantity(policy.bill_over_percent)} % and {quantity(policy.bill_over)} over"
    over = f"{overcharge(drawn):,f} over {billed_base(pots):,f}"
    passes = "passes" if terms.bill_passes else "fails"
    name = f"{policy.policy_ref} version {policy.version}"
    return f"{name}: the bill may be at most {most}; it is {over} and {passes}"


def _under_steps(pots: Iterable[Pot], released: dict[str, Money]) -> tuple[str, ...]:
    """Note what was billed too little: it is paid as billed, and the rest expected or not."""
    under = (pot for pot in pots if pot.charge_ref and (pot.drawn or pot.credited) and pot.left > 0)
    return tuple(_under_step(pot, released.get(pot.charge_ref)) for pot in under)


def _under_step(pot: Pot, freed: Money | None) -> str:
    left = f"{pot.charge_ref}: {Money(pot.left, pot.currency)} of it not billed"
    return f"{left}, {freed} not expected any more" if freed else f"{left}, all still expected"

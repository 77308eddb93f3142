"""Which agreed charges the end of a dispute uses up, so that they cannot be billed once more."""

from msgspec import structs

from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money, total
from drawbar.freight.verdict import LineVerdict, OpenCharge
from drawbar.matching.draw import Drawn, draw


def backed_by(line: BillLine, money: Money, *, agreed: tuple[OpenCharge, ...]) -> dict[str, Money]:
    """Return how much of ``money``, disputed on ``line``, open charges stand behind, by charge_ref.

    For a conceded amount it is what that uses up; for a dropped one what need not be expected any
    more; for an open dispute what of it is accrued. What no charge backs was never accrued.
    """
    firm = tuple(
        structs.replace(one, agreed=structs.replace(one.agreed, provisional=False))
        for one in agreed
    )
    asked = structs.replace(line, money=money)
    (drawn,) = draw((asked,), agreed=firm, currency=money.currency).draws
    uses = drawn.uses if isinstance(drawn, Drawn) else {}
    return {ref: Money(amount, money.currency) for ref, amount in uses.items()}


def conceded_uses(
    verdict: LineVerdict, conceded: Money, *, agreed: tuple[OpenCharge, ...]
) -> dict[str, Money]:
    """Return what paying ``conceded`` after all uses of which charge, by charge_ref.

    What no open charge backs goes on the charge that the line was paid on, if it was paid at all:
    so a later credit of the same money does not make room to bill it once more.
    """
    uses = backed_by(verdict.line, conceded, agreed=agreed)
    rest = conceded - total(uses.values(), currency=conceded.currency)
    if rest.amount and verdict.uses:
        ref = max(verdict.uses)
        uses[ref] = uses[ref] + rest if ref in uses else rest
    return uses

"""A cargo claim: what the pieces that did not arrive were worth, if that can be known.

The claim stands beside the freight bill; it is never set off against it here.
"""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.freight.money import Money, total
from drawbar.freight.order import Goods


class Claim(Struct, frozen=True, kw_only=True, tag=True):
    """The worth of the missing pieces, with the sum in words."""

    amount: Money
    text: str


class ClaimOpen(Struct, frozen=True, kw_only=True, tag=True):
    """Pieces are missing, but their worth is unknown; a person has to find it out."""

    text: str


def claim(goods: Sequence[Goods], missing_pieces: int) -> Claim | ClaimOpen:
    """Return what ``missing_pieces`` of these goods were worth.

    The proof of delivery does not say which pieces are missing. So the worth is known where every
    piece is worth the same, or where nothing arrived at all.
    """
    lines = [line for line in goods if line.pieces > 0]
    values = [line.unit_value for line in lines if line.unit_value is not None]
    if not values or len(values) < len(lines):
        return ClaimOpen(text=f"{missing_pieces} pieces are missing; the worth of one is not known")
    if len(set(values)) == 1:
        amount = Money(values[0].amount * missing_pieces, values[0].currency).rounded()
        return Claim(amount=amount, text=f"{missing_pieces} × {values[0]} = {amount}")
    alike = len({value.currency for value in values}) == 1
    if alike and missing_pieces == sum(line.pieces for line in lines):
        return _everything(lines, values)
    return ClaimOpen(
        text=f"{missing_pieces} pieces are missing of goods that differ in value;"
        " the proof of delivery does not say which"
    )


def _everything(lines: Sequence[Goods], values: Sequence[Money]) -> Claim:
    worths = [
        Money(value.amount * line.pieces, value.currency).rounded()
        for line, value in zip(lines, values, strict=True)
    ]
    amount = total(worths, currency=values[0].currency)
    return Claim(amount=amount, text=f"all pieces are missing, together worth {amount}")

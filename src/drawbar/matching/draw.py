"""Which agreed charges each line of a bill draws on, whatever order the carrier lists them in.

Lines that name a stop choose first, then the larger; exact amounts go before near ones.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.freight_bill import BillLine, Sense
from drawbar.freight.verdict import OpenCharge
from drawbar.matching.pot import NOTHING, Pot, give_back, pots_of


class Drawn(Struct, frozen=True, tag=True):
    """The line found what it bills. ``excess`` is billed above what was left, zero or more.

    ``base`` is what a tolerance is a percent of, zero where only a credit pays; ``earlier`` what
    of the same charges earlier bills were let pass above what is agreed.
    """

    line: BillLine
    uses: dict[str, Decimal]
    excess: Decimal
    base: Decimal
    earlier: Decimal = NOTHING


class Accepted(Struct, frozen=True, tag=True):
    """A credit, or a line about nothing: taken as billed. ``uses`` is what it gives back."""

    line: BillLine
    uses: dict[str, Decimal]


class UsedUp(Struct, frozen=True, tag=True):
    """The charge was agreed, and earlier lines or bills have used all of it."""

    line: BillLine
    charge_refs: tuple[str, ...]


class Unagreed(Struct, frozen=True, tag=True):
    """Nothing of this kind, at this stop, was ever agreed."""

    line: BillLine


class Pending(Struct, frozen=True, tag=True):
    """What was agreed is provisional still."""

    line: BillLine
    charge_refs: tuple[str, ...]


class Foreign(Struct, frozen=True, tag=True):
    """Billed in another currency than the bill or the agreed charge."""

    line: BillLine
    currencies: tuple[str, ...]


class Unread(Struct, frozen=True, tag=True):
    """Nobody knows what the line is for, or a person said that it is for nothing agreed."""

    line: BillLine


Draw = Drawn | Accepted | UsedUp | Unagreed | Pending | Foreign | Unread


class Drawing(Struct, frozen=True, kw_only=True):
    """What each line drew, in the order of the bill, and the pots as they were left."""

    draws: tuple[Draw, ...]
    pots: tuple[Pot, ...]


def draw(
    lines: tuple[BillLine, ...],
    *,
    agreed: Iterable[OpenCharge],
    currency: str,
    counts_earlier: bool = False,
) -> Drawing:
    """Return what each line draws on. ``currency`` is that of the bill.

    ``counts_earlier`` says that all bills of the shipment share one tolerance.
    """
    pots = pots_of(agreed, counts_earlier=counts_earlier)
    drawn: dict[int, Draw] = {}
    billed: list[tuple[int, BillLine]] = []
    for place, line in sorted(enumerate(lines), key=_precedence):
        if line.money.currency != currency:
            drawn[place] = Foreign(line, (currency,))
        elif line.sense is not Sense.UNDERSTOOD:
            drawn[place] = Unread(line) if line.money.amount > 0 else Accepted(line, {})
        elif line.money.amount > 0:
            billed.append((place, line))
        else:
            given = give_back(pots, line) if line.money.amount else {}
            drawn[place] = Accepted(line, given)
    for group in (True, False):
        if chosen := [one for one in billed if bool(one[1].stop) is group]:
            drawn |= _draw_all(chosen, pots)
    return Drawing(draws=tuple(drawn[place] for place in range(len(lines))), pots=tuple(pots))


def _precedence(one: tuple[int, BillLine]) -> tuple[Decimal, int, str, str, int]:
    line = one[1]
    return -line.money.amount, line.stop, line.code, line.text, line.number


def _draw_all(billed: list[tuple[int, BillLine]], pots: list[Pot]) -> dict[int, Draw]:
    exact: dict[int, Draw] = {}
    for place, line in billed:
        chosen = _nearest(line, pots)
        if chosen and _left(chosen) == line.money.amount:
            exact[place] = _take(line, chosen)
    rest = ((place, line) for place, line in billed if place not in exact)
    return exact | {place: _judge(line, pots) for place, line in rest}


def _judge(line: BillLine, pots: list[Pot]) -> Draw:
    chosen = _nearest(line, pots)
    if chosen:
        return _take(line, chosen)
    fitting = tuple(pot.charge_ref for pot in pots if pot.suits(line))
    if fitting:
        return UsedUp(line, fitting)
    strange = {pot.currency for pot in pots if pot.resembles(line)}
    return Foreign(line, tuple(sorted(strange))) if strange else Unagreed(line)


def _nearest(line: BillLine, pots: list[Pot]) -> list[Pot]:
    """Return the pot, or all of the kind together, that comes nearest; empty where none is left."""
    fitting = [pot for pot in pots if pot.suits(line) and pot.left > 0]
    if len(fitting) < 2:
        return fitting
    choices = [*([pot] for pot in fitting), fitting]
    amount = line.money.amount
    return min(
        choices,
        key=lambda chosen: (abs(_left(chosen) - amount), len(chosen), chosen[0].stop != line.stop),
    )


def _left(pots: list[Pot]) -> Decimal:
    return pots[0].left if len(pots) == 1 else sum((pot.left for pot in pots), start=NOTHING)


def _take(line: BillLine, chosen: list[Pot]) -> Draw:
    if any(pot.provisional for pot in chosen):
        return Pending(line, tuple(pot.charge_ref for pot in chosen))
    base = sum((pot.base for pot in chosen), start=NOTHING)
    earlier = sum((pot.tolerated for pot in chosen), start=NOTHING)
    rest = line.money.amount
    uses: dict[str, Decimal] = {}
    for pot in chosen:
        part = min(rest, pot.left)
        pot.left -= part
        pot.taken += part
        pot.drawn = True
        rest -= part
        if pot.charge_ref and part:
            uses[pot.charge_ref] = part
    return Drawn(line, uses, rest, base, earlier)

"""Which agreed charges the end of a dispute uses up, so that they cannot be billed once more.

What is conceded beyond them counts against whatever is agreed for its kind and stop later.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money, total, zero
from drawbar.freight.verdict import LineVerdict, OpenCharge
from drawbar.matching.draw import Drawn, draw


class Conceded(Struct, frozen=True, kw_only=True):
    """Money paid after all, though nothing that is agreed and open stood behind it.

    ``charge_ref`` is the charge that it was paid on top of, empty where there was none.
    """

    kind: ChargeKind
    stop: int
    money: Money
    charge_ref: str = ""


class Counted(Struct, frozen=True, kw_only=True):
    """What is used of each charge once concessions count, and which of them still wait for one."""

    used: dict[str, Money]
    conceded: tuple[Conceded, ...]


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
    for beyond in unbacked(verdict, conceded, agreed=agreed):
        ref = beyond.charge_ref
        if ref:
            uses[ref] = uses[ref] + beyond.money if ref in uses else beyond.money
    return uses


def unbacked(
    verdict: LineVerdict, conceded: Money, *, agreed: tuple[OpenCharge, ...]
) -> tuple[Conceded, ...]:
    """Return what of ``conceded`` no open charge stands behind: one, or none where all is."""
    uses = backed_by(verdict.line, conceded, agreed=agreed)
    rest = conceded - total(uses.values(), currency=conceded.currency)
    if not rest.amount:
        return ()
    line, ref = verdict.line, max(verdict.uses, default="")
    return (Conceded(kind=line.kind, stop=line.stop, money=rest, charge_ref=ref),)


def counted(
    conceded: Iterable[Conceded], *, agreed: tuple[AgreedCharge, ...], used: Mapping[str, Money]
) -> Counted:
    """Count what was conceded against what is agreed and open by now, so that it is paid once.

    A charge of its own stop comes first; a stop of 0, here or there, fits any stop.
    """
    now, waiting = dict(used), []
    for one in conceded:
        left = min(one.money, _beyond(one, agreed, now))
        for charge in _fitting(one, agreed):
            part = min(left, _room(charge, now))
            if part.amount > 0:
                _move(part, now, to=charge.charge_ref, of=one.charge_ref)
                left = left - part
        if left.amount > 0:
            waiting.append(structs.replace(one, money=left))
    return Counted(used=now, conceded=tuple(waiting))


def _beyond(one: Conceded, agreed: tuple[AgreedCharge, ...], used: Mapping[str, Money]) -> Money:
    """Return how much is still paid on top of its charge: a higher agreement may cover it now."""
    if not one.charge_ref:
        return one.money
    nothing = zero(one.money.currency)
    owed = (each.charge.money for each in agreed if each.charge_ref == one.charge_ref)
    return max(used.get(one.charge_ref, nothing) - next(owed, nothing), nothing)


def _fitting(one: Conceded, agreed: tuple[AgreedCharge, ...]) -> list[AgreedCharge]:
    alike = (
        each
        for each in agreed
        if each.charge.kind is one.kind
        and each.charge.money.currency == one.money.currency
        and (0 in {each.charge.stop, one.stop} or each.charge.stop == one.stop)
    )
    return sorted(alike, key=lambda each: (each.charge.stop != one.stop, each.charge_ref))


def _room(charge: AgreedCharge, used: Mapping[str, Money]) -> Money:
    return charge.charge.money - used.get(charge.charge_ref, zero(charge.charge.money.currency))


def _move(part: Money, used: dict[str, Money], *, to: str, of: str) -> None:
    used[to] = used[to] + part if to in used else part
    if of:
        used[of] = used[of] - part

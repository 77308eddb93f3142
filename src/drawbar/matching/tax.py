"""What of an agreed tax may be paid: its percent of what is paid of the charges under it.

Over all bills of a load it is never more than that, whatever a tolerance lets pass elsewhere.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct, structs

from drawbar.freight.charge import ChargeKind, TaxBase, quantity
from drawbar.freight.freight_bill import BillLine, Sense
from drawbar.freight.money import Money, minor_unit, zero
from drawbar.freight.verdict import LineVerdict, OpenCharge
from drawbar.matching.draw import Draw, Drawing, Drawn, draw
from drawbar.matching.pot import NOTHING, Pot


class Ceiling(Struct, frozen=True, kw_only=True):
    """The most that may be paid of one tax, ``most``, all bills together, and why in ``text``.

    ``owed`` is that within what is agreed; ``is_lower`` says that the agreed tax is more.
    """

    charge_ref: str
    most: Decimal
    owed: Decimal
    is_lower: bool
    text: str


class Taxed(Struct, frozen=True, kw_only=True):
    """What the lines of tax drew under their ceilings, by their place in the bill, and the pots.

    ``passing`` are the taxes of which all that is billed above what is agreed is still under the
    ceiling, since more than agreed is paid of what they are on.
    """

    draws: dict[int, Draw]
    pots: tuple[Pot, ...]
    passing: frozenset[str]


def ceilings(agreed: Iterable[OpenCharge], verdicts: Iterable[LineVerdict]) -> dict[str, Ceiling]:
    """Return the ceiling of each tax of which it is known what it is on, by charge_ref.

    ``verdicts`` are those of this bill on all that is no tax. A provisional tax has none: nothing
    is paid of it yet.
    """
    charges = {one.agreed.charge_ref: one for one in agreed}
    taxes = [one for one in charges.values() if one.agreed.taxed and not one.agreed.provisional]
    now = _paid_now(verdicts) if taxes else {}
    return {
        one.agreed.charge_ref: _ceiling(one, one.agreed.taxed, charges, now)
        for one in taxes
        if one.agreed.taxed is not None
    }


def draw_taxes(
    lines: tuple[BillLine, ...],
    drawing: Drawing,
    *,
    agreed: Iterable[OpenCharge],
    limits: Mapping[str, Ceiling],
    currency: str,
) -> Taxed:
    """Return what the lines of tax draw under their ceilings, and all pots as they are left.

    ``drawing`` is what they drew without one; other kinds are left as they were there.
    """
    if not limits:
        return Taxed(draws={}, pots=drawing.pots, passing=frozenset())
    taxes = tuple(one for one in agreed if one.agreed.charge.kind is ChargeKind.TAX)
    places = [place for place, line in enumerate(lines) if _is_tax(line, currency)]
    asked = tuple(lines[place] for place in places)
    shared = any(pot.counts_earlier for pot in drawing.pots)
    under = [_limited(one, limits) for one in taxes]
    found = draw(asked, agreed=under, currency=currency, counts_earlier=shared)
    over = _excess(found.draws)
    real = {one.agreed.charge_ref: one.agreed.charge.money.amount for one in taxes}
    pots = {pot.charge_ref: _restored(pot, real, over) for pot in found.pots if pot.charge_ref}
    used = {one.agreed.charge_ref: one.used.amount for one in taxes}
    return Taxed(
        draws=dict(zip(places, found.draws, strict=True)),
        pots=tuple(pots.get(pot.charge_ref, pot) for pot in drawing.pots),
        passing=frozenset(
            ref
            for ref, limit in limits.items()
            if over.get(ref, NOTHING) <= limit.most - max(real[ref], used[ref])
        ),
    )


def _is_tax(line: BillLine, currency: str) -> bool:
    return (
        line.kind is ChargeKind.TAX
        and line.sense is Sense.UNDERSTOOD
        and line.money.currency == currency
    )


def _limited(one: OpenCharge, limits: Mapping[str, Ceiling]) -> OpenCharge:
    limit = limits.get(one.agreed.charge_ref)
    if limit is None:
        return one
    charge = one.agreed.charge
    owed = structs.replace(charge, money=Money(limit.owed, charge.money.currency))
    return structs.replace(one, agreed=structs.replace(one.agreed, charge=owed))


def _excess(draws: Iterable[Draw]) -> dict[str, Decimal]:
    """Return what is billed above the ceilings, each on the last tax by name, as it is paid."""
    over: dict[str, Decimal] = {}
    for one in draws:
        if isinstance(one, Drawn) and one.uses:
            ref = max(one.uses)
            over[ref] = over.get(ref, NOTHING) + one.excess
    return over


def _restored(pot: Pot, real: Mapping[str, Decimal], over: Mapping[str, Decimal]) -> Pot:
    """Give the pot what is agreed again; what of it is billed and disputed is not left over."""
    freed = real[pot.charge_ref] - pot.agreed
    pot.agreed += freed
    pot.left += max(freed - over.get(pot.charge_ref, NOTHING), NOTHING)
    return pot


def _paid_now(verdicts: Iterable[LineVerdict]) -> dict[str, Decimal]:
    """Return what a bill is paid of each charge; what is claimed back is not owed."""
    paid: dict[str, Decimal] = {}
    for one in verdicts:
        for ref, money in one.uses.items():
            paid[ref] = paid.get(ref, NOTHING) + money.amount
        if one.claimed and one.uses:
            paid[max(one.uses)] -= one.claimed.amount
    return paid


def _ceiling(
    tax: OpenCharge, base: TaxBase, charges: Mapping[str, OpenCharge], now: Mapping[str, Decimal]
) -> Ceiling:
    money = tax.agreed.charge.money
    paid = {
        ref: _paid(charges[ref], now.get(ref, NOTHING))
        for ref in base.charge_refs
        if ref in charges and charges[ref].agreed.charge.money.currency == money.currency
    }
    whole = sum(paid.values(), start=zero(money.currency).amount)
    parts = paid.values() if base.by_line else (whole,)
    most = sum((_share(part, base.percent, money.currency) for part in parts), start=NOTHING)
    names = dict.fromkeys(ref.replace("_", " ") for ref, part in paid.items() if part)
    of = f"{quantity(base.percent)} % of {Money(whole, money.currency)}"
    what = f"what is paid of {', '.join(names)}" if names else "since nothing under it is paid"
    return Ceiling(
        charge_ref=tax.agreed.charge_ref,
        most=most,
        owed=min(most, money.amount),
        is_lower=most < money.amount,
        text=f"{of}, {what}, is {Money(most, money.currency)}{_before(tax)}",
    )


def _paid(one: OpenCharge, now: Decimal) -> Decimal:
    """Return what is paid of a charge in all; of what went above it, what was tolerated."""
    tolerated = one.tolerated.amount if one.tolerated else NOTHING
    before = min(one.used.amount, one.agreed.charge.money.amount + tolerated)
    return max(before + now, NOTHING)


def _share(amount: Decimal, percent: Decimal, currency: str) -> Decimal:
    return (amount * percent / 100).quantize(minor_unit(currency), rounding=ROUND_HALF_UP)


def _before(tax: OpenCharge) -> str:
    return f", {tax.used} of it paid before" if tax.used.amount > 0 else ""

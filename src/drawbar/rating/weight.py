"""What the goods weigh for the price: as ordered, or as the latest certificate says.

A certificate counts only where the contract lets it; one for the whole shipment is spread over its
lines as they weighed before, to the hundredth of a pound, and none is lost.
"""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

from msgspec import Struct, structs

from drawbar.freight.charge import Step, quantity
from drawbar.freight.fact import FactKey
from drawbar.freight.figure import is_figure
from drawbar.freight.movement import Certificate, Movement
from drawbar.freight.order import Goods
from drawbar.rating.unrated import Unrated

KG_PER_LB = Decimal("0.45359237")
"""Exact: the international yard and pound agreement of 1959."""

HUNDREDTH = Decimal("0.01")


class Weighed(Struct, frozen=True, kw_only=True):
    """The goods with the weight and class that count, each line above zero; what changed them."""

    goods: tuple[Goods, ...]
    steps: tuple[Step, ...] = ()
    facts: tuple[FactKey, ...] = ()

    @property
    def pounds(self) -> Decimal:
        """Return the weight of all lines."""
        return sum((line.weight_lb for line in self.goods), start=Decimal(0))


def weighed(movement: Movement, *, reweigh: bool) -> Weighed | Unrated:
    """Return the goods as they count. ``reweigh`` lets certificates replace what was ordered."""
    counted = Weighed(goods=movement.goods)
    if reweigh:
        latest = sorted(movement.certificates, key=lambda one: (one.certified_at, one.fact))
        for certificate in latest:
            outcome = _certified(counted, certificate)
            if isinstance(outcome, Unrated):
                return outcome
            counted = outcome
    if not counted.goods:
        return Unrated(
            text="The price goes by weight, and the load has no goods.",
            remedy="State the goods with their weight, or approve a price for this load.",
        )
    wrong = [line for line in counted.goods if not _weighs(line.weight_lb)]
    return _weightless(wrong[0]) if wrong else counted


def _weighs(pounds: Decimal) -> bool:
    return is_figure(pounds) and pounds > 0


def _weightless(line: Goods) -> Unrated:
    return Unrated(
        text=f"{line.sku} weighs {line.weight_lb} lb, and the price goes by weight.",
        remedy="Correct the weight on the order, or record a certificate of the weight.",
    )


def _certified(counted: Weighed, one: Certificate) -> Weighed | Unrated:
    meant = {n for n, line in enumerate(counted.goods) if one.sku in {"", line.sku}}
    if not meant:
        return Unrated(
            text=f"The certificate {one.certificate_ref} is about {one.sku or 'goods'}, which the"
            " load does not carry.",
            remedy="Correct the certificate's sku, or the goods of the order.",
        )
    goods = counted.goods
    if one.freight_class:
        goods = tuple(
            structs.replace(line, freight_class=one.freight_class) if n in meant else line
            for n, line in enumerate(goods)
        )
    if one.weight_lb is not None:
        before = {n: goods[n].weight_lb for n in sorted(meant)}
        shares = _spread(one.weight_lb, before)
        if isinstance(shares, Unrated):
            return shares
        goods = tuple(
            structs.replace(line, weight_lb=shares.get(n, line.weight_lb))
            for n, line in enumerate(goods)
        )
    steps, facts = (*counted.steps, _step(counted, one)), (*counted.facts, one.fact)
    return Weighed(goods=goods, steps=steps, facts=facts)


def _spread(pounds: Decimal, before: Mapping[int, Decimal]) -> Mapping[int, Decimal] | Unrated:
    """Return what each line weighs of ``pounds``: largest remainder, ties by the place in line."""
    if len(before) == 1:
        return dict.fromkeys(before, pounds)
    whole = sum(before.values(), start=Decimal(0))
    if not _weighs(pounds) or not all(_weighs(one) for one in before.values()):
        return Unrated(
            text=f"A certificate over {pounds} lb cannot be spread over lines of no weight.",
            remedy="State a weight with each line of goods, or certify each line by its sku.",
        )
    exact = {n: pounds * one / whole for n, one in before.items()}
    shares = {n: one.quantize(HUNDREDTH, rounding=ROUND_DOWN) for n, one in exact.items()}
    left = pounds - sum(shares.values(), start=Decimal(0))
    for n in sorted(exact, key=lambda n: (shares[n] - exact[n], n)):
        more = min(left, HUNDREDTH)
        shares[n] += more
        left -= more
    return shares


def _step(counted: Weighed, one: Certificate) -> Step:
    of = f" of {one.sku}" if one.sku else ""
    said = []
    if one.weight_lb is not None:
        was = sum(
            (line.weight_lb for line in counted.goods if one.sku in {"", line.sku}),
            start=Decimal(0),
        )
        said.append(f"{quantity(one.weight_lb)} lb{of} instead of {quantity(was)} lb")
    if one.freight_class:
        said.append(f"class {one.freight_class}{of}")
    on = f"{one.certified_at:%Y-%m-%d}"
    return Step(text=f"certificate {one.certificate_ref} of {on} counts", result=", ".join(said))

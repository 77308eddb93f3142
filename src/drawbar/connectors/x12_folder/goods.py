"""What a customer's tender says is to be moved: handling units, and what they weigh."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from drawbar.connectors.x12_folder.heard import NOWHERE, Heard
from drawbar.edi import Amount, Lading, LoadTender, OrderLine, Stop, Weight
from drawbar.freight.order import Goods, StopPurpose
from drawbar.freight.reading import Problem

KILOGRAMS_IN_A_POUND = Decimal("0.45359237")
"""Source: International yard and pound agreement of 1959."""


def goods_of(stated: LoadTender, heard: Heard) -> tuple[Goods, ...] | Problem:
    """Return what is picked up, or the problem that nobody says how many pieces it is."""
    loaded = [
        stop
        for stop in stated.stops
        if heard.profile.stop(stop.reason.strip()) is StopPurpose.PICKUP
    ]
    goods = tuple(line for stop in loaded for line in _loaded(stop))
    if goods:
        return goods
    pieces = stated.total.pieces if stated.total else None
    if pieces:
        assert stated.total is not None
        weight = _pounds(stated.total.weight, stated.total.weight_unit)
        return (Goods(sku=stated.shipment_id.strip(), pieces=pieces, weight_lb=weight),)
    place = loaded[0].at.get("number", NOWHERE) if loaded else NOWHERE
    return heard.lacking("The tender does not say how many pieces are loaded.", place, "pieces")


def _loaded(stop: Stop) -> Iterator[Goods]:
    """Yield the orders of a stop; else its ladings, its pallets, or its count of units."""
    orders = [goods for order in stop.orders for goods in _order(order)]
    ladings = [goods for lading in stop.ladings for goods in _lading(lading)]
    if orders or ladings:
        yield from orders or ladings
        return
    pieces = stop.pallets or _count(stop.units) or _pieces(stop.weights)
    if pieces:
        weight = _pounds(stop.weight, stop.weight_unit) or _weight(stop.weights)
        sku = next((one.order or one.reference for one in stop.orders), "freight")
        yield Goods(sku=sku.strip() or "freight", pieces=pieces, weight_lb=weight)


def _order(order: OrderLine) -> Iterator[Goods]:
    pieces = _count(order.quantity)
    if pieces:
        sku = order.order.strip() or order.reference.strip() or "freight"
        weight = _pounds(order.weight, order.weight_unit)
        yield Goods(sku=sku, pieces=pieces, weight_lb=weight)


def _lading(lading: Lading) -> Iterator[Goods]:
    pieces = _pieces(lading.weights)
    if pieces:
        text = lading.text.strip()
        sku = lading.commodity.strip() or text[:40] or "freight"
        yield Goods(sku=sku, description=text, pieces=pieces, weight_lb=_weight(lading.weights))


def _pieces(weights: Iterable[Weight]) -> int:
    return next((one.pieces for one in weights if one.pieces), 0)


def _weight(weights: Iterable[Weight]) -> Decimal:
    return next((_pounds(one.weight, one.unit) for one in weights if one.weight), Decimal(0))


def _count(amount: Amount | None) -> int:
    value = amount.value if amount else None
    return int(value) if value is not None and value > 0 and value == int(value) else 0


def _pounds(amount: Amount | None, unit: str) -> Decimal:
    value = (amount.value if amount else None) or Decimal(0)
    if unit.strip() == "K":
        return (value / KILOGRAMS_IN_A_POUND).quantize(Decimal("0.01"))
    return value

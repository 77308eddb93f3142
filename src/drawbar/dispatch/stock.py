"""Stock: what the warehouse set aside for an order may be shipped; the rest waits as a back-order.

Nothing is dispatched above what is reserved, and nothing ordered is forgotten.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct, structs

from drawbar.freight.order import Goods, Order

WEIGHT_UNIT_LB = Decimal("0.001")


class FullyReserved(Struct, frozen=True, kw_only=True, tag=True):
    """Every piece is set aside."""


class PartlyReserved(Struct, frozen=True, kw_only=True, tag=True):
    """Some pieces are set aside. Together the two are the order's goods; neither is empty."""

    goods_to_ship: tuple[Goods, ...]
    back_order_goods: tuple[Goods, ...]


class NothingReserved(Struct, frozen=True, kw_only=True, tag=True):
    """No piece of the order is set aside."""


def reserve(
    order: Order, pieces: Mapping[str, int]
) -> FullyReserved | PartlyReserved | NothingReserved:
    """Divide the order's goods by ``pieces``, the warehouse's count by SKU.

    Lines of one SKU are served in their order. More than was ordered is not shipped, and a count
    below zero is none.
    """
    left = {sku: max(count, 0) for sku, count in pieces.items()}
    to_ship: list[Goods] = []
    back: list[Goods] = []
    for line in order.goods:
        served = min(left.get(line.sku, 0), line.pieces)
        left[line.sku] = left.get(line.sku, 0) - served
        shipped, waiting = _divided(line, served)
        to_ship += [shipped] if shipped.pieces else []
        back += [waiting] if waiting.pieces else []
    if not back:
        return FullyReserved()
    if not to_ship:
        return NothingReserved()
    return PartlyReserved(goods_to_ship=tuple(to_ship), back_order_goods=tuple(back))


def _divided(line: Goods, served: int) -> tuple[Goods, Goods]:
    """Divide a line and its weight; the two weights add up to the line's exactly."""
    share = line.weight_lb * served / max(line.pieces, 1)
    weight = share.quantize(WEIGHT_UNIT_LB, rounding=ROUND_HALF_UP)
    if served == line.pieces:
        weight = line.weight_lb
    shipped = structs.replace(line, pieces=served, weight_lb=weight)
    waiting = structs.replace(line, pieces=line.pieces - served, weight_lb=line.weight_lb - weight)
    return shipped, waiting

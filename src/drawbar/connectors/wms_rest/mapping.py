"""What we ask of the WMS in its words, and what it set aside in ours. Pure.

``reference`` on a movement is our business key.
"""

from collections import Counter
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from drawbar.connectors.port import Sending
from drawbar.connectors.reading import decoded
from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.wms_rest.manifest import Settings
from drawbar.freight.delivery import ReleaseStock, ReserveStock
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import Goods, StockReserved

PATHS = {"reservation": "/api/reservations", "release": "/api/releases"}
KIND_OF_DELIVERY = {"ReserveStock": "reservation", "ReleaseStock": "release"}


class Wanted(Struct, frozen=True):
    """Pieces of an item."""

    item: str
    quantity: int


class Wish(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is asked: goods for an order, or, without lines, to give them back."""

    reference: str
    order: str
    lines: tuple[Wanted, ...] = ()


class Line(Struct, frozen=True, kw_only=True):
    """One item of a movement: what was asked for and what was set aside, or given back."""

    item: str
    requested: int = 0
    reserved: int = 0
    released: int = 0


class Movement(Struct, frozen=True, kw_only=True):
    """What the WMS did, as it shows it."""

    number: str
    kind: str
    reference: str
    order: str
    state: str
    lines: tuple[Line, ...]
    at: Annotated[datetime, Meta(tz=True)]


def kind_of(sending: Sending) -> str:
    """Return the kind of movement that a delivery asks for. Raise ``Unsayable``."""
    name = type(sending.payload).__name__
    if name not in KIND_OF_DELIVERY:
        raise Unsayable(f"{name} is nothing for a WMS")
    return KIND_OF_DELIVERY[name]


def wish(sending: Sending, settings: Settings) -> Wish:
    """Return what is asked. Raise ``Unsayable``."""
    match sending.payload:
        case ReserveStock(order_ref=order, goods=goods):
            lines = _lines(goods, settings)
            return Wish(reference=sending.business_key, order=order, lines=lines)
        case ReleaseStock(order_ref=order):
            return Wish(reference=sending.business_key, order=order)
        case other:
            raise Unsayable(f"{type(other).__name__} is nothing for a WMS")


def same(movement: Movement, wanted: Wish) -> bool:
    """Say whether a movement is what we wish for. What a release gives back is the WMS's word."""
    asked = tuple(Wanted(line.item, line.requested) for line in movement.lines)
    alike = (movement.reference, movement.order) == (wanted.reference, wanted.order)
    return alike and (movement.kind == "release" or asked == wanted.lines)


def reserved(
    body: bytes, receipt: Receipt, settings: Settings, *, revision: int = 1
) -> StockReserved:
    """Return what was set aside for a revision, by our SKU. Raise ``Unreadable``."""
    movement = decoded(body, Movement, cause="wms_rest:movement")
    return StockReserved(
        key=key_for(settings.system, "reservation", movement.number),
        happened_at=movement.at,
        learned_at=receipt.learned_at,
        lineage=receipt.at("$.lines"),
        order_ref=movement.order,
        revision=revision,
        reservation=movement.number,
        pieces=_pieces(movement, settings),
    )


def encoded(wanted: Wish) -> bytes:
    """Return the bytes that go over the line."""
    return msgspec.json.encode(wanted)


def _lines(goods: tuple[Goods, ...], settings: Settings) -> tuple[Wanted, ...]:
    """One line per item: two lines of one item are one wish, in the order of first mention."""
    pieces: Counter[str] = Counter()
    for line in goods:
        pieces[settings.items.get(line.sku, line.sku)] += line.pieces
    return tuple(Wanted(item, count) for item, count in pieces.items() if count > 0)


def _pieces(movement: Movement, settings: Settings) -> dict[str, int]:
    skus = {item: sku for sku, item in settings.items.items()}
    pieces: Counter[str] = Counter()
    for line in movement.lines:
        pieces[skus.get(line.item, line.item)] += line.reserved
    return dict(pieces)

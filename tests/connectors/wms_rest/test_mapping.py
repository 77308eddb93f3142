"""What we ask of the WMS, and what it says it set aside. Written by hand, both ways."""

from datetime import UTC, datetime

import msgspec
import pytest

from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Sending
from drawbar.connectors.reading import Unreadable
from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.wms_rest.manifest import Settings
from drawbar.connectors.wms_rest.mapping import encoded, reserved, wish
from drawbar.freight.delivery import Acknowledge, ReleaseStock, ReserveStock
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import Goods
from drawbar.freight.stream import StreamKey, StreamKind

SETTINGS = Settings(
    system="wms", line=LineSettings(address="http://wms.example"), items={"PALLET": "P-48x40"}
)
RECEIPT = Receipt(
    message_ref="M-1", sender="wms", learned_at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
)
MOVEMENT = {
    "number": "RSV-000001",
    "kind": "reservation",
    "reference": "reserve:O-1:1",
    "order": "O-1",
    "state": "active",
    "at": "2026-03-09T08:59:58Z",
    "lines": [{"item": "P-48x40", "requested": 24, "reserved": 22}],
}


def asked(payload) -> bytes:
    stream = StreamKey(StreamKind.ORDER, "O-1")
    sending = Sending(number=1, business_key="reserve:O-1:1", stream=stream, payload=payload)
    return encoded(wish(sending, SETTINGS))


def test_asks_for_pieces_by_the_wms_own_item():
    body = asked(ReserveStock(order_ref="O-1", goods=(Goods(sku="PALLET", pieces=24),)))

    assert body == (
        b'{"reference":"reserve:O-1:1","order":"O-1","lines":[{"item":"P-48x40","quantity":24}]}'
    )


def test_gives_an_order_back_as_a_whole():
    body = asked(ReleaseStock(order_ref="O-1"))

    assert body == b'{"reference":"reserve:O-1:1","order":"O-1"}'


def test_fewer_pieces_than_asked_are_said_by_our_sku():
    fact = reserved(msgspec.json.encode(MOVEMENT), RECEIPT, SETTINGS)

    assert fact.pieces == {"PALLET": 22}
    assert (fact.order_ref, fact.reservation) == ("O-1", "RSV-000001")
    assert fact.happened_at == datetime(2026, 3, 9, 8, 59, 58, tzinfo=UTC)
    assert fact.key == "wms:reservation:RSV-000001"


def test_an_answer_without_its_order_is_named():
    body = msgspec.json.encode({key: MOVEMENT[key] for key in MOVEMENT if key != "order"})

    with pytest.raises(Unreadable, match="order"):
        reserved(body, RECEIPT, SETTINGS)


def test_refuses_what_is_nothing_for_a_wms():
    with pytest.raises(Unsayable):
        asked(Acknowledge(message_ref="M-1", group="1", answer=b"ISA"))

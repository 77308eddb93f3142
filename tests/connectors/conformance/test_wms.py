"""What holds for every WMS: it sets aside what it has, and says how much that was."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from drawbar.connectors.port import Unreachable
from drawbar.freight.delivery import Confirmed, Existing, ReleaseStock, ReserveStock
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import Goods

pytestmark = pytest.mark.system

RECEIPT = Receipt(
    message_ref="M-1", sender="wms", learned_at=datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
)


def stock(wms, item: str, available: int) -> None:
    wms.far.ask("POST", "/control/stock", {"item": item, "available": available})


def left(wms, item: str) -> int:
    return wms.far.ask("GET", "/api/stock")["stock"][item]


def reserve(wms, number: int, *goods: Goods):
    payload = ReserveStock(order_ref=f"O-{number}", goods=goods)
    return structs.replace(wms.sending, payload=payload)


def test_says_what_was_reserved(wms, number):
    stock(wms, f"A-{number}", 10)
    sending = reserve(wms, number, Goods(sku=f"A-{number}", pieces=4))
    outcome = wms.connector.send(sending)

    (fact,) = wms.connector.read_answer(sending, outcome, RECEIPT)

    assert fact.order_ref == f"O-{number}"
    assert fact.reservation == outcome.document
    assert fact.pieces == {f"A-{number}": 4}
    assert left(wms, f"A-{number}") == 6


def test_reserves_what_there_is_when_stock_is_short(wms, number):
    stock(wms, f"A-{number}", 3)
    stock(wms, f"B-{number}", 9)
    sending = reserve(
        wms, number, Goods(sku=f"A-{number}", pieces=4), Goods(sku=f"B-{number}", pieces=4)
    )

    (fact,) = wms.connector.read_answer(sending, wms.connector.send(sending), RECEIPT)

    assert fact.pieces == {f"A-{number}": 3, f"B-{number}": 4}


def test_two_lines_of_one_item_are_one_wish(wms, number):
    stock(wms, f"A-{number}", 10)
    goods = Goods(sku=f"A-{number}", pieces=2)
    sending = reserve(wms, number, goods, goods)

    (fact,) = wms.connector.read_answer(sending, wms.connector.send(sending), RECEIPT)

    assert fact.pieces == {f"A-{number}": 4}


def test_knows_the_pieces_also_where_only_the_number_was_found(wms, number):
    outcome = wms.connector.send(wms.sending)
    found = Existing(document=outcome.document)

    (fact,) = wms.connector.read_answer(wms.sending, found, RECEIPT)

    assert fact.pieces == {"PALLET": 3}


def test_what_was_found_need_not_be_asked_for_again(wms, number):
    outcome = wms.connector.send(wms.sending)
    wms.connector.find("ReserveStock", wms.sending.business_key)
    wms.far.fault("outage")

    found = Existing(document=outcome.document)
    (fact,) = wms.connector.read_answer(wms.sending, found, RECEIPT)

    assert fact.pieces == {"PALLET": 3}


def test_cannot_say_the_pieces_while_the_wms_is_away(wms):
    outcome = wms.connector.send(wms.sending)
    wms.far.fault("outage")

    with pytest.raises(Unreachable):
        wms.connector.read_answer(wms.sending, Existing(document=outcome.document), RECEIPT)


def test_gives_back_all_that_an_order_has_reserved(wms, number):
    stock(wms, f"A-{number}", 10)
    wms.connector.send(reserve(wms, number, Goods(sku=f"A-{number}", pieces=4)))
    release = structs.replace(
        wms.sending,
        business_key=f"release-{number}",
        payload=ReleaseStock(order_ref=f"O-{number}"),
    )

    outcome = wms.connector.send(release)

    assert isinstance(outcome, Confirmed)
    assert wms.connector.read_answer(release, outcome, RECEIPT) == ()
    assert left(wms, f"A-{number}") == 10
    assert wms.connector.find("ReleaseStock", f"release-{number}") == (outcome.document,)
    assert isinstance(wms.connector.send(structs.replace(release, attempt=2)), Existing)

"""An order of the ERP in our words. Given unless said: two legs, Dallas to Chicago."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from drawbar.connectors.erp_rest.manifest import Settings
from drawbar.connectors.erp_rest.mapping import readers
from drawbar.connectors.line import LineSettings
from drawbar.freight.case import CaseKind
from drawbar.freight.lineage import Receipt
from drawbar.freight.money import Money
from drawbar.freight.order import OrderCancelled, OrderChanged, OrderReleased, StopPurpose
from drawbar.freight.reference import Reference, ReferenceKind

SETTINGS = Settings(
    system="erp", line=LineSettings(address="http://erp.example"), zone="America/Chicago"
)
RECEIPT = Receipt(
    message_ref="M-1", sender="erp", learned_at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
)


def leg(kind: str, day: str, **address: str) -> dict:
    return {
        "type": kind,
        "address": {"name": "Dock", "street": "1 Main St", "country": "US", **address},
        "window_from": f"{day}T08:00:00",
        "window_to": f"{day}T12:00:00",
    }


DALLAS = {"city": "Dallas", "state": "TX", "zip": "75201"}
CHICAGO = {"city": "Chicago", "state": "IL", "zip": "60601"}
ORDER = {
    "number": "O-1",
    "customer": "GLOBEX",
    "customer_po": "PO-9",
    "currency": "USD",
    "legs": [leg("ship_from", "2026-03-10", **DALLAS), leg("ship_to", "2026-03-12", **CHICAGO)],
    "lines": [{"item": "PALLET", "quantity": 24, "weight_lb": "18000", "unit_price": "145.00"}],
}


def revision(order: dict | None = None, **changes) -> bytes:
    row = {"number": "O-1", "revision": 1, "state": "open", "stamp": "2026-03-09T08:00:00Z"}
    return msgspec.json.encode(row | changes | {"order": order or ORDER})


def reading(body: bytes):
    return readers(SETTINGS)["erp:orders"](body, RECEIPT)


def test_the_first_revision_releases_the_order():
    (fact,) = reading(revision()).facts
    order = fact.order

    assert isinstance(fact, OrderReleased)
    assert (order.order_ref, order.customer_ref, order.revision) == ("O-1", "GLOBEX", 1)
    assert [stop.purpose for stop in order.stops] == [StopPurpose.PICKUP, StopPurpose.DELIVERY]
    assert order.pickup.earliest_at == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
    assert order.pickup.place.zone == "America/Chicago"
    assert Reference(ReferenceKind.PO, "PO-9") in order.references
    assert order.goods[0].unit_value == Money(Decimal("145.00"), "USD")
    assert (order.pieces, order.weight_lb) == (24, Decimal(18000))


def test_a_later_revision_changes_it():
    (fact,) = reading(revision(revision=2)).facts

    assert isinstance(fact, OrderChanged)
    assert fact.order.revision == 2


def test_each_revision_is_a_fact_of_its_own_and_the_same_again():
    keys = [reading(revision(revision=n)).facts[0].key for n in (1, 2, 2)]

    assert keys[0] != keys[1] == keys[2]


def test_a_cancelled_order_needs_no_addresses():
    (fact,) = reading(revision({"number": "O-1", "customer": "G"}, state="cancelled")).facts

    assert isinstance(fact, OrderCancelled)


def test_an_aware_time_is_taken_as_it_is():
    order = msgspec.json.decode(msgspec.json.encode(ORDER))
    order["legs"][0]["window_from"] = "2026-03-10T08:00:00-05:00"

    (fact,) = reading(revision(order)).facts

    assert fact.order.pickup.earliest_at == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("where", "change", "place"),
    [
        (("legs", 0, "address"), {"state": "", "zip": ""}, "$.order.legs[0].address.timezone"),
        (("legs", 1, "address"), {"timezone": "Mars"}, "$.order.legs[1].address.timezone"),
        (("legs", 0), {"window_from": "2026-03-08T02:30:00"}, "$.order.legs[0].window_from"),
        (("legs", 1), {"type": "via"}, "$.order.legs[1].type"),
        ((), {"legs": []}, "$.order"),
        ((), {"currency": ""}, "$.order.currency"),
        (("lines", 0), {"quantity": "many"}, "$.order.lines[0].quantity"),
    ],
    ids=[
        "no zone",
        "no such zone",
        "skipped hour",
        "unknown leg",
        "no legs",
        "no currency",
        "no number",
    ],
)
def test_what_is_missing_is_named_and_nothing_is_guessed(where, change, place):
    order = msgspec.json.decode(msgspec.json.encode(ORDER))
    inner = order
    for step in where:
        inner = inner[step]
    inner.update(change)

    result = reading(revision(order))

    assert result.facts == ()
    assert result.problems[0].place == place


def test_an_unknown_state_is_one_mapping_entry_away():
    (problem,) = reading(revision(state="on_hold")).problems

    assert problem.kind is CaseKind.UNKNOWN_CODE
    assert problem.cause == "erp_rest:order_state:on_hold"


def with_line(**changes) -> dict:
    return ORDER | {"lines": [ORDER["lines"][0] | changes]}


def test_a_line_says_its_class_and_the_sides_of_one_piece():
    told = with_line(freight_class="92.5", length_in="48", width_in="40", height_in="36")

    (fact,) = reading(revision(told)).facts

    line = fact.order.goods[0]
    assert (line.freight_class, line.length_in, line.height_in) == ("92.5", 48, 36)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"freight_class": "71"}, "no freight class"),
        ({"weight_lb": "-5"}, "weight_lb"),
        ({"weight_lb": "NaN"}, "weight_lb"),
        ({"weight_lb": "1e400"}, "weight_lb"),
        ({"length_in": "-1"}, "length_in"),
    ],
    ids=["class", "below nothing", "no number", "endless", "length"],
)
def test_a_line_that_cannot_be_is_refused_with_its_field(changes, said):
    (problem,) = reading(revision(with_line(**changes))).problems

    assert said in problem.text
    assert problem.place == "$.order.lines[0]"

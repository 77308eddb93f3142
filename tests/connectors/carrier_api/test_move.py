"""What an invoice over the carrier's API may say of the move itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from drawbar.connectors.carrier_api.manifest import Settings
from drawbar.connectors.carrier_api.mapping import readers
from drawbar.connectors.line import LineSettings
from drawbar.freight.attribute import Locality, Move, Tally
from drawbar.freight.lineage import Receipt

SETTINGS = Settings(
    system="northlake", line=LineSettings(address="http://carrier.example"), party_ref="NRTH"
)
RECEIPT = Receipt(
    message_ref="M-1", sender="northlake", learned_at=datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
)
INVOICE = {
    "number": "19267",
    "date": "2026-03-20",
    "currency": "USD",
    "total": "1650.00",
    "lines": [{"code": "LINEHAUL", "amount": "1650.00"}],
}


def heard(**said):
    event = {"id": "EV-1", "occurred_at": "2026-03-10T08:55:00Z", "type": "invoice"}
    body = msgspec.json.encode(event | {"invoice": INVOICE | said})
    return readers(SETTINGS)["api:NRTH"](body, RECEIPT)


def test_an_invoice_may_say_when_and_from_where_to_where_it_was_moved():
    reading = heard(
        ship_date="2026-03-18",
        origin={"postal_code": "75201", "dock": 4},
        destination={"city": "Chicago", "state": "IL"},
        weight_lb="18000",
    )

    assert reading.facts[0].bill.move == Move(
        ship_on=date(2026, 3, 18),
        origin=Locality(postal_code="75201"),
        destination=Locality(city="Chicago", region="IL"),
        header=Tally(weight_lb=Decimal(18000)),
    )


def test_an_invoice_that_says_nothing_of_its_move_has_none():
    assert heard().facts[0].bill.move is None


@pytest.mark.parametrize("weight", ["-1", "1e400", "NaN"])
def test_a_weight_that_nothing_can_have_is_a_problem(weight):
    reading = heard(weight_lb=weight)

    assert (reading.facts, len(reading.problems)) == ((), 1)

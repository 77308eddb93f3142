"""What a bill over the API may say of the move itself, which tells whose it is without a name."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from drawbar.freight.attribute import Locality, Move, Tally
from drawbar.web.api.v1.freight_bill import BillV1

MONEY = {"amount": "1650.00", "currency": "USD"}
BILL = {
    "invoice_number": "19267",
    "billed_on": "2026-03-20",
    "references": [{"kind": "bol", "value": "B-7T"}],
    "total": MONEY,
    "lines": [{"kind": "linehaul", "money": MONEY}],
}
MOVE = {
    "ship_on": "2026-03-18",
    "origin": {"postal_code": "75201"},
    "destination": {"city": "Chicago", "region": "IL"},
    "weight_lb": "18000",
}


def taken(**said):
    document = {"document_total": None, "document_lines_total": None, "remit_to": ""}
    stated = msgspec.convert(BILL | said, BillV1)
    return stated.bill(bill_ref="B-1", carrier_ref="ABCD", place="$", **document)


def test_a_bill_may_say_when_and_from_where_to_where_it_was_moved():
    assert taken(move=MOVE).move == Move(
        ship_on=date(2026, 3, 18),
        origin=Locality(postal_code="75201"),
        destination=Locality(city="Chicago", region="IL"),
        header=Tally(weight_lb=Decimal(18000)),
    )


def test_a_bill_need_not_say_it():
    assert taken().move is None


@pytest.mark.parametrize(
    "wrong",
    [{"ship_on": "9999-12-31"}, {"weight_lb": "-1"}, {"origin": {"zip": "75201"}}],
    ids=["absurd day", "weight below zero", "unknown word"],
)
def test_what_cannot_be_meant_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        taken(move=MOVE | wrong)

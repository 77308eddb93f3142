"""What counts as done twice."""

import json
from decimal import Decimal

import pytest

from drawbar.world.erp.payment import PayRun
from drawbar.world.score import Score
from drawbar.world.store import Store
from drawbar.world.trucker import SCHEMA
from tests.world.score.town import Town, day


def doubled(score: Score) -> list[str]:
    return [one.rule for one in score.doubled]


def test_a_voucher_posted_twice(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")
    town.voucher("SO-1")

    assert doubled(town.score()) == ["document_twice", "load_above_billed"]


def test_a_journal_posted_twice_under_another_key(town: Town):
    town.credit("SO-1", "5.00")
    town.credit("SO-1", "5.00")
    with town.store.write() as db:
        db.execute("UPDATE document SET origin = 'other' WHERE id = 2")

    assert doubled(town.score()) == ["reference_twice"]


def test_one_bill_vouchered_under_two_names(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1", "500.00")
    town.voucher("SO-1", "500.00", ours="B-again")

    score = town.score()

    assert doubled(score) == ["bill_twice"]
    assert score.audit.reconciled_pct == 100.0


def test_a_load_may_be_paid_up_to_all_that_was_billed_for_it(town: Town):
    town.whole("SO-1")
    town.bill("SO-1", "200.00", number="S-1", nature="innocent", kind="supplemental")
    town.voucher("SO-1")
    town.voucher("SO-1", "200.00", ours="B-more", number="S-1")

    assert doubled(town.score()) == []


def test_a_load_paid_a_cent_beyond_all_its_bills(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1", "1000.01")

    assert doubled(town.score()) == ["load_above_billed"]


def test_a_load_invoiced_twice(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")
    town.invoice("SO-1", number=1)
    town.invoice("SO-1", number=2)

    assert doubled(town.score()) == ["invoiced_twice"]


def test_a_late_charge_on_an_invoice_of_its_own_is_not_twice(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")
    town.invoice("SO-1", number=1)
    town.invoice("SO-1", "150.00", number=2)

    assert doubled(town.score()) == []


def test_a_document_paid_beyond_its_total(town: Town):
    town.whole("SO-1")
    voucher = town.voucher("SO-1")
    town.pay(day(20))
    with town.store.write() as db:
        db.execute("UPDATE document SET open = '0.01' WHERE id = ?", (voucher.id,))
    town.payments.pay(PayRun(paid_on=day(21).date(), amount=Decimal("0.01")))

    assert doubled(town.score()) == ["paid_beyond"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("T-1", "S-1", "offer", "accepted", 2, 9)], ["tender_twice"]),
        ([("T-1", "S-1", "cancel", "cancelled", 2, 9)], []),
        ([("T-1", "S-1", "cancel", "cancelled", 3, 9)], ["tender_twice"]),
        (
            [("T-1", "S-1", "offer", "accepted", 1, 9), ("T-2", "S-1", "offer", "accepted", 1, 9)],
            ["load_twice"],
        ),
        (
            [("T-1", "S-1", "offer", "accepted", 1, 9), ("T-2", "S-1", "change", "accepted", 1, 9)],
            [],
        ),
        (
            [
                ("T-1", "S-1", "cancel", "cancelled", 2, 9),
                ("T-2", "S-1", "offer", "accepted", 1, 9),
            ],
            [],
        ),
        (
            [("T-1", "S-1", "offer", "declined", 1, 9), ("T-2", "S-1", "offer", "accepted", 1, 9)],
            [],
        ),
        (
            [("T-1", "S-1", "offer", "accepted", 1, 9), ("T-2", "S-1", "offer", "accepted", 1, 8)],
            [],
        ),
        (
            [("T-1", "S-1", "offer", "accepted", 1, 9), ("T-2", "S-2", "offer", "accepted", 1, 9)],
            [],
        ),
    ],
    ids=[
        "offered twice",
        "offered and taken back",
        "offered twice and taken back",
        "two offers accepted",
        "an offer and its change",
        "offered anew after it was taken back",
        "offered anew after a refusal",
        "offered anew since it became less",
        "two loads",
    ],
)
def test_tenders_in_a_carriers_book(town, rows, found):
    store = Store(town.folder / "abcd" / "carrier_edi.sqlite", SCHEMA)
    with store.write() as db:
        for tender, shipment, purpose, state, messages, pieces in rows:
            load = {"shipment": shipment, "purpose": purpose, "pieces": pieces}
            body = json.dumps(load)
            db.execute(
                "INSERT INTO load (tender, body, line, pro, state, messages)"
                " VALUES (?, ?, '', '', ?, ?)",
                (tender, body, state, messages),
            )
    store.close()
    town.order("SO-1", cancelled_at=day(0))

    assert doubled(town.score()) == found

"""What counts as lost, and what is only late, cancelled or in hand."""

import pytest

from drawbar.world.score import Rules, Score
from drawbar.world.store import Store
from drawbar.world.trucker import SCHEMA
from tests.world.score.town import Town, day


def lost(score: Score) -> list[tuple[str, str]]:
    return [(one.rule, one.subject) for one in score.lost]


@pytest.mark.parametrize(
    ("at", "found"),
    [(day(2), [("order_untouched", "SO-1")]), (day(1.9), [])],
    ids=["two days old", "younger"],
)
def test_an_order_that_nobody_was_offered_is_lost_after_two_days(town, at, found):
    town.order("SO-1")

    assert lost(town.score(at)) == found


@pytest.mark.parametrize("name", ["SO-1", "PO-9"])
def test_an_order_in_hand_is_not_lost_whatever_it_is_called(town, name):
    town.order("SO-1", names=("SO-1", "PO-9"))

    assert lost(town.score(rules=Rules(in_hand=frozenset({name})))) == []


def test_a_cancelled_order_is_not_lost(town: Town):
    town.order("SO-1", cancelled_at=day(1))

    assert lost(town.score()) == []


def test_an_order_that_stands_in_a_carriers_book_is_not_lost(town: Town):
    town.order("SO-1")
    store = Store(town.folder / "abcd" / "carrier_edi.sqlite", SCHEMA)
    with store.write() as db:
        db.execute(
            "INSERT INTO load (tender, body, line, pro, state)"
            " VALUES ('T-1', ?, '', '', 'declined')",
            ('{"tender": "T-1", "purpose": "offer", "names": ["T-1", "SO-1"]}',),
        )
    store.close()

    assert lost(town.score()) == []


@pytest.mark.parametrize(
    ("at", "found"),
    [(day(6), [("delivery_not_invoiced", "SO-1")]), (day(5.9), [])],
    ids=["three days after the proof", "earlier"],
)
def test_a_proven_delivery_without_an_invoice_is_lost_after_three_days(town, at, found):
    town.order("SO-1")
    town.load("SO-1", delivered_at=day(2))
    town.proof("SO-1", at=day(3))

    assert lost(town.score(at)) == found


def test_a_delivery_that_is_not_proven_may_wait_for_its_invoice(town: Town):
    town.order("SO-1")
    town.load("SO-1")
    town.proof("SO-1", kind="proof_unsigned")

    assert lost(town.score()) == []


def test_an_old_bill_that_nobody_answered_is_lost(town: Town):
    town.whole("SO-1", key="bill-7")
    town.invoice("SO-1")

    assert lost(town.score()) == [("bill_unanswered", "bill-7")]


@pytest.mark.parametrize("where", ["mail/abcd/notices", "abcd/unreadable", "a table"])
def test_a_letter_to_the_carrier_answers_a_bill(town, where):
    town.whole("SO-1")
    town.invoice("SO-1")
    letter = "Freight bill N-SO-1 of ABCD\nOur reference: B-1\nReason: RATE\n"
    if where != "a table":
        (town.folder / where).mkdir(parents=True)
        (town.folder / where / "17.txt").write_text(letter)
    else:
        schema = "CREATE TABLE notice (name TEXT PRIMARY KEY, body TEXT NOT NULL)"
        store = Store(town.folder / "prairie" / "carrier_csv.sqlite", schema)
        with store.write() as db:
            db.execute("INSERT INTO notice VALUES ('17', ?)", (letter,))
        store.close()

    assert lost(town.score()) == []


def test_a_bill_that_is_worth_nothing_is_never_lost(town: Town):
    town.whole("SO-1", payable="0.00")
    town.invoice("SO-1")

    assert lost(town.score()) == []


def test_what_the_firm_keeps_of_its_letters_proves_nothing(town: Town):
    town.whole("SO-1")
    town.invoice("SO-1")
    kept = town.folder / "mail" / "abcd" / "read" / "sent" / "17.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("Freight bill N-SO-1 of ABCD\n")

    assert [rule for rule, _ in lost(town.score())] == ["bill_unanswered"]

"""The books balance document by document, and equal our ledger line by line."""

import json
from pathlib import Path

import pytest

from drawbar.world.score import NotALedger
from tests.world.score.town import Town


def ledger(town: Town, *lines: tuple[str, str, str, str]) -> Path:
    file = town.folder / "ledger.jsonl"
    names = ("document_key", "account", "debit", "credit")
    told = [dict(zip(names, line, strict=True)) | {"currency": "USD"} for line in lines]
    file.write_text("".join(json.dumps(one) + "\n" for one in told))
    return file


OURS = (
    ("B-SO-1/1", "freight_cost", "1000.00", "0"),
    ("B-SO-1/1", "accounts_payable", "0", "1000.00"),
)


@pytest.fixture
def posted(town: Town) -> Town:
    town.whole("SO-1")
    town.voucher("SO-1")
    return town


def test_books_that_equal_the_ledger_differ_by_nothing(posted: Town):
    headline = posted.score(ledger=ledger(posted, *OURS)).headline()

    assert headline["erp_difference"] == "0.00"


def test_an_account_may_be_named_as_the_erp_does(posted: Town):
    codes = (("B-SO-1/1", "5100", "1000.0", "0"), ("B-SO-1/1", "2000", "0", "1000"))

    assert posted.score(ledger=ledger(posted, *codes)).books.differences == ()


@pytest.mark.parametrize(
    ("lines", "difference"),
    [
        (OURS[:1], "1000.00"),
        ((("B-SO-1/1", "freight_cost", "1000.01", "0"), OURS[1]), "2000.01"),
        ((("B-SO-1/1", "freight_variance", "1000.00", "0"), OURS[1]), "2000.00"),
        ((("B-SO-1/2", "freight_cost", "1000.00", "0"), OURS[1]), "2000.00"),
        ((*OURS, OURS[0]), "1000.00"),
        ((*OURS, ("", "bank_clearing", "5.00", "0")), "0.00"),
    ],
    ids=[
        "a line is missing",
        "a cent more",
        "another account",
        "another document",
        "a line twice",
        "a line that is not for the ERP",
    ],
)
def test_each_line_that_one_side_lacks_counts_in_full(posted, lines, difference):
    headline = posted.score(ledger=ledger(posted, *lines)).headline()

    assert headline["erp_difference"] == difference


def test_a_document_out_of_balance_is_seen_though_another_makes_up_for_it(town: Town):
    for order, lines in (("SO-1", ("10.00", "10.00")), ("SO-2", ("10.00", "10.00"))):
        town.credit(order, lines[0])
    with town.store.write() as db:
        for key, credit in ((1, "9.00"), (2, "11.00")):
            body = [
                {"account": "2000", "debit": "10.00"},
                {"account": "5100", "credit": credit},
            ]
            db.execute("UPDATE document SET lines = ? WHERE id = ?", (json.dumps(body), key))
    town.order("SO-1", cancelled_at=town.clock.now())

    books = town.score().books

    assert (str(books.ledger_balance), str(books.balances["USD"])) == ("2.00", "0.00")


def test_a_ledger_line_that_cannot_be_read_is_named(posted: Town):
    file = ledger(posted, *OURS)
    file.write_text(file.read_text() + '{"account": 5}\n')

    with pytest.raises(NotALedger, match="line 3"):
        posted.score(ledger=file)

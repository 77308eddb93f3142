"""The evidence is read as it lies there, and nothing of it is changed."""

import sqlite3

import pytest

from drawbar.world.score.reading import read_evidence
from tests.world.score.town import Town, day


def posted_at(town: Town) -> list[object]:
    return [one.posted_at for one in read_evidence(town.folder, None).documents]


def test_a_document_was_posted_when_its_stamp_says(town: Town):
    town.score()
    town.voucher("SO-1", at=day(3))
    town.voucher("SO-2", at=day(4))

    assert posted_at(town) == [day(3), day(4)]


def test_a_payment_overwrites_the_stamp_so_the_next_unpaid_document_tells(town: Town):
    town.score()
    town.voucher("SO-1", at=day(3))
    town.credit("SO-9", "5.00", at=day(3.25))
    town.voucher("SO-2", at=day(4))
    town.pay(day(20))

    assert posted_at(town) == [day(3.25), day(3.25), day(20)]


def test_reading_changes_nothing(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")
    before = list(town.store.rows("SELECT * FROM document"))

    town.score()

    assert list(town.store.rows("SELECT * FROM document")) == before
    assert {path.name for path in town.folder.iterdir()} == {"erp", "truth.jsonl"}


def test_a_file_of_another_kind_beside_the_books_says_nothing(town: Town):
    (town.folder / "wms").mkdir()
    db = sqlite3.connect(town.folder / "wms" / "wms.sqlite")
    db.execute("CREATE TABLE load (tender TEXT, weight TEXT)")
    db.execute("CREATE TABLE notice (at TEXT)")
    db.close()
    (town.folder / "wms" / "readme.txt").write_text("Freight bills are none of ours")
    town.whole("SO-1")
    town.score()

    found = read_evidence(town.folder, None)
    assert (found.tenders, found.notices) == ((), ())


@pytest.mark.parametrize("body", ["", "\n\n"], ids=["empty", "blank lines"])
def test_a_ledger_without_lines_is_a_ledger(town, body):
    town.whole("SO-1")
    town.score()
    (town.folder / "ledger.jsonl").write_text(body)

    assert read_evidence(town.folder, town.folder / "ledger.jsonl").ledger == ()

"""The score book survives any crash: nothing is said twice, and the truth is what was said."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from drawbar.world.conductor import ScoreBook
from drawbar.world.plan import Acceptance, Saying
from drawbar.world.truth import FaultTruth, read_truth
from tests.world.conductor.theatre import BEGIN

SOON, LATER = BEGIN + timedelta(hours=1), BEGIN + timedelta(hours=2)


def load(tender: str = "S-1-V1T1") -> Acceptance:
    return Acceptance(carrier="NRTH", tender=tender, shipment="S-1", pro="N1", at=BEGIN, seq=1)


def fault(subject: str) -> FaultTruth:
    return FaultTruth(kind="unknown_status_code", subject=subject, at=SOON)


def saying(key: str, at=SOON, **more) -> Saying:
    return Saying(key=key, at=at, mouth="carrier", body={"ref": "S-1-V1T1"}, **more)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[ScoreBook]:
    opened = ScoreBook(tmp_path)
    yield opened
    opened.close()


def keys(book: ScoreBook, now=LATER) -> list[str]:
    return [line.key for line in book.due(now)]


def reopened(book: ScoreBook, tmp_path: Path) -> ScoreBook:
    book.close()
    return ScoreBook(tmp_path)


def test_what_is_due_comes_in_order_and_not_before_its_time(book):
    book.plan(load(), [saying("b", LATER), saying("c"), saying("a", LATER)])

    assert keys(book, BEGIN) == []
    assert keys(book, SOON) == ["c"]
    assert keys(book, LATER) == ["c", "a", "b"]
    assert book.next_due() == SOON


def test_a_book_that_is_opened_again_says_nothing_twice(book, tmp_path):
    book.plan(load(), [saying("a"), saying("b", LATER)])
    book.said(book.due(SOON))

    with_another = reopened(book, tmp_path)
    with_another.plan(load(), [saying("a"), saying("b", LATER)])
    found, due = keys(with_another), with_another.next_due()
    with_another.close()

    assert (found, due) == (["b"], LATER)


def test_a_new_plan_of_a_load_drops_what_was_not_said_and_nothing_of_others(book):
    book.plan(load(), [saying("old", SOON), saying("stale", LATER)])
    book.plan(load("S-2-V1T1"), [saying("other", LATER)])
    book.said(book.due(SOON))
    book.plan(load(), [saying("new", LATER)])

    assert keys(book) == ["new", "other"]


def test_a_load_that_was_taken_back_is_not_spoken_of(book):
    book.plan(load(), [saying("a")])
    book.plan(load(), ())

    assert (keys(book), book.next_due()) == ([], None)


def test_what_is_put_off_comes_again_at_its_new_time(book):
    book.plan(load(), [saying("a")])
    (line,) = book.due(SOON)
    book.put_off(line, LATER)

    assert (keys(book, SOON), keys(book, LATER)) == ([], ["a"])


def test_the_truth_is_what_was_said_and_learned_and_nothing_else(book):
    book.learn("outage", fault("erp"))
    book.plan(load(), [saying("a", truth=fault("a")), saying("b", LATER, truth=fault("b"))])
    book.said(book.due(SOON))
    book.said(book.due(SOON))

    assert read_truth(book.unseal().read_bytes()) == (fault("erp"), fault("a"))


def test_the_truth_that_was_said_outlives_a_new_plan(book):
    book.plan(load(), [saying("a", truth=fault("a"))])
    book.said(book.due(SOON))
    book.plan(load(), ())

    assert read_truth(book.unseal().read_bytes()) == (fault("a"),)


def test_what_is_learned_again_under_a_key_takes_the_place_of_what_was(book):
    book.learn("load", fault("first"))
    book.learn("load", fault("second"))

    assert read_truth(book.unseal().read_bytes()) == (fault("second"),)


def test_notes_outlive_the_book_and_what_was_never_noted_is_empty(book, tmp_path):
    book.note("now", "then")
    book.note("now", "later")
    again = reopened(book, tmp_path)
    found = (again.noted("now"), again.noted("never"))
    again.close()

    assert found == ("later", "")

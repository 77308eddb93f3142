"""Control numbers in: what is missing, late, begun anew or used for something else is told."""

import pytest

from drawbar.freight.control_number import INTERCHANGE, NumberHeard, group_series
from drawbar.messages.heard_numbers import Use, eras, hear
from tests.engine.database import rows

pytestmark = pytest.mark.system


def use(number: int, *, content: str = "", series: str = INTERCHANGE) -> Use:
    """Return a number with a content of its own."""
    heard = NumberHeard(
        system="abcd", series=series, number=number, content=content or f"c{number}"
    )
    return Use(f"M-{number}", heard)


@pytest.fixture
def heard(engine):
    """Return what hears numbers one message after the other."""

    def hears(*uses: Use) -> list[Use]:
        return [
            one
            for each in uses
            for one in engine.within(
                lambda batch, _, it=each: hear(batch.cursor, [it], now=batch.now)
            )
        ]

    return hears


def notes(pool):
    return rows(pool, "SELECT kind, series, first, last FROM control_notes ORDER BY note_id")


def last(pool):
    return dict(rows(pool, "SELECT series, last FROM control_series WHERE direction = 'in'"))


def test_numbers_in_order_are_nothing_to_speak_of(heard, pool):
    assert heard(use(41), use(42), use(43)) == []
    assert (notes(pool), last(pool)) == ([], {INTERCHANGE: 43})


def test_numbers_left_out_are_a_gap_and_come_late(heard, pool):
    heard(use(41), use(44), use(43), use(45))

    assert notes(pool) == [("gap", INTERCHANGE, 42, 43), ("late", INTERCHANGE, 43, 43)]
    assert last(pool) == {INTERCHANGE: 45}


def test_a_number_below_that_was_never_missing_is_a_jump_back(heard, pool):
    heard(use(41), use(1), use(2))

    assert notes(pool) == [("jump_back", INTERCHANGE, 1, 41)]
    assert last(pool) == {INTERCHANGE: 2}


def test_files_picked_up_in_the_wrong_order_leave_no_gap_behind(heard, pool):
    heard(use(42), use(41), use(43))

    assert [kind for kind, *_ in notes(pool)] == ["jump_back"]
    assert last(pool) == {INTERCHANGE: 43}


def test_the_same_again_changes_nothing(heard, pool):
    assert heard(use(41), use(42), use(41)) == []
    assert (notes(pool), last(pool)) == ([], {INTERCHANGE: 42})


def test_a_number_used_for_something_else_needs_a_person(heard, pool):
    reused = heard(use(41), use(42), use(41, content="else"))

    assert [one.heard.number for one in reused] == [41]
    assert notes(pool) == [("reused", INTERCHANGE, 41, 41)]


def test_a_partner_that_numbers_every_group_one_is_left_in_peace(heard, pool):
    group = group_series("QM")

    assert heard(use(1, series=group), use(1, content="else", series=group)) == []
    assert notes(pool) == []


def test_nobody_began_to_count_anew_by_himself(heard, engine):
    heard(use(41), use(1))

    assert engine.within(lambda batch, _: eras(batch.cursor, ["abcd"])) == {}

"""The ERP pays by its own books: at night what is due, a visitor's bill at once, nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest

from drawbar.world.conductor.treasury import Treasury
from tests.world.conductor.theatre import BEGIN, DAY, MINUTE

NIGHT = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
TODAY = BEGIN.date()


@pytest.fixture
def treasury(world):
    world.conductor.open(BEGIN)
    opened = Treasury(world.cast, world.book)
    opened.turn(BEGIN + 3 * timedelta(hours=1))
    return opened


def test_nothing_is_paid_before_the_night(world, treasury):
    world.voucher("19267", "100.00", due_on=TODAY)

    assert not treasury.turn(NIGHT - MINUTE)
    assert world.payments() == []
    assert treasury.next_due() == NIGHT


@pytest.mark.parametrize("kind", ["voucher", "invoice"])
def test_at_night_what_is_due_is_paid_and_what_is_not_due_is_not(world, treasury, kind):
    world.voucher("1", "100.00", due_on=TODAY, kind=kind)
    world.voucher("2", "200.00", due_on=NIGHT.date(), kind=kind)
    world.voucher("3", "300.00", due_on=NIGHT.date() + DAY, kind=kind)

    assert treasury.turn(NIGHT)
    assert world.payments() == [("1/1", "100.00"), ("2/1", "200.00")]
    assert treasury.next_due() == NIGHT + DAY


def test_what_was_paid_is_not_paid_again_by_whoever_comes_next(world, treasury):
    world.voucher("1", "100.00", due_on=TODAY)
    treasury.turn(NIGHT)
    anew = Treasury(world.cast, world.book)
    anew.turn(NIGHT + MINUTE)
    anew.turn(NIGHT + DAY)

    assert world.payments() == [("1/1", "100.00")]


def test_a_night_that_nobody_was_awake_in_is_made_up_for_in_the_morning(world, treasury):
    world.voucher("1", "100.00", due_on=TODAY)
    treasury.turn(NIGHT + timedelta(hours=5))

    assert world.payments() == [("1/1", "100.00")]


def test_a_visitors_bill_is_paid_as_soon_as_it_is_a_voucher_and_no_other_is(world, treasury):
    treasury.pay_soon(["V-1"])
    treasury.turn(BEGIN + DAY / 6)
    before = world.payments()
    world.voucher("V-1", "100.00", due_on=TODAY + 30 * DAY)
    world.voucher("V-10", "200.00", due_on=TODAY + 30 * DAY)
    paid = treasury.turn(BEGIN + DAY / 6 + MINUTE)

    assert (before, paid) == ([], True)
    assert world.payments() == [("V-1/1", "100.00")]
    assert not treasury.turn(BEGIN + DAY / 6 + 2 * MINUTE)


def test_a_visitor_that_waits_is_remembered(world, treasury):
    treasury.pay_soon(["V-1"])
    treasury.pay_soon(["V-2"])
    for number in ("V-1", "V-2"):
        world.voucher(number, "100.00", due_on=TODAY + 30 * DAY)
    Treasury(world.cast, world.book).turn(BEGIN + DAY / 6)

    assert world.payments() == [("V-1/1", "100.00"), ("V-2/1", "100.00")]

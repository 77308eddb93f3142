"""What a world brings about by itself comes in the order of time."""

from datetime import timedelta

import pytest

from drawbar.world.conductor.agenda import AWAY, agenda_of, staged_outage, when
from drawbar.world.plan import Asked, plan_of
from tests.world.conductor.theatre import ASKED, BEGIN

FORTNIGHT = plan_of(Asked(seed=7, begins_on=ASKED.begins_on, days=14, loads_per_day=25))
AGENDA = agenda_of(FORTNIGHT.orders, FORTNIGHT.outages, FORTNIGHT.lapses)


def test_everything_comes_in_the_order_of_time():
    assert [when(one) for one in AGENDA] == sorted(when(one) for one in AGENDA)


def test_every_order_change_cancel_and_outage_is_there_once():
    orders = FORTNIGHT.orders
    expected = {
        "order": len(orders),
        "revision": sum(len(one.revisions) for one in orders),
        "cancel": sum(one.cancelled_at is not None for one in orders),
        "away": len(FORTNIGHT.outages),
        "back": len(FORTNIGHT.outages),
        "lapse": len(FORTNIGHT.lapses),
    }

    assert min(expected.values()) > 0
    assert {what: _count(what) for what in expected} == expected
    assert len(AGENDA) == sum(expected.values())


def _count(what: str) -> int:
    return sum(one == what for _, one, _ in AGENDA)


def test_an_order_is_entered_before_it_is_changed_or_cancelled():
    entered: set[str] = set()
    for _, what, subject in AGENDA:
        if what == "order":
            entered.add(subject.number)
        elif what == "revision":
            assert subject.sales_order["number"] in entered
        elif what == "cancel":
            assert subject.number in entered


@pytest.mark.parametrize("outage", FORTNIGHT.outages, ids=lambda one: one.kind)
def test_every_outage_that_is_planned_can_be_played(outage):
    assert outage.kind in AWAY


def test_the_staged_outage_begins_when_incidents_are_under_way_and_ends():
    outage = staged_outage(BEGIN)

    assert outage.at - BEGIN == timedelta(minutes=90)
    assert outage.until == outage.at + timedelta(hours=3)

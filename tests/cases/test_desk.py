"""Whose desk a case lands on, and until when."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.cases.desk import DUTIES, Assignment, Desk, assigned, opened
from drawbar.freight.case import Case, CaseKind
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
SHIPMENT = StreamKey(StreamKind.SHIPMENT, "S-1001")


def case(kind: CaseKind = CaseKind.UNCOVERED, **more: object) -> Case:
    return opened(
        kind, subject=SHIPMENT, text="nobody takes it", remedy="Ask a broker.", now=NOON, **more
    )


@pytest.mark.parametrize("kind", CaseKind)
def test_every_kind_of_case_has_an_owner_a_time_and_an_end(kind):
    duty = DUTIES[kind]

    assert duty.desk in Desk
    assert 1 <= duty.due_hours <= 30 * 24
    assert duty.closed_by


def test_there_is_no_duty_for_a_kind_that_does_not_exist():
    assert set(DUTIES) == set(CaseKind)


@pytest.mark.parametrize(
    ("kind", "desk"),
    [
        (CaseKind.UNCOVERED, Desk.DISPATCH),
        (CaseKind.BILL_STOPPED, Desk.FINANCE),
        (CaseKind.POD_INVALID, Desk.SERVICE),
        (CaseKind.DELIVERY_UNSURE, Desk.INTEGRATION),
        (CaseKind.UNRATED, Desk.SALES),
    ],
)
def test_a_case_lands_on_the_desk_that_can_end_it(kind, desk):
    assert case(kind).owner == desk.value


def test_a_case_is_due_so_many_hours_after_it_was_opened():
    assert case(CaseKind.UNCOVERED).due_at == NOON + timedelta(hours=1)


def test_a_case_says_what_about_whom_and_how_much():
    subject = case(item="V1", cause="lane 7", money_at_risk=Money(Decimal("1650.00"), "USD"))

    assert (subject.kind, subject.subject, subject.item) == (CaseKind.UNCOVERED, SHIPMENT, "V1")
    assert (subject.text, subject.remedy) == ("nobody takes it", "Ask a broker.")
    assert (subject.cause, subject.money_at_risk) == ("lane 7", Money(Decimal("1650.00"), "USD"))


@pytest.mark.parametrize(
    ("said", "owner", "hours"),
    [
        (Assignment(owner=Desk.SERVICE, due_hours=6), "service", 6),
        (Assignment(owner=Desk.SALES), "sales", 1),
        (Assignment(due_hours=9), "dispatch", 9),
    ],
    ids=["another desk and time", "another desk alone", "more time alone"],
)
def test_a_firm_may_give_a_kind_of_case_to_another_desk(said, owner, hours):
    moved = assigned(case(), {CaseKind.UNCOVERED: said})

    assert (moved.owner, moved.due_at) == (owner, NOON + timedelta(hours=hours))
    assert moved.text == case().text


def test_what_a_firm_says_of_one_kind_leaves_the_others():
    assert assigned(case(), {CaseKind.UNRATED: Assignment(due_hours=2)}) == case()


@pytest.mark.parametrize("hours", [0, -1, 8_761])
def test_a_case_is_not_due_before_it_is_opened_nor_after_years(hours):
    with pytest.raises(ValueError, match="due_hours"):
        Assignment(due_hours=hours)

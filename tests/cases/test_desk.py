"""Whose desk a case lands on, and until when."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.cases.desk import DUTIES, Desk, Duty, assigned, opened
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


def test_a_firm_may_give_a_case_to_another_desk():
    own = Duty(desk=Desk.SERVICE, due_hours=6, closed_by="the customer calls back")

    moved = assigned(case(), own, now=NOON)

    assert (moved.owner, moved.due_at) == ("service", NOON + timedelta(hours=6))
    assert moved.text == case().text

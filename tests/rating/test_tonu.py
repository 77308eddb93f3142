"""Truck ordered, not used: 250.00 below 4 hours before pickup, or once the driver is sent.

The pickup is due on 2026-03-11 at 08:00 UTC.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.accessorial import TonuRate
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.contract import Contract, Side
from drawbar.freight.money import Money
from drawbar.rating.tonu import NotOwed, Owed, tonu

DUE = datetime(2026, 3, 11, 8, tzinfo=UTC)
CONTRACT = Contract(
    contract_ref="ABCD-2026",
    version=2,
    side=Side.BUY,
    party_ref="ABCD",
    currency="USD",
    valid_from=date(2026, 1, 1),
    known_at=datetime(2026, 1, 1, tzinfo=UTC),
    lanes=(),
    tonu=TonuRate(clause="TONU-1", amount=Decimal(250)),
)


def cancelled(when: str, dispatched=False, contract=CONTRACT) -> Owed | NotOwed:
    return tonu(
        contract,
        pickup_due_at=DUE,
        cancelled_at=datetime.fromisoformat(when),
        driver_dispatched=dispatched,
        facts=("cancel-1",),
    )


@pytest.mark.parametrize(
    ("when", "dispatched", "owed"),
    [
        ("2026-03-11T06:30Z", False, True),
        ("2026-03-10T20:00Z", False, False),
        ("2026-03-10T20:00Z", True, True),
        ("2026-03-11T04:00Z", False, False),
        ("2026-03-11T04:00:00.000001Z", False, True),
        ("2026-03-11T09:00Z", False, True),
    ],
    ids=[
        "an hour and a half before",
        "the evening before",
        "the evening before, driver sent",
        "exactly four hours before",
        "a moment later",
        "after the pickup was due",
    ],
)
def test_r23_is_owed_when_cancelled_late_or_after_dispatch(when, dispatched, owed):
    answer = cancelled(when, dispatched)

    assert isinstance(answer, Owed) is owed
    if isinstance(answer, Owed):
        assert answer.charge.charge.money == Money(Decimal("250.00"), "USD")


def test_r23_the_customer_owes_by_the_contract_with_the_customer():
    sell = structs.replace(
        CONTRACT, side=Side.SELL, tonu=TonuRate(clause="C-TONU", amount=Decimal(300))
    )
    answer = cancelled("2026-03-11T06:30Z", contract=sell)

    assert isinstance(answer, Owed)
    assert answer.charge.charge.money == Money(Decimal(300), "USD")


def test_says_why():
    assert cancelled("2026-03-11T06:30Z") == Owed(
        AgreedCharge(
            charge_ref="tonu",
            charge=Charge(kind=ChargeKind.TONU, money=Money(Decimal("250.00"), "USD")),
            why=Explanation(
                rule="tonu",
                contract_ref="ABCD-2026",
                contract_version=2,
                clause="TONU-1",
                facts=("cancel-1",),
                steps=(
                    Step(text="cancelled 1 h 30 min before the pickup was due"),
                    Step(text="less than 4 h: TONU of 250.00 USD", result="250.00 USD"),
                ),
            ),
        )
    )


def test_says_that_the_driver_was_sent_only_where_that_decides():
    answer = cancelled("2026-03-10T20:00Z", dispatched=True)

    assert isinstance(answer, Owed)
    assert answer.charge.why.steps[1].text == "driver dispatched: TONU of 250.00 USD"


def test_a_cancellation_in_time_says_so():
    assert cancelled("2026-03-10T20:00Z") == NotOwed(
        "cancelled 12 h 0 min before the pickup was due, at least 4 h ahead"
    )


def test_after_the_pickup_was_due_is_said_as_such():
    answer = cancelled("2026-03-11T09:05Z")

    assert isinstance(answer, Owed)
    assert answer.charge.why.steps[0].text == "cancelled 1 h 5 min after the pickup was due"


def test_in_the_very_minute_that_the_pickup_was_due_is_not_after_it():
    answer = cancelled("2026-03-11T08:00Z")

    assert isinstance(answer, Owed)
    assert answer.charge.why.steps[0].text == "cancelled 0 h 0 min before the pickup was due"


def test_without_a_clause_nothing_is_owed():
    answer = cancelled("2026-03-11T06:30Z", contract=structs.replace(CONTRACT, tonu=None))

    assert answer == NotOwed("ABCD-2026 version 2 grants no TONU")


@given(st.decimals(0, 72, places=2), st.integers(-5000, 5000), st.booleans())
def test_never_owes_more_than_the_clause_and_only_by_its_rule(hours, minutes, dispatched):
    contract = structs.replace(
        CONTRACT, tonu=TonuRate(clause="T", amount=Decimal(250), hours_before_pickup=hours)
    )
    when = DUE - timedelta(minutes=minutes)
    answer = cancelled(when.isoformat(), dispatched, contract)

    assert isinstance(answer, Owed) is (dispatched or minutes < hours * 60)

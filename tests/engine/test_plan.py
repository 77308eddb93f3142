"""A plan says beforehand what an apply does, and writes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.cli.company.planning import plan_of
from drawbar.engine.terms import apply_folder
from drawbar.freight.charge import ChargeKind
from drawbar.freight.lane import LanePlace
from tests.engine.database import rows
from tests.engine.test_terms import (
    APRIL_20,
    accrued,
    agreement,
    firm,
    folder,
    learn,
    listed,
    working,
    x_is_paid_and_y_is_not_invoiced,
)
from tests.flow.stage import bill, order, usd

__all__ = ["working"]
pytestmark = pytest.mark.system
TABLES = ("facts", "pending", "company_versions", "claim_candidates", "entries", "cases")


def plan(pool, company):
    with pool.connection() as connection, connection.cursor() as cursor:
        return plan_of(cursor, company, at=APRIL_20)


def counted(pool):
    return {one: rows(pool, f"SELECT count(*) FROM {one}") for one in TABLES}


def corrected():
    return firm(agreement("2025.00"), agreement("1990.00", version=2))


def test_a_plan_says_what_the_apply_then_does(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    before = counted(pool)

    told = plan(pool, corrected())

    assert counted(pool) == before
    assert (told.looked_at, told.accruals.count, told.accruals.amounts) == (2, 1, (usd("-35.00"),))
    assert told.claimed.amounts == (usd("35.00"),)
    assert [(line.of, line.accruals.amounts) for line in told.by_carrier] == [
        ("ABCD", (usd("-35.00"),))
    ]
    accrued_before = accrued(pool, "S-Y")
    clock.time = APRIL_20
    apply_folder(pool, clock, folder(corrected(), "second"), by="R. Diaz", because="")
    working.run_until_idle()
    assert accrued(pool, "S-Y") - accrued_before == Decimal("-35.00")
    assert [one.difference for one in listed(pool)] == [one.difference for one in told.candidates]


def test_what_could_not_be_priced_any_more_is_listed(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    far = structs.replace(agreement("1990.00", version=2).lanes[0], origin=LanePlace(country="CA"))
    moved = structs.replace(agreement("1990.00", version=2), lanes=(far,))

    told = plan(pool, firm(agreement("2025.00"), moved))

    assert {one.shipment_ref for one in told.unpriced} == {"S-Y"}  # S-X is paid, and stays
    assert "No lane" in told.unpriced[0].text


def test_an_open_bill_that_would_be_judged_otherwise_is_shown(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    over = bill(
        (ChargeKind.LINEHAUL, "2100.00"), ref="B-Y", number="2", references=order("Y").references
    )
    learn(working, clock, over)

    told = plan(pool, firm(agreement("2025.00"), agreement("2100.00", version=2)))

    (change,) = told.bills
    assert (change.bill_ref, change.status_after) == ("B-Y", "approved")
    assert change.payable_after == usd("2100.00")


def test_the_folder_that_holds_would_change_nothing(working, pool):
    told = plan(pool, firm(agreement("2025.00")))

    assert told.is_nothing
    assert not told.moves_money


def test_a_contract_of_next_year_touches_no_load_of_today(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    later = structs.replace(agreement("1.00", version=2), valid_from=date(2027, 1, 1))

    told = plan(pool, firm(agreement("2025.00"), later))

    assert (told.changes, told.looked_at) == (("ABCD-2026 version 2",), 0)

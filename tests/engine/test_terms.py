"""A corrected contract while everything runs: what is open follows it, what is paid is only listed.

Worked case R11: 2,025.00 from 1 April, corrected to 1,990.00 on 20 April with effect from 1 April.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.engine import Engine
from drawbar.engine.terms import Folder, applied_at_first, apply_folder
from drawbar.flow.amendment import Contradiction
from drawbar.flow.company import Company
from drawbar.flow.run import FreightRun
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import VoucherPaid
from drawbar.freight.lane import LanePlace, LaneRate
from drawbar.freight.terms import CandidateKind
from drawbar.records.candidates import Wanted, candidates
from drawbar.records.company import company_of, newest, version_at
from tests.engine.database import rows
from tests.flow.stage import (
    MONDAY,
    SEEN,
    acme,
    answered,
    bill,
    driven,
    milestone,
    order,
    released,
    usd,
)

pytestmark = pytest.mark.system

APRIL_15 = datetime(2026, 4, 15, 12, tzinfo=UTC)
APRIL_20 = datetime(2026, 4, 20, 12, tzinfo=UTC)
US = LanePlace(country="US")


def agreement(amount: str, *, version: int = 1) -> Contract:
    lane = LaneRate(clause="1.1 Linehaul", origin=US, destination=US, flat=Decimal(amount))
    return Contract(
        contract_ref="ABCD-2026",
        version=version,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1) if version == 0 else date(2026, 3, 1),
        lanes=(lane,),
    )


def firm(*contracts: Contract) -> Company:
    company = acme()
    others = tuple(one for one in company.contracts if one.party_ref != "ABCD")
    return structs.replace(company, contracts=(*others, *contracts))


def folder(company: Company, words: str) -> Folder:
    return Folder(company=company, files={"contracts/ABCD.yaml": words.encode()})


@pytest.fixture
def working(pool, clock) -> Engine:
    """Return the firm at work under its first version."""
    clock.time = MONDAY - timedelta(days=30)
    applied_at_first(pool, clock, folder(firm(agreement("2025.00")), "first"))
    return Engine(pool, FreightRun(acme()), clock, {})


def learn(engine: Engine, clock, *facts: Fact) -> None:
    for fact in facts:
        clock.time = max(clock.time, fact.learned_at)
        engine.learn([fact])
        engine.run_until_idle()


def run_of(ref: str) -> tuple[Fact, ...]:
    shipment = f"S-{ref}"
    return (
        released(order(ref)),
        answered(f"{shipment}-V1T1"),
        *driven(shipment),
    )


def x_is_paid_and_y_is_not_invoiced(engine: Engine, clock) -> None:
    both = [*run_of("X"), *run_of("Y")]
    learn(engine, clock, *sorted(both, key=lambda fact: fact.learned_at))
    named = bill((ChargeKind.LINEHAUL, "2025.00"), ref="B-X", references=order("X").references)
    learn(engine, clock, named)
    paid = VoucherPaid(
        key="paid:B-X",
        happened_at=APRIL_15,
        learned_at=APRIL_15,
        lineage=SEEN,
        bill_ref="B-X",
        document="V-1",
        money=usd("2025.00"),
        paid_on=APRIL_15.date(),
    )
    learn(engine, clock, paid)


def correct(engine: Engine, pool, clock, *, amount: str = "1990.00", version: int = 2):
    clock.time = max(clock.time, APRIL_20)
    earlier = (
        [agreement("2025.00")]
        if version == 2
        else [agreement("2025.00"), agreement("1990.00", version=2)]
    )
    wanted = folder(firm(*earlier, agreement(amount, version=version)), f"correction {version}")
    applied = apply_folder(pool, clock, wanted, by="R. Diaz", because="a typing error")
    engine.run_until_idle()
    return applied


def accrued(pool, ref: str) -> Decimal:
    query = """SELECT sum(-amount) FROM entry_lines JOIN entries USING (entry_ref)
                WHERE shipment_ref = %s AND account = 'freight_accrued'"""
    ((amount,),) = rows(pool, query, ref)
    return amount


def listed(pool):
    with pool.connection() as connection, connection.cursor() as cursor:
        return candidates(cursor, Wanted())


def test_r11_a_correction_lists_what_was_paid_and_prices_anew_what_was_not(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    paid_before = rows(pool, "SELECT status, payable, disputed FROM freight_bills")
    entries_of_x = rows(pool, "SELECT count(*) FROM entries WHERE shipment_ref = 'S-X'")
    assert (accrued(pool, "S-X"), accrued(pool, "S-Y")) == (0, Decimal("2025.00"))

    applied = correct(working, pool, clock)

    assert (applied.version, applied.told) == (2, 2)
    (candidate,) = listed(pool)
    assert candidate.kind is CandidateKind.OVERCHARGE
    assert (candidate.shipment_ref, candidate.difference) == ("S-X", usd("35.00"))
    assert (candidate.settled, candidate.corrected) == (usd("2025.00"), usd("1990.00"))
    assert candidate.documents == ("B-X",)
    assert rows(pool, "SELECT status, payable, disputed FROM freight_bills") == paid_before
    assert rows(pool, "SELECT count(*) FROM entries WHERE shipment_ref = 'S-X'") == entries_of_x
    assert (accrued(pool, "S-X"), accrued(pool, "S-Y")) == (0, Decimal("1990.00"))
    assert rows(pool, "SELECT key FROM dead_facts") == []


def test_r11_as_known_on_15_april_the_contract_still_says_2025(working, pool, clock):
    correct(working, pool, clock)

    with pool.connection() as connection, connection.cursor() as cursor:
        then = company_of(cursor, version_at(cursor, APRIL_15), known_at=APRIL_15)
        now = company_of(cursor, newest(cursor))

    rates = [[lane.flat for lane in one.lanes] for one in then.contracts if one.party_ref == "ABCD"]
    assert rates == [[Decimal("2025.00")]]
    assert [one.version for one in now.contracts if one.party_ref == "ABCD"] == [1, 2]


def test_a_bill_after_the_correction_is_judged_by_it(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    correct(working, pool, clock)

    late = bill(
        (ChargeKind.LINEHAUL, "1990.00"), ref="B-Y", number="N-2", references=order("Y").references
    )
    learn(working, clock, structs.replace(late, learned_at=APRIL_20 + timedelta(days=1)))

    status = dict(rows(pool, "SELECT ref, status FROM freight_bills"))
    assert status["B-Y"] == "approved"
    assert accrued(pool, "S-Y") == 0


def test_a_later_event_moves_nothing_that_was_paid(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    correct(working, pool, clock, amount="2100.00")
    (candidate,) = listed(pool)
    assert (candidate.kind, candidate.difference) == (CandidateKind.UNDERCHARGE, usd("75.00"))

    from drawbar.freight.milestone import MilestoneKind

    learn(working, clock, milestone(MilestoneKind.DEPARTED_DELIVERY, 3100, ref="S-X"))

    assert accrued(pool, "S-X") == 0


def test_the_same_folder_again_is_no_new_version(working, pool, clock):
    first = correct(working, pool, clock)
    again = correct(working, pool, clock)

    assert (again.version, again.is_new) == (first.version, False)


def test_a_difference_that_is_listed_is_not_listed_again_by_a_later_version(working, pool, clock):
    x_is_paid_and_y_is_not_invoiced(working, clock)
    correct(working, pool, clock)

    correct(working, pool, clock, version=3)

    assert len(listed(pool)) == 1


def test_a_contract_that_was_applied_cannot_say_something_else(working, pool, clock):
    wanted = folder(firm(agreement("1990.00")), "other words")

    with pytest.raises(Contradiction, match=r"flat: 2025.00 -> 1990.00.*as version 2"):
        apply_folder(pool, clock, wanted, by="R. Diaz", because="")

    assert rows(pool, "SELECT max(version) FROM company_versions") == [(1,)]


def test_a_contract_that_was_applied_cannot_vanish(working, pool, clock):
    with pytest.raises(Contradiction, match="ABCD-2026 was applied and is no longer"):
        apply_folder(pool, clock, folder(firm(), "without"), by="R. Diaz", because="")


def test_every_decision_says_under_which_version_it_was_made(working, pool, clock):
    learn(working, clock, *run_of("X"))
    correct(working, pool, clock)

    query = "SELECT DISTINCT terms FROM fact_streams WHERE ref = 'S-X' ORDER BY terms"
    assert rows(pool, query) == [(1,), (2,)]


def test_an_engine_that_was_at_work_before_sees_the_new_version(working, pool, clock):
    other = Engine(pool, FreightRun(acme()), clock, {})
    other.work_once()
    assert other.run.company.version == 1

    correct(working, pool, clock)
    other.work_once()

    assert other.run.company.version == 2

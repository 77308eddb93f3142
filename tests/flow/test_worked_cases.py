"""The trade's worked cases that need the whole flow, by their numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import ChargeApproved, DisputeClosed
from drawbar.freight.ledger import Account, Purpose
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import (
    MONDAY,
    Stage,
    acme,
    answered,
    bill,
    driven,
    milestone,
    order,
    pod,
    released,
    usd,
    when,
)

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
TENDER = "S-1001-V1T1"


def covered(**policy: object) -> Stage:
    stage = Stage(acme(**policy))
    stage.learn(released(), answered(TENDER))
    return stage


def test_m12_a_recycled_bill_is_touchless():
    stage = Stage()
    stage.learn(bill(LINEHAUL, FUEL, at=-2880), released(), answered(TENDER), *driven())

    state = stage.bill("B-1")
    row = stage.run.board(next(k for k in stage.states if k.ref == "B-1"), state)
    assert (row["recycled"], row["touchless"]) == (True, True)


def test_m11_a_po_on_two_loads_is_ambiguous_and_the_bol_decides():
    stage = Stage()
    shared = (Reference(ReferenceKind.PO, "PO-9"),)
    for ref in ("1001", "1002"):
        names = (*shared, Reference(ReferenceKind.BOL, f"BOL-{ref}"))
        stage.learn(released(order(ref, references=names)), answered(f"S-{ref}-V1T1"))

    stage.learn(bill(LINEHAUL, FUEL, ref="B-1", references=shared))
    both = (*shared, Reference(ReferenceKind.BOL, "bol 1001"))
    stage.learn(bill(LINEHAUL, FUEL, ref="B-2", number="2", references=both))

    assert stage.bill("B-1").reason == "AMBIGUOUS"
    assert "S-1001, S-1002" in stage.bill("B-1").text
    assert stage.bill("B-2").shipment_ref == "S-1001"


def test_e05_an_event_of_an_unknown_shipment_is_parked_replayed_or_given_to_a_person():
    stage = Stage()
    early = milestone(MilestoneKind.ARRIVED_PICKUP, 50)
    never = milestone(MilestoneKind.ARRIVED_PICKUP, 50, ref="S-9999")
    stage.learn(early, never, released(), answered(TENDER))

    assert [one.key for one in stage.shipment("S-1001").log.reports] == [early.key]
    stage.pass_time(MONDAY + timedelta(days=8))
    assert CaseKind.UNKNOWN_SHIPMENT in stage.open_cases()


def test_e01_late_news_of_the_past_changes_neither_status_nor_dwell():
    stage = covered()
    stage.learn(*reversed(driven(dwell=95)))

    assert stage.shipment("S-1001").delivered
    assert ChargeKind.DETENTION not in {one.charge.kind for one in stage.shipment("S-1001").buy}


def test_e07_a_short_delivery_is_billed_paid_and_claimed_apart():
    stage = covered()
    *events, _ = driven()
    stage.learn(*events, pod(pieces=22), bill(LINEHAUL, FUEL))

    claim = next(
        one for kind, _, _ in stage.cases if kind is CaseKind.CARGO_CLAIM for one in [kind]
    )
    case = next(one for one in stage.cases.values() if one.kind is claim)
    assert case.money_at_risk == usd("290.00")
    assert stage.bill("B-1").payable == usd("2062.50")
    assert len(stage.sent("PostInvoice")) == 1


def test_s01_cost_is_recognised_at_pickup_and_a_late_detention_in_its_own_month():
    stage = covered()
    stage.learn(*driven(dwell=247), bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "168.75")))

    costs = {
        entry.document_on: line.money
        for entry in stage.entries
        for line in entry.lines
        if line.account is Account.FREIGHT_COST
    }
    assert costs == {date(2026, 3, 9): usd("2062.50"), date(2026, 3, 11): usd("168.75")}
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


def closed(conceded: str, key: str = "closed") -> DisputeClosed:
    return DisputeClosed(
        key=key,
        bill_ref="B-1",
        line=3,
        conceded=usd(conceded),
        closed_by="M. Ito",
        role="admin",
        reason="signed in and out",
        **when(5000),
    )


@pytest.mark.parametrize("conceded", ["0.00", "60.00", "131.25"])
def test_m25_a_dispute_ends_once_and_pays_what_was_conceded(conceded: str):
    stage = covered()
    stage.learn(*driven(dwell=247), bill(LINEHAUL, FUEL, (ChargeKind.DETENTION, "300.00")))

    stage.learn(closed(conceded), closed("131.25", key="once more"))

    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2231.25") + Decimal(conceded)
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0
    assert CaseKind.DISPUTE not in stage.open_cases()


def test_an_approval_makes_a_stopped_line_payable_by_itself():
    stage = covered()
    stage.learn(*driven(), bill(LINEHAUL, FUEL, (ChargeKind.LUMPER, "150.00")))
    assert stage.bill("B-1").status is BillStatus.SHORT_PAID

    stage.learn(
        ChargeApproved(
            key="approved",
            shipment_ref="S-1001",
            kind=ChargeKind.LUMPER,
            money=usd("150.00"),
            approved_by="M. Ito",
            role="admin",
            reason="receipt seen",
            **when(5000),
        )
    )

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2212.50")
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


def test_two_bills_for_one_charge_are_paid_once():
    stage = covered()
    stage.learn(*driven(), bill(LINEHAUL), bill(LINEHAUL, FUEL, ref="B-2", number="2"))

    assert -stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("2062.50")
    assert stage.bill("B-2").payable == usd("412.50")


def test_m09_one_invoice_number_on_many_loads_is_no_duplicate():
    stage = Stage()
    for ref in ("1001", "1002"):
        stage.learn(released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}"))
        own = (Reference(ReferenceKind.SHIPMENT, f"S-{ref}"),)
        stage.learn(bill(LINEHAUL, FUEL, ref=f"B-{ref}", references=own))

    vouchers = stage.sent("PostVoucher")
    assert [stage.bill(f"B-{ref}").status for ref in ("1001", "1002")] == [BillStatus.APPROVED] * 2
    assert len({one.business_key for one in vouchers}) == 2


def test_r11_a_corrected_contract_changes_nothing_that_was_decided_before_it_was_known():
    company = acme()
    old = next(one for one in company.contracts if one.contract_ref == "ABCD-2026")
    lane = structs.replace(old.lanes[0], flat=Decimal("1500.00"))
    known_at = datetime(2026, 4, 20, tzinfo=UTC)
    corrected = structs.replace(old, version=2, lanes=(lane, *old.lanes[1:]), known_at=known_at)
    stage = Stage(structs.replace(company, contracts=(*company.contracts, corrected)))

    stage.learn(released(), answered(TENDER), *driven(), bill(LINEHAUL, FUEL))

    assert stage.bill("B-1").payable == usd("2062.50")
    assert {entry.purpose for entry in stage.entries} >= {
        Purpose.COST_ACCRUED,
        Purpose.BILL_APPROVED,
    }


def test_another_carriers_word_counts_neither_before_nor_after_the_award():
    stage = Stage()
    strange = [structs.replace(one, reported_by="NRTH") for one in driven()[:4]]
    stage.learn(released(), *strange, pod(), bill(LINEHAUL, FUEL, carrier_ref="NRTH"))
    assert not stage.shipment("S-1001").delivered
    assert stage.sent("PostInvoice") == []

    stage.learn(answered(TENDER), *driven(dwell=96))

    assert stage.bill("B-1").reason == "PAYEE"
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0
    assert CaseKind.REFERENCE_CONFLICT in stage.open_cases()


def test_a_carriers_report_before_its_acceptance_counts_from_then_on():
    stage = Stage()
    stage.learn(released(), *driven())
    assert not stage.shipment("S-1001").delivered

    stage.learn(answered(TENDER))

    assert stage.shipment("S-1001").delivered
    assert stage.balance(Account.FREIGHT_ACCRUED) == Decimal("-2062.50")


def test_a_bill_in_another_currency_is_stopped_whole_and_touches_no_account():
    stage = covered()
    eur = [
        structs.replace(line, money=structs.replace(line.money, currency="EUR"))
        for line in bill(LINEHAUL, FUEL).bill.lines
    ]
    total = structs.replace(usd("2062.50"), currency="EUR")

    stage.learn(*driven(), bill(lines=tuple(eur), total=total, currency="EUR"))

    state = stage.bill("B-1")
    assert (state.status, state.reason) == (BillStatus.STOPPED, "CURRENCY")
    assert stage.balance(Account.FREIGHT_ACCRUED) == Decimal("-2062.50")

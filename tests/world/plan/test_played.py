"""A fortnight of the plan before the firm's own decisions: every bill gets what it deserves."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from drawbar.cli.company.folder import load_company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.verdict import Reason
from drawbar.world.plan import CATALOGUE, Kind, company_files
from drawbar.world.truth import BillTruth
from tests.world.plan.play import Play
from tests.world.plan.stage import planned

NOT_INVOICED = {Kind.PROOF_NEVER_CAME.value, Kind.EVENTS_IMPOSSIBLE.value}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Play:
    folder = tmp_path_factory.mktemp("firm")
    for name, text in company_files(planned()).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    play = Play(planned(), load_company(folder).company)
    play.go(planned().orders[-1].entered_at + timedelta(days=25))
    return play


def misjudged(played: Play) -> Iterator[BillTruth]:
    paid = played.vouchered()
    for bill in played.said:
        if paid.get(bill.key) != Decimal(bill.payable_cents) / 100:
            yield bill


def test_every_bill_that_the_firm_claims_to_judge_is_paid_to_the_cent(played: Play):
    assert len(played.said) >= 350
    assert [bill for bill in misjudged(played) if bill.judged] == []


def test_what_is_not_judged_yet_is_so_for_a_reason(played: Play):
    """Where this fails the firm has learnt something: mark the kind as judged."""
    kinds = {bill.kind for bill in misjudged(played)}

    assert kinds == {kind.value for kind, row in CATALOGUE.items() if not row.judged}


def reasons(played: Play, bill: BillTruth) -> set[str]:
    state = played.status(bill.key)
    of_lines = (line.reason.value for line in state.verdicts if line.reason)
    return {*of_lines, *filter(None, [state.reason])}


def test_what_is_not_paid_is_refused_for_the_reason_that_the_catalogue_names(played: Play):
    for bill in played.said:
        row = CATALOGUE[Kind(bill.kind)] if bill.kind != Kind.CLEAN.value else None
        if row is None or row.judged:
            named = set(re.findall("[A-Z_]{3,}", row.answer)) if row else set()
            said = reasons(played, bill)
            assert said <= named, (bill.key, bill.kind)
            assert bool(said) == bool(named), (bill.key, bill.kind)
            assert named <= {one.value for one in Reason}, bill.kind


def test_every_load_is_driven_by_one_carrier(played: Play):
    driven = [order for order, _ in played.loads]

    assert len(driven) == len(set(driven)) == len(planned().orders)


def test_customers_are_invoiced_what_they_owe(played: Play):
    owed = {order: load.revenue_cents or 0 for (order, _), load in played.loads.items()}
    lots = {order.number: order.lot for order in planned().orders}
    for state in played.stage.states.values():
        if isinstance(state, ShipmentState) and lots[state.order.order_ref] not in NOT_INVOICED:
            invoiced = sum((one.amount for one in state.invoiced.values()), start=Decimal(0))
            assert invoiced == Decimal(owed[state.order.order_ref]) / 100


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        (Kind.REFERENCE_AMBIGUOUS, CaseKind.AMBIGUOUS),
        (Kind.REFERENCE_CONFLICT, CaseKind.REFERENCE_CONFLICT),
        (Kind.REFERENCE_WRONG, CaseKind.MATCH_FAILURE),
        (Kind.HEADER_DIFFERS, CaseKind.CONTROL_TOTAL),
        (Kind.OTHER_CARRIERS_LOAD, CaseKind.PAYEE),
        (Kind.DUPLICATE_NEW_NUMBER, CaseKind.DUPLICATE),
        (Kind.EVENTS_IMPOSSIBLE, CaseKind.SEQUENCE_INVALID),
        (Kind.PROOF_SHORT, CaseKind.CARGO_CLAIM),
        (Kind.EVENT_OF_UNKNOWN_LOAD, CaseKind.UNKNOWN_SHIPMENT),
    ],
    ids=lambda one: one.value,
)
def test_what_a_person_must_see_is_a_case(played: Play, kind: Kind, case: CaseKind):
    assert case in played.stage.open_cases(), kind

"""A whole score: a run without mistakes is all zeros, and its figures have names and an order."""

import json

import pytest

from drawbar.world.score import NotAWorld, score_world
from tests.world.score.town import Town, day

NAMES = (
    "orders dispatched delivered invoiced bills clean_bills touchless_pct false_approvals"
    " missed_overcharge_usd held_wrongly_usd reconciled_pct open_cases injected_faults lost doubled"
    " ledger_balance erp_difference seconds"
)


def test_a_run_without_mistakes(town: Town):
    for number in (1, 2, 3):
        town.whole(f"SO-{number}")
        town.voucher(f"SO-{number}")
        town.invoice(f"SO-{number}", number=number)
    town.whole("SO-4", billed="1100.00", payable="1000.00")
    town.voucher("SO-4")
    town.invoice("SO-4", number=4)

    score = town.score(open_cases=1, seconds=2.5)

    assert list(score.headline()) == NAMES.split()
    assert score.headline() == {
        "orders": 4,
        "dispatched": 4,
        "delivered": 4,
        "invoiced": 4,
        "bills": 4,
        "clean_bills": 3,
        "touchless_pct": 100.0,
        "false_approvals": 0,
        "missed_overcharge_usd": "0.00",
        "held_wrongly_usd": "0.00",
        "reconciled_pct": 100.0,
        "open_cases": 1,
        "injected_faults": 1,
        "lost": 0,
        "doubled": 0,
        "ledger_balance": "0.00",
        "erp_difference": None,
        "seconds": 2.5,
    }
    assert score.broken == ()


def test_the_headline_and_all_behind_it_are_json(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1", "1000.01")

    told = json.loads(json.dumps(town.score().everything()))

    assert told["false_approvals"] == 1
    assert told["detail"]["false_approvals"][0]["rule"] == "clean"
    assert told["detail"]["kinds"][0]["leaked"] == "0.01"


def test_the_same_evidence_gives_the_same_score(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")

    assert town.score() == town.score()


def test_now_is_else_the_last_instant_that_the_truth_tells_of(town: Town):
    town.whole("SO-1")
    town.fault(at=day(9))
    town.score()

    assert score_world(town.folder).now == day(9)


def test_what_was_said_later_than_now_is_left_out(town: Town):
    town.whole("SO-1")
    town.order("SO-2", at=day(5))
    town.bill("SO-2", at=day(6))

    headline = town.score(day(4)).headline()

    assert (headline["orders"], headline["bills"]) == (1, 1)


def test_a_load_that_is_still_on_the_road_is_not_delivered(town: Town):
    town.order("SO-1")
    town.load("SO-1", delivered_at=day(5))

    headline = town.score(day(4)).headline()

    assert (headline["dispatched"], headline["delivered"]) == (1, 0)


def test_wrong_bills_bad_proofs_and_faults_are_all_injected_faults(town: Town):
    town.whole("SO-1", payable="900.00")
    town.whole("SO-2", nature="innocent", kind="split_60_40")
    town.proof("SO-1", kind="proof_unsigned")
    town.fault("erp_outage")

    road = town.score().road

    assert (road.injected_faults, road.faults) == (3, {"erp_outage": 1})
    assert road.proofs == {"clean": 2, "proof_unsigned": 1}


def test_a_folder_without_a_world_is_refused(tmp_path):
    with pytest.raises(NotAWorld, match=r"no truth\.jsonl and no erp.erp\.sqlite"):
        score_world(tmp_path / "nowhere")

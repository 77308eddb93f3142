"""An audit of papers is scored by the truth: perfect answers score perfectly, others do not."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.world.paper import write_paper
from drawbar.world.plan import Asked, plan_of
from drawbar.world.score.answer import Answer, score_answers
from drawbar.world.truth import BillTruth, read_truth

ASKED = Asked(seed=11, begins_on=date(2026, 3, 2), days=5, loads_per_day=20)


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    write_paper(plan_of(ASKED), folder / "firm", folder / "truth.jsonl")
    return read_truth((folder / "truth.jsonl").read_bytes())


def bills(truth):
    return [one for one in truth if isinstance(one, BillTruth)]


def perfect(truth) -> list[Answer]:
    return [
        Answer(
            ours=one.key,
            carrier=one.carrier,
            number=one.number,
            shipment=f"S-{one.order}",
            currency=one.currency,
            payable=Decimal(one.payable_cents).scaleb(-2),
            is_contested=one.payable_cents < one.billed_cents,
        )
        for one in bills(truth)
    ]


def test_perfect_answers_score_perfectly(truth):
    found = score_answers(truth, perfect(truth))

    assert found.audit.touchless_pct == 100.0
    assert found.audit.recall_pct == 100.0
    assert found.audit.held_wrongly_usd == found.audit.missed_overcharge_usd == 0
    assert found.false_approvals == found.unanswered == ()
    assert found.duplicates_missed == found.look_alikes_held == 0
    assert found.duplicates > 0
    assert found.look_alikes > 0


def test_an_audit_that_pays_everything_is_found_out(truth):
    pays = [
        structs.replace(answer, payable=Decimal(bill.billed_cents).scaleb(-2))
        for answer, bill in zip(perfect(truth), bills(truth), strict=True)
    ]

    found = score_answers(truth, pays)

    wrong = [one for one in bills(truth) if one.judged and one.billed_cents > one.payable_cents]
    assert len(found.false_approvals) >= len(wrong) > 0
    assert found.duplicates_missed == found.duplicates
    assert found.audit.missed_overcharge_usd > 0


def test_an_audit_that_pays_nothing_holds_what_is_owed(truth):
    nothing = [structs.replace(one, payable=Decimal(0)) for one in perfect(truth)]

    found = score_answers(truth, nothing)

    assert found.audit.touchless_pct == 0.0
    assert found.audit.held_wrongly_usd > 0
    assert found.look_alikes_held == found.look_alikes


def test_a_bill_that_was_never_answered_is_named(truth):
    first, *others = perfect(truth)

    assert first.ours in score_answers(truth, others).unanswered

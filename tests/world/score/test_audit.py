"""How bills were judged, at the edges: a cent, ten days, a tolerance, a person."""

from datetime import timedelta
from decimal import Decimal

import pytest

from drawbar.world.score import Rules
from tests.world.score.town import Town, day

TOLERANT = Rules(tolerance=Decimal("25.00"), tolerance_percent=Decimal("2.00"))


def test_one_cent_above_payable_is_a_false_approval(town: Town):
    town.whole("SO-1", billed="1000.01", payable="1000.00")
    town.voucher("SO-1", "1000.01")

    score = town.score()

    assert len(score.false_approvals) == 1
    assert str(score.audit.missed_overcharge_usd) == "0.01"
    assert score.audit.recall_pct == 0.0


@pytest.mark.parametrize(
    ("paid", "wrong"),
    [("1020.00", 0), ("1020.01", 1)],
    ids=["at the tolerance", "a cent over it"],
)
def test_within_a_tolerance_nothing_is_approved_falsely_yet_the_money_is_missed(town, paid, wrong):
    town.whole("SO-1", billed=paid, payable="1000.00")
    town.voucher("SO-1", paid)

    score = town.score(rules=TOLERANT)

    assert len(score.false_approvals) == wrong
    assert score.audit.missed_overcharge_usd == Decimal(paid) - 1000


def test_a_tolerance_is_an_amount_too(town: Town):
    town.whole("SO-1", billed="9025.01", payable="9000.00")
    town.voucher("SO-1", "9025.01")

    assert len(town.score(rules=TOLERANT).false_approvals) == 1


@pytest.mark.parametrize(
    ("age", "held", "waiting", "reconciled"),
    [
        (timedelta(days=10), "1000.00", "0.00", 0.0),
        (timedelta(days=10, seconds=-1), "0.00", "1000.00", None),
    ],
    ids=["ten days old", "a second younger"],
)
def test_money_is_held_wrongly_from_ten_days_on(town, age, held, waiting, reconciled):
    town.whole("SO-1", at=day(2))

    audit = town.score(day(2) + age).audit

    assert (str(audit.held_wrongly_usd), str(audit.waiting_usd)) == (held, waiting)
    assert audit.reconciled_pct == reconciled


@pytest.mark.parametrize(
    ("after", "share"), [(timedelta(days=1), 0.0), (timedelta(hours=23), None)]
)
def test_a_bill_is_due_a_day_after_bill_delivery_and_proof_are_there(town, after, share):
    town.order("SO-1")
    town.load("SO-1", delivered_at=day(2))
    town.bill("SO-1", at=day(1))
    town.proof("SO-1", at=day(3))

    assert town.score(day(3) + after).audit.touchless_pct == share


def test_a_proof_with_a_flaw_makes_no_bill_due(town: Town):
    town.order("SO-1")
    town.load("SO-1")
    town.bill("SO-1")
    town.proof("SO-1", kind="proof_unsigned")

    assert town.score(day(9)).audit.judged.due == 0


def test_a_bill_that_was_answered_is_due_at_once(town: Town):
    town.whole("SO-1", at=day(2))
    town.voucher("SO-1", "900.00", at=day(2.1))

    assert town.score(day(2.2)).audit.touchless_pct == 0.0


def test_touchless_is_without_a_person_and_to_the_cent(town: Town):
    for number in range(1, 4):
        town.whole(f"SO-{number}")
    town.voucher("SO-1")
    town.voucher("SO-2")
    town.voucher("SO-3", "999.99")

    score = town.score(rules=Rules(persons=frozenset({"B-SO-2/1"})))

    assert score.audit.touchless_pct == 33.33
    assert score.audit.judged.by_person == 1


def test_what_a_person_overpays_leaks_but_is_no_false_approval_of_the_firm(town: Town):
    town.whole("SO-1", billed="1100.00", payable="1000.00")
    town.voucher("SO-1", "1100.00")

    score = town.score(rules=Rules(persons=frozenset({"B-SO-1/1"})))

    assert score.false_approvals == ()
    assert str(score.audit.missed_overcharge_usd) == "100.00"


def test_a_look_alike_counts_as_clean_and_must_be_paid(town: Town):
    town.whole("SO-1", nature="innocent", kind="one_number_many_loads")

    score = town.score()

    assert (score.audit.judged.clean, score.audit.touchless_pct) == (1, 0.0)
    assert (score.kinds[0].paid_in_full_pct, score.kinds[0].recall_pct) == (0.0, None)


def test_what_is_not_judged_yet_is_reported_apart_and_honestly(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")
    town.whole("SO-2", payable="900.00", kind="payee_changed", judged=False)
    town.voucher("SO-2")

    score = town.score()

    assert (score.audit.bills, score.audit.judged.due) == (2, 1)
    assert (score.false_approvals, score.audit.recall_pct) == ((), None)
    assert str(score.audit.missed_overcharge_usd) == "0.00"
    assert str(score.audit.leaked_not_yet_judged_usd) == "100.00"
    assert [(one.kind, str(one.leaked)) for one in score.not_yet_judged] == [
        ("payee_changed", "100.00")
    ]


def test_precision_is_of_what_was_stopped_and_recall_of_what_was_wrong(town: Town):
    town.whole("SO-1", payable="900.00")
    town.voucher("SO-1", "900.00")  # stopped rightly
    town.whole("SO-2", payable="900.00")
    town.voucher("SO-2", "850.00")  # 50 too much is stopped
    town.whole("SO-3", payable="900.00")
    town.voucher("SO-3", "1000.00")  # nothing is stopped
    town.whole("SO-4")
    town.voucher("SO-4", "500.00")  # nothing was wrong

    audit = town.score().audit

    assert (audit.recall_pct, audit.precision_pct) == (66.66, 33.33)
    assert (str(audit.at_stake_usd), str(audit.stopped_usd)) == ("300.00", "200.00")


def test_the_way_to_a_decision_ends_with_the_first_document(town: Town):
    for number, days in enumerate((0.5, 1.0, 4.0), start=1):
        town.whole(f"SO-{number}", at=day(2))
        town.voucher(f"SO-{number}", "900.00", at=day(2 + days))
        town.voucher(f"SO-{number}", "100.00", at=day(9), revision=2)

    audit = town.score().audit

    pace = audit.days_to_decision
    assert (pace.count, pace.p50, pace.p90) == (3, 1.0, 4.0)
    assert {name: n for name, n in audit.decisions.items() if n} == {
        "within a day": 2,
        "3–5 days": 1,
    }


def test_the_firm_itself_takes_time_only_once_all_is_there(town: Town):
    town.order("SO-1")
    town.load("SO-1", delivered_at=day(3))
    town.bill("SO-1", at=day(2))
    town.proof("SO-1", at=day(5))
    town.voucher("SO-1", at=day(5.5))
    town.whole("SO-2")
    town.voucher("SO-2", at=day(2))

    audit = town.score().audit

    assert (audit.days_to_decision.p90, audit.ripe_to_decision.p90) == (3.5, 0.5)
    assert audit.ripe_to_decision.p50 == 0.0


def test_the_lag_of_a_proof_runs_from_the_delivery(town: Town):
    town.whole("SO-1")
    town.order("SO-2")
    town.load("SO-2", delivered_at=day(2))
    town.proof("SO-2", at=day(5), kind="proof_illegible")
    town.proof("SO-2", at=day(8))

    lag = town.score().road.pod_lag_days

    assert (lag.count, lag.p50, lag.p90) == (2, 0.0, 3.0)

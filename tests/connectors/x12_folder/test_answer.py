"""A carrier's 990: whose answer it is, to which tender, and what it says."""

from datetime import UTC, datetime

import pytest

from drawbar.freight.case import CaseKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer


def test_an_acceptance_names_our_tender_and_the_carriers_pro(hear):
    (fact,) = hear("990", "B1*ABCD*S-O-1-V1T1*20260310*A\nN9*CN*123456789").facts

    assert (fact.carrier_ref, fact.answer, fact.pro) == ("ABCD", Answer.ACCEPTED, "123456789")
    assert fact.references == (
        Reference(ReferenceKind.TENDER, "S-O-1-V1T1"),
        Reference(ReferenceKind.PRO, "123456789", "ABCD"),
    )
    assert fact.happened_at == datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
    assert fact.lineage.place == "interchange 1 / set 1 / segment 2 / element 4 / byte 163"


def test_an_answer_that_repeats_only_the_shipment_says_so(hear):
    (fact,) = hear("990", "B1*ABCD*S-O-1*20260310*A").facts

    assert fact.references == (Reference(ReferenceKind.SHIPMENT, "S-O-1"),)


def test_a_tender_is_known_without_the_dashes_that_some_partners_drop(hear):
    (fact,) = hear("990", "B1*ABCD*SO1V2T1*20260310*A").facts

    assert fact.references == (Reference(ReferenceKind.TENDER, "SO1V2T1"),)


@pytest.mark.parametrize(
    ("declines", "reason"),
    [({"CPT": "no truck there"}, "no truck there"), ({}, "CPT")],
    ids=["a code that the profile explains", "a code that it does not"],
)
def test_a_decline_keeps_its_reason(hear, declines, reason):
    body = "B1*ABCD*S-O-1-V1T1*20260310*D\nV9*CPT"
    (fact,) = hear("990", body, by={"declines": declines}).facts

    assert (fact.answer, fact.reason) == (Answer.DECLINED, reason)


def test_an_answer_with_conditions_is_neither_yes_nor_no(hear):
    reading = hear("990", "B1*ABCD*S-O-1-V1T1*20260310*B")

    assert reading.facts == ()
    assert [problem.kind for problem in reading.problems] == [CaseKind.UNKNOWN_CODE]
    assert reading.problems[0].cause == "x12:ABCD:990:B"


def test_one_entry_in_the_profile_replays_an_unknown_answer(hear):
    by = {"answers": {"B": Answer.ACCEPTED}}
    (fact,) = hear("990", "B1*ABCD*S-O-1-V1T1*20260310*B", by=by).facts

    assert fact.answer is Answer.ACCEPTED


def test_nobody_answers_for_another_carrier(hear):
    reading = hear("990", "B1*WXYZ*S-O-1-V1T1*20260310*A")

    assert reading.facts == ()
    assert reading.problems[0].cause == "x12:ABCD:990:scac:WXYZ"


def test_a_partner_may_speak_for_a_second_carrier_that_the_profile_names(hear):
    by = {"scacs": {"ABCX": "ABCD"}}
    (fact,) = hear("990", "B1*ABCX*S-O-1-V1T1*20260310*A", by=by).facts

    assert fact.carrier_ref == "ABCD"


def test_two_answers_in_one_file_are_two_facts(hear):
    facts = hear("990", *["B1*ABCD*S-O-1-V1T1*20260310*A"] * 2).facts

    assert len({fact.key for fact in facts}) == 2

"""What a carrier's answers, status and proofs say, row by row."""

from datetime import UTC, date, datetime

import pytest

from drawbar.freight.case import CaseKind
from drawbar.freight.milestone import MilestoneKind, Source
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer

ANSWERS = "tender,shipment,answer,reason,pro,at"
STATUS = "shipment,pro,status,stop,at,zone,reason,city,state"
PODS = "shipment,pro,signed by,signed on,pieces,legible,remarks"
ARRIVED = "S-O-1,77001,At shipper,1,2026-03-10 08:55,CT,,Dallas,TX"


def test_an_answer_names_the_tender_and_the_pro(hear):
    line = "S-O-1-V1T1,S-O-1,yes,,77001,2026-03-09T18:05:00Z"
    (answer,) = hear("answers", ANSWERS, line).facts

    assert (answer.carrier_ref, answer.answer, answer.pro) == ("PRHL", Answer.ACCEPTED, "77001")
    assert answer.happened_at == datetime(2026, 3, 9, 18, 5, tzinfo=UTC)
    assert answer.references == (
        Reference(ReferenceKind.TENDER, "S-O-1-V1T1"),
        Reference(ReferenceKind.SHIPMENT, "S-O-1"),
        Reference(ReferenceKind.PRO, "77001", "PRHL"),
    )
    assert answer.lineage.place == "line 2"


def test_a_decline_timed_by_the_clock_of_the_carriers_office(hear):
    line = "S-O-1-V1T1,S-O-1,NO,no truck,,2026-03-09 13:05"
    (answer,) = hear("answers", ANSWERS, line).facts

    assert (answer.answer, answer.reason) == (Answer.DECLINED, "no truck")
    assert answer.happened_at == datetime(2026, 3, 9, 18, 5, tzinfo=UTC)


def test_a_status_is_a_milestone_at_its_stop(hear):
    (milestone,) = hear("status", STATUS, ARRIVED).facts

    assert (milestone.milestone, milestone.stop) == (MilestoneKind.ARRIVED_PICKUP, 1)
    assert (milestone.source, milestone.reported_by) == (Source.CARRIER, "PRHL")
    assert milestone.happened_at == datetime(2026, 3, 10, 13, 55, tzinfo=UTC)
    assert milestone.local_at is None


def test_a_time_without_a_zone_is_the_stops(hear):
    (milestone,) = hear("status", STATUS, ARRIVED.replace("CT", "")).facts

    assert milestone.local_at == datetime(2026, 3, 10, 8, 55)  # noqa: DTZ001


def test_the_same_row_in_another_table_is_the_same_fact(hear):
    left = ARRIVED.replace("At shipper", "Left shipper")
    alone = hear("status", STATUS, ARRIVED)
    cumulative = hear("status", STATUS, left, ARRIVED, ARRIVED)

    assert len(cumulative.facts) == 2
    assert alone.facts[0].key == cumulative.facts[1].key
    assert cumulative.facts[0].key != cumulative.facts[1].key


def test_a_proof_says_what_was_signed_for_and_no_more(hear):
    first = 'S-O-1,77001,J. DOE,03/12/2026,22,yes,"2 short, wet"'
    signed, unsigned = hear("pods", PODS, first, "S-O-2,77002,,,,no,").facts

    assert (signed.signer, signed.signed_on, signed.pieces) == ("J. DOE", date(2026, 3, 12), 22)
    assert (signed.notes, signed.legible) == ("2 short, wet", True)
    assert (unsigned.signer, unsigned.signed_on, unsigned.pieces) == ("", None, None)
    assert not unsigned.legible


def test_an_unknown_word_is_one_entry_away_and_holds_no_other_row_back(hear):
    lines = (ARRIVED.replace("At shipper", "Lost"), ARRIVED, ARRIVED.replace("At shipper", "Lost"))
    reading = hear("status", STATUS, *lines)
    mended = hear("status", STATUS, *lines, milestones={"Lost": MilestoneKind.DELAYED})

    (problem,) = reading.problems
    assert (problem.kind, problem.cause) == (CaseKind.UNKNOWN_CODE, "csv:PRHL:status:status:Lost")
    assert problem.place == "line 2 column 'status'"
    assert len(reading.facts) == 1
    assert reading.facts[0] in mended.facts


@pytest.mark.parametrize(
    ("line", "place", "cause"),
    [
        (ARRIVED.replace("2026-03-10 08:55", "tomorrow"), "column 'at'", "at:time"),
        (ARRIVED.replace("2026-03-10 08:55", "2026-03-08 02:30"), "column 'at'", "at:time"),
        (ARRIVED.replace(",1,", ",first,"), "column 'stop'", "stop:number"),
        (ARRIVED.replace("S-O-1,77001", ","), "column 'shipment'", "shipment:no_name"),
        (ARRIVED.replace("CT", "XT"), "column 'zone'", "zone:XT"),
        (ARRIVED + ",more", "", "cells"),
        ('"' + ARRIVED, "", "quote_never_closed"),
    ],
    ids=[
        "no time",
        "an hour that the clocks skipped",
        "no stop",
        "no load",
        "no zone that we know",
        "a comma too many",
        "an open quote",
    ],
)
def test_a_bad_row_is_named_by_its_place_and_the_others_count(hear, line, place, cause):
    reading = hear("status", STATUS, line, ARRIVED)

    assert len(reading.facts) == 1
    assert [(one.place, one.cause) for one in reading.problems] == [
        (f"line 2 {place}".strip(), f"csv:PRHL:status:{cause}")
    ]


def test_columns_may_be_headed_otherwise_and_stand_in_any_order(hear):
    heading, line = "AT;Load No.;status", "2026-03-10 08:55;S-O-1;Delivered"
    columns = {"shipment": "Load no."}
    by = {"columns": columns, "file": _semicolons()}
    (milestone,) = hear("status", heading, line, **by).facts

    assert milestone.milestone is MilestoneKind.DELIVERED
    assert milestone.references == (Reference(ReferenceKind.SHIPMENT, "S-O-1"),)


def _semicolons():
    from drawbar.connectors.table.layout import Layout

    return Layout(delimiters=(";",))


def test_a_table_that_lacks_a_column_is_one_problem_that_names_it(hear):
    reading = hear("answers", "tender,answer", "S-O-1-V1T1,yes")

    (problem,) = reading.problems
    assert "'at'" in problem.text
    assert reading.facts == ()


@pytest.mark.parametrize(
    "body", ["", "Dear Sirs", "PK\x03\x04"], ids=["empty", "a letter", "Excel"]
)
def test_what_is_no_table_is_one_problem(hear, body):
    reading = hear("status", body)

    assert (reading.facts, len(reading.problems)) == ((), 1)


def test_a_file_of_another_kind_is_one_problem(hear):
    (problem,) = hear("other", "a,b").problems

    assert problem.cause == "csv:PRHL:other:name"

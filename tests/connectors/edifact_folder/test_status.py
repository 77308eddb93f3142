"""A carrier's IFTSTA: a milestone for each status whose code is known, each with its place."""

from datetime import UTC, datetime

import pytest

from drawbar.freight.case import CaseKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import Reference, ReferenceKind

STATUS = """
BGM+77+ST-9+9
DTM+137:202603100930:203
CNI+1+4711
STS+1+21
RFF+CU:S-O-1
RFF+BM:B-77
DTM+334:202603100855?+0100:205
LOC+7+DEHAM
EQD+CN+MSKU1234565
"""


def told(hear, body: str = STATUS, **by):
    reading = hear("IFTSTA", body, by=by)
    assert reading.problems == ()
    return reading.facts


def test_a_status_says_what_happened_when_and_to_what(hear):
    (fact,) = told(hear)

    assert fact.milestone is MilestoneKind.DELIVERED
    assert (fact.happened_at, fact.local_at) == (datetime(2026, 3, 10, 7, 55, tzinfo=UTC), None)
    assert fact.references == (
        Reference(ReferenceKind.PRO, "4711", "NORD"),
        Reference(ReferenceKind.SHIPMENT, "S-O-1"),
        Reference(ReferenceKind.BOL, "B-77"),
        Reference(ReferenceKind.CONTAINER, "MSKU1234565"),
    )


def test_a_fact_leads_back_to_segment_element_and_byte(hear):
    (fact,) = told(hear)

    assert fact.lineage.place.startswith("interchange 1 / set 1 / segment 5 / element 2 / byte ")


@pytest.mark.parametrize(
    ("time", "at", "is_local"),
    [
        ("202603100855-0500:205", (13, 55), False),
        ("202603100855UTC:303", (8, 55), False),
        ("202603100855:203", (8, 55), True),
        ("202603100855LOC:303", (8, 55), True),
    ],
    ids=["west", "UTC", "no zone", "a word of the profile"],
)
def test_a_time_without_zone_stays_a_clock_on_a_wall(hear, time, at, is_local):
    body = STATUS.replace("202603100855?+0100:205", time)

    (fact,) = told(hear, body, zones={"LOC": "LT"})

    assert fact.happened_at == datetime(2026, 3, 10, *at, tzinfo=UTC)
    assert (fact.local_at is not None) is is_local


def test_the_time_of_the_status_counts_before_others(hear):
    body = STATUS.replace("DTM+334", "DTM+132:203001010000:203\nDTM+334")

    assert told(hear, body)[0].happened_at.year == 2026


def test_each_consignment_is_told_for_itself(hear):
    more = STATUS + "CNI+2+S-O-2-V1T1\nSTS+1+31\nDTM+334:202603100900:203\nSTS+1+20+8\n"
    more += "DTM+334:202603101000:203\n"

    facts = told(hear, more)

    assert [one.milestone.value for one in facts] == ["delivered", "in_transit", "delayed"]
    assert len({one.key for one in facts}) == 3
    assert facts[2].references[0] == Reference(ReferenceKind.TENDER, "S-O-2-V1T1")
    assert (facts[0].reason, facts[2].reason) == ("", "8")


def test_an_unknown_status_is_a_problem_by_its_name_and_holds_nothing_back(hear):
    more = STATUS + "STS+1+Z9\nDTM+334:202603100900:203\n"

    reading = hear("IFTSTA", more)

    (problem,) = reading.problems
    assert (problem.kind, problem.cause) == (CaseKind.UNKNOWN_CODE, "edifact:NORD:IFTSTA:Z9")
    assert (problem.table, problem.code) == ("milestones", "Z9")
    assert len(reading.facts) == 1


def test_one_entry_in_the_profile_gives_a_code_its_meaning(hear):
    body = STATUS.replace("STS+1+21", "STS+1+1+8")

    (fact,) = told(hear, body, milestones={"1/8": MilestoneKind.ARRIVED_DELIVERY})

    assert fact.milestone is MilestoneKind.ARRIVED_DELIVERY


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("DTM+334:202603100855?+0100:205\n", "", "date"),
        ("DTM+334:202603100855?+0100:205", "DTM+334:20260310:102", "time of day"),
        ("?+0100:205", "EST:303", "zone:EST"),
        (STATUS[STATUS.index("CNI") :], "", "events"),
    ],
    ids=["no time", "a day alone", "a zone nobody knows", "no consignment"],
)
def test_what_is_lacking_is_named(hear, old, new, cause):
    reading = hear("IFTSTA", STATUS.replace(old, new))

    assert reading.facts == ()
    assert [one.cause for one in reading.problems] == [f"edifact:NORD:IFTSTA:{cause}"]

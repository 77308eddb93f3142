"""A carrier's 214: one milestone for each event, each at its own time."""

from datetime import UTC, datetime

import pytest

from drawbar.freight.case import CaseKind
from drawbar.freight.milestone import MilestoneKind, Source
from drawbar.freight.reference import Reference, ReferenceKind

HEAD = "B10*123-456789*S-O-1-V1T1*ABCD\nL11*B-77*BM\nLX*1\n"


def test_an_event_says_what_when_and_of_which_shipment(hear):
    (fact,) = hear("214", HEAD + "AT7*D1*NS***20260312*1540*CT\nMS1*CHICAGO*IL*US").facts

    assert fact.milestone is MilestoneKind.DELIVERED
    assert fact.happened_at == datetime(2026, 3, 12, 20, 40, tzinfo=UTC)
    assert (fact.local_at, fact.source, fact.reported_by) == (None, Source.CARRIER, "ABCD")
    assert fact.references == (
        Reference(ReferenceKind.TENDER, "S-O-1-V1T1"),
        Reference(ReferenceKind.PRO, "123-456789", "ABCD"),
        Reference(ReferenceKind.BOL, "B-77"),
    )
    assert (fact.stop, fact.reason, fact.corrects) == (0, "", "")


@pytest.mark.parametrize("zone", ["LT", ""], ids=["local time", "no zone"])
def test_a_time_without_a_zone_is_the_stops(hear, zone):
    (fact,) = hear("214", HEAD + f"AT7*X3*NS***20260310*0940*{zone}").facts

    assert fact.local_at == datetime(2026, 3, 10, 9, 40)  # noqa: DTZ001 - a wall has no zone
    assert fact.happened_at == datetime(2026, 3, 10, 9, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("ES", 17), ("ED", 16), ("ET", 16), ("PT", 19), ("UT", 12), ("GM", 12)],
)
def test_a_zone_code_makes_an_instant(hear, zone, hour):
    (fact,) = hear("214", HEAD + f"AT7*X3*NS***20260310*1200*{zone}").facts

    assert fact.happened_at == datetime(2026, 3, 10, hour, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ("X3*NS**", MilestoneKind.ARRIVED_PICKUP),
        ("CP*NS**", MilestoneKind.LOADED),
        ("AF*NS**", MilestoneKind.DEPARTED_PICKUP),
        ("AG*NS**", MilestoneKind.ESTIMATED),
        ("X6*NS**", MilestoneKind.IN_TRANSIT),
        ("X1*NS**", MilestoneKind.ARRIVED_DELIVERY),
        ("AH*AG**", MilestoneKind.ATTEMPTED),
        ("A7*A2**", MilestoneKind.REFUSED),
        ("SD*BG**", MilestoneKind.DELAYED),
        ("**AA*NA", MilestoneKind.PICKUP_APPOINTMENT),
        ("**AB*NA", MilestoneKind.DELIVERY_APPOINTMENT),
    ],
)
def test_each_code_has_its_milestone(hear, codes, kind):
    (fact,) = hear("214", HEAD + f"AT7*{codes}*20260310*1200*UT").facts

    assert fact.milestone is kind


def test_a_reason_is_kept_unless_it_says_nothing(hear):
    (fact,) = hear("214", HEAD + "AT7*SD*BG***20260310*1200*UT").facts

    assert fact.reason == "BG"


def test_an_unknown_status_is_a_problem_and_the_rest_still_counts(hear):
    body = HEAD + "AT7*Q9*NS***20260310*0900*UT\nLX*2\nAT7*X3*NS***20260310*0940*UT"
    reading = hear("214", body)

    assert [fact.milestone for fact in reading.facts] == [MilestoneKind.ARRIVED_PICKUP]
    assert reading.problems[0].kind is CaseKind.UNKNOWN_CODE
    assert reading.problems[0].cause == "x12:ABCD:214:Q9"
    assert reading.problems[0].place.startswith("interchange 1 / set 1 / segment 5 / element 1")


def test_one_entry_replays_it_and_leaves_the_keys_of_the_others_alone(hear):
    body = HEAD + "AT7*Q9*NS***20260310*0900*UT\nLX*2\nAT7*X3*NS***20260310*0940*UT"
    (before,) = hear("214", body).facts
    after = hear("214", body, by={"milestones": {"Q9": MilestoneKind.LOADED}}).facts

    assert [fact.milestone for fact in after] == [
        MilestoneKind.LOADED,
        MilestoneKind.ARRIVED_PICKUP,
    ]
    assert after[1].key == before.key


def test_a_code_and_its_reason_together_may_mean_something_else(hear):
    by = {"milestones": {"SD/A2": MilestoneKind.REFUSED}}
    plain, meant = (
        hear("214", HEAD + f"AT7*SD*{reason}***20260310*1200*UT", by=by).facts[0]
        for reason in ("BG", "A2")
    )

    assert (plain.milestone, meant.milestone) == (MilestoneKind.DELAYED, MilestoneKind.REFUSED)


@pytest.mark.parametrize(
    ("moment", "cause"),
    [
        ("20260310", "x12:ABCD:214:time of day"),
        ("20260310*1200*QQ", "x12:ABCD:214:zone:QQ"),
        ("20260308*0230*CT", "x12:ABCD:214:zone:CT"),
    ],
    ids=["no time of day", "a zone that nobody knows", "an hour that spring skipped"],
)
def test_what_has_no_instant_is_not_given_one(hear, moment, cause):
    reading = hear("214", HEAD + f"AT7*X3*NS***{moment}")

    assert reading.facts == ()
    assert [problem.cause for problem in reading.problems] == [cause]


def test_a_reference_may_name_the_stop(hear):
    (fact,) = hear("214", HEAD + "AT7*X1*NS***20260310*1200*UT\nL11*3*QN").facts

    assert fact.stop == 3


def test_a_message_received_is_no_milestone_and_no_problem(hear):
    reading = hear("214", HEAD + "AT7*XB*NS***20260310*1200*UT")

    assert (reading.facts, reading.problems) == ((), ())


def test_the_same_file_has_the_same_keys_and_another_one_has_others(hear):
    body = HEAD + "AT7*X3*NS***20260310*1200*UT"
    keys = [hear("214", body, control=control).facts[0].key for control in (41, 41, 42)]

    assert keys[0] == keys[1] != keys[2]
    assert max(map(len, keys)) <= 200

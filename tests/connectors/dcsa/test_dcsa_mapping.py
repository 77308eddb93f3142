"""What a container line's Track & Trace events say, in versions 2.2 and 3. Written by hand."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.dcsa.manifest import Settings
from drawbar.connectors.dcsa.mapping import EVENTS_MAX, outcomes, readers
from drawbar.connectors.told import Passed
from drawbar.freight.case import CaseKind
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import StopPurpose
from drawbar.freight.reading import Reading
from drawbar.freight.reference import Reference, ReferenceKind

PORTS = {"CNSHA": StopPurpose.PICKUP, "DEHAM": StopPurpose.DELIVERY}
SETTINGS = Settings(system="blueline", party_ref="BLUE", stops=PORTS)
RECEIPT = Receipt(
    message_ref="M-1", sender="blueline", learned_at=datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
)
BOX = {
    "eventID": "e-1",
    "eventType": "EQUIPMENT",
    "eventClassifierCode": "ACT",
    "eventDateTime": "2026-03-10T08:30:00+08:00",
    "equipmentEventTypeCode": "LOAD",
    "equipmentReference": "MSKU1234565",
    "emptyIndicatorCode": "LADEN",
    "eventLocation": {"UNLocationCode": "SGSIN"},
    "documentReferences": [
        {"documentReferenceType": "BKG", "documentReferenceValue": "BK 77"},
        {"documentReferenceType": "TRD", "documentReferenceValue": "BL-9"},
    ],
}
SHIP = {
    "eventID": "e-2",
    "eventType": "TRANSPORT",
    "eventClassifierCode": "ACT",
    "eventDateTime": "2026-03-18T04:00:00Z",
    "transportEventTypeCode": "ARRI",
    "transportCall": {"UNLocationCode": "DEHAM", "modeOfTransport": "VESSEL"},
    "references": [{"referenceType": "EQ", "referenceValue": "MSKU1234565"}],
}
THIRD = {
    "eventID": "e-3",
    "eventDateTime": "2026-03-19T10:15:00Z",
    "eventLocation": {"UNLocationCode": "DEHAM"},
    "eventClassification": {
        "eventTypeCode": "EQUIPMENT",
        "eventClassifierCode": "ACT",
        "equipmentEventTypeCode": "GTOT",
    },
    "shipmentDetails": {"documentReference": {"typeCode": "BKG", "reference": "BK 77"}},
    "equipmentDetails": {"equipmentReference": "MSKU1234565", "emptyIndicatorCode": "LADEN"},
}


def told(body, settings=SETTINGS):
    return readers(settings)["dcsa:BLUE"](msgspec.json.encode(body), RECEIPT)


def test_an_event_names_the_load_the_instant_and_its_place_in_the_message():
    (fact,) = told([BOX]).facts

    assert (fact.milestone, fact.source, fact.stop) == (K.IN_TRANSIT, Source.CARRIER, 0)
    assert fact.happened_at == datetime(2026, 3, 10, 0, 30, tzinfo=UTC)
    assert fact.references == (
        Reference(ReferenceKind.CONTAINER, "MSKU1234565"),
        Reference(ReferenceKind.PRO, "BK 77", "BLUE"),
        Reference(ReferenceKind.BOL, "BL-9"),
    )
    assert (fact.key, fact.lineage.place, fact.reported_by) == ("dcsa:BLUE:e-1", "$[0]", "BLUE")


@pytest.mark.parametrize(
    ("port", "code", "expected"),
    [
        ("CNSHA", "ARRI", K.ARRIVED_PICKUP),
        ("CNSHA", "DEPA", K.DEPARTED_PICKUP),
        ("DEHAM", "ARRI", K.ARRIVED_DELIVERY),
        ("DEHAM", "DEPA", K.DEPARTED_DELIVERY),
        ("SGSIN", "DEPA", K.IN_TRANSIT),
    ],
)
def test_a_ship_at_a_stop_of_ours_arrives_and_departs_there(port, code, expected):
    call = {"location": {"UNLocationCode": port}}
    (fact,) = told([SHIP | {"transportEventTypeCode": code, "transportCall": call}]).facts

    assert fact.milestone is expected


@pytest.mark.parametrize(
    ("port", "code", "expected"),
    [
        ("CNSHA", "GTIN", K.ARRIVED_PICKUP),
        ("CNSHA", "LOAD", K.LOADED),
        ("CNSHA", "GTOT", K.DEPARTED_PICKUP),
        ("CNSHA", "STUF", K.LOADED),
        ("SGSIN", "DISC", K.IN_TRANSIT),
        ("DEHAM", "DISC", K.ARRIVED_DELIVERY),
        ("DEHAM", "GTOT", K.DELIVERED),
        ("DEHAM", "STRP", K.DELIVERED),
        ("DEHAM", "DROP", K.DELIVERED),
    ],
)
def test_what_happens_to_a_box_counts_by_where_it_is(port, code, expected):
    event = {"equipmentEventTypeCode": code, "eventLocation": {"UNLocationCode": port}}
    (fact,) = told([BOX | event]).facts

    assert fact.milestone is expected


@pytest.mark.parametrize("classifier", ["PLN", "EST"])
def test_what_is_planned_or_estimated_never_happened(classifier):
    (fact,) = told([SHIP | {"eventClassifierCode": classifier}]).facts

    assert fact.milestone is K.ESTIMATED
    assert fact.reason == f"{classifier} TRANSPORT/ARRI DEHAM"


def test_version_three_says_the_same_in_other_fields():
    (fact,) = told({"events": [THIRD]}).facts

    assert (fact.milestone, fact.key) == (K.DELIVERED, "dcsa:BLUE:e-3")
    assert fact.lineage.place == "$.events[0]"
    assert [str(one) for one in fact.references] == ["CONTAINER MSKU1234565", "PRO BK 77"]


def test_an_event_in_two_halves_is_read_as_one_and_may_retract_another():
    body = {
        "metadata": {"eventID": "e-9", "retractedEventID": "e-2"},
        "payload": {name: value for name, value in SHIP.items() if name != "eventID"},
    }
    (fact,) = told(body).facts

    assert (fact.key, fact.corrects) == ("dcsa:BLUE:e-9", "dcsa:BLUE:e-2")


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (BOX | {"emptyIndicatorCode": "EMPTY"}, "the box is empty"),
        (SHIP | {"transportCall": {"UNLocationCode": "SGSIN"}}, "no stop of ours is there"),
        (BOX | {"equipmentEventTypeCode": "INSP"}, "it moves no goods"),
        (SHIP | {"eventType": "SHIPMENT", "shipmentEventTypeCode": "CONF"}, "it moves no goods"),
    ],
    ids=["an empty box", "a ship at a port on the way", "an inspection", "a document's state"],
)
def test_what_moves_no_goods_is_no_milestone_and_says_why(event, why):
    (passed,) = outcomes(msgspec.json.encode([event]), RECEIPT, SETTINGS)

    assert isinstance(passed, Passed)
    assert passed.why == why
    assert told([event]) == Reading()


@pytest.mark.parametrize(
    ("event", "place", "cause"),
    [
        (
            BOX | {"equipmentEventTypeCode": "FLYS"},
            "$[0].equipmentEventTypeCode",
            "dcsa:BLUE:event:EQUIPMENT/FLYS",
        ),
        (
            THIRD | {"eventClassification": {"eventTypeCode": "X", "eventClassifierCode": "ACT"}},
            "$[0].eventClassification.eventType",
            "dcsa:BLUE:event:X/",
        ),
        (
            BOX | {"eventClassifierCode": "REQ"},
            "$[0].equipmentEventTypeCode",
            "dcsa:BLUE:classifier:REQ",
        ),
    ],
    ids=["a code", "a kind", "a classifier"],
)
def test_an_unknown_word_is_a_problem_by_its_name(event, place, cause):
    (problem,) = told([event]).problems

    assert problem.kind is CaseKind.UNKNOWN_CODE
    assert (problem.place, problem.cause) == (place, cause)


def test_the_profile_says_what_a_code_means_and_which_names_count():
    more = Settings(
        system="blueline",
        party_ref="BLUE",
        milestones={"EQUIPMENT/FLYS": K.IN_TRANSIT},
        references={"CSI": ReferenceKind.SHIPMENT},
    )
    names = {"references": [{"referenceType": "CSI", "referenceValue": "S-O-1"}]}
    (fact,) = told([BOX | {"equipmentEventTypeCode": "FLYS"} | names], more).facts

    assert fact.milestone is K.IN_TRANSIT
    assert Reference(ReferenceKind.SHIPMENT, "S-O-1") in fact.references


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ({"eventDateTime": "2026-03-10T08:30:00"}, "$[1].eventDateTime"),
        ({"eventDateTime": "2026/03/10 08:30"}, "$[1].eventDateTime"),
        ({"eventDateTime": "0001-01-01T00:00:00+12:00"}, "$[1]"),
        ({"eventID": 7}, "$[1].eventID"),
        ({"equipmentReference": "X" * 501}, "$[1].equipmentReference"),
        ({"documentReferences": {"a": 1}}, "$[1].documentReferences"),
        ({"equipmentReference": None, "documentReferences": None}, "$[1]"),
    ],
    ids=[
        "a time without an offset",
        "no time",
        "before the calendar",
        "a number as a name",
        "too long",
        "not a list",
        "no name of the load",
    ],
)
def test_one_bad_event_keeps_no_other_back(bad, place):
    reading = told([BOX, {**BOX, "eventID": "e-5", **bad}, SHIP])

    assert [fact.key for fact in reading.facts] == ["dcsa:BLUE:e-1", "dcsa:BLUE:e-2"]
    assert [problem.place for problem in reading.problems] == [place]


def test_the_same_event_twice_is_one_fact():
    assert told([BOX, BOX]) == told([BOX])


def test_other_words_under_one_number_are_both_told_on_so_that_somebody_sees_it():
    first, second = told([BOX, BOX | {"eventDateTime": "2026-03-11T00:00:00Z"}]).facts

    assert first.key == second.key


def test_an_event_without_a_number_is_known_by_what_it_says():
    bare = {name: value for name, value in BOX.items() if name != "eventID"}
    turned = dict(reversed(bare.items()))

    assert told([bare]).facts[0].key == told([turned]).facts[0].key


@pytest.mark.parametrize(
    "body",
    [{"arrivalNotices": []}, {}, "text", 7, None, {"events": {"a": 1}}],
    ids=["another message", "nothing", "a text", "a number", "null", "no list"],
)
def test_what_is_no_message_of_it_is_one_problem(body):
    (problem,) = told(body).problems

    assert problem.cause == "dcsa:BLUE:document"


def test_more_events_than_anybody_sends_are_refused_at_once():
    (problem,) = told([{}] * (EVENTS_MAX + 1)).problems

    assert problem.cause == "dcsa:BLUE:many"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*BOX, *SHIP, *THIRD, "events"]), inner, max_size=6)
        ),
        max_leaves=20,
    )
)
def test_whatever_a_line_sends_is_read_or_named(body):
    reading = told(body)

    assert all(problem.place.startswith("$") for problem in reading.problems)

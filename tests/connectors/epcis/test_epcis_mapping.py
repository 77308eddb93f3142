"""What scans say by EPCIS 2.0, in every spelling of its words. Written by hand."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.epcis.manifest import Settings
from drawbar.connectors.epcis.mapping import EVENTS_MAX, outcomes, readers
from drawbar.connectors.told import Passed
from drawbar.freight.case import CaseKind
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import StopPurpose
from drawbar.freight.reading import Reading
from drawbar.freight.reference import Reference, ReferenceKind

DOCK, YARD = "urn:epc:id:sgln:4012345.00001.0", "https://id.example/414/4012345000115"
SETTINGS = Settings(
    system="dock",
    party_ref="DOCK",
    stops={DOCK: StopPurpose.PICKUP, YARD: StopPurpose.DELIVERY},
    prefixes=("https://acme.example/po/",),
)
RECEIPT = Receipt(
    message_ref="M-1", sender="dock", learned_at=datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
)
SCAN = {
    "type": "ObjectEvent",
    "eventID": "urn:uuid:7",
    "eventTime": "2026-03-10T08:30:00.250-06:00",
    "eventTimeZoneOffset": "-06:00",
    "action": "OBSERVE",
    "bizStep": "departing",
    "epcList": ["urn:epc:id:sscc:4012345.1000000001", "https://id.gs1.org/00/040123451000000018"],
    "readPoint": {"id": "urn:epc:id:sgln:4012345.00009.0"},
    "bizTransactionList": [
        {"type": "po", "bizTransaction": "https://acme.example/po/4711"},
        {"type": "bol", "bizTransaction": "urn:epcglobal:cbv:bt:4012345000115:BL%2D9"},
        {"type": "desadv", "bizTransaction": "urn:epcglobal:cbv:bt:4012345000115:1"},
    ],
}


def document(*events, **more):
    head = {"@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"]}
    return {**head, "type": "EPCISDocument", "epcisBody": {"eventList": events}, **more}


def told(body, settings=SETTINGS):
    return readers(settings)["epcis:DOCK"](msgspec.json.encode(body), RECEIPT)


def one(**more):
    (fact,) = told(document(SCAN | more)).facts
    return fact


def test_a_scan_names_the_load_the_instant_and_its_place_in_the_document():
    fact = one()

    assert (fact.milestone, fact.source, fact.reported_by) == (
        K.DEPARTED_PICKUP,
        Source.WMS,
        "DOCK",
    )
    assert fact.happened_at == datetime(2026, 3, 10, 14, 30, 0, 250_000, tzinfo=UTC)
    assert fact.references == (
        Reference(ReferenceKind.PO, "4711"),
        Reference(ReferenceKind.BOL, "BL-9"),
    )
    assert (fact.key, fact.reason) == ("epcis:DOCK:urn:uuid:7", "2 handling units")
    assert fact.lineage.place == "$.epcisBody.eventList[0]"


@pytest.mark.parametrize(
    "spelling",
    [
        "departing",
        "urn:epcglobal:cbv:bizstep:departing",
        "https://ref.gs1.org/cbv/BizStep-departing",
        "cbv:BizStep-departing",
    ],
    ids=["bare", "urn", "web uri", "shortened"],
)
def test_a_step_means_the_same_however_it_is_spelled(spelling):
    assert one(bizStep=spelling).milestone is K.DEPARTED_PICKUP


@pytest.mark.parametrize(
    ("step", "place", "expected"),
    [
        ("arriving", DOCK, K.ARRIVED_PICKUP),
        ("loading", DOCK, K.LOADED),
        ("departing", DOCK, K.DEPARTED_PICKUP),
        ("shipping", DOCK, K.DEPARTED_PICKUP),
        ("arriving", YARD, K.ARRIVED_DELIVERY),
        ("unloading", YARD, K.ARRIVED_DELIVERY),
        ("receiving", YARD, K.DELIVERED),
        ("accepting", YARD, K.DELIVERED),
        ("departing", YARD, K.DEPARTED_DELIVERY),
        ("loading", "elsewhere", K.LOADED),
        ("transporting", "elsewhere", K.IN_TRANSIT),
        ("arriving", "elsewhere", K.ARRIVED_DELIVERY),
        ("receiving", "elsewhere", K.DELIVERED),
    ],
)
def test_a_step_counts_by_where_it_was(step, place, expected):
    assert one(bizStep=step, readPoint={"id": place}).milestone is expected


def test_the_business_location_counts_where_the_read_point_is_no_stop():
    fact = one(bizStep="arriving", bizLocation={"id": DOCK})

    assert fact.milestone is K.ARRIVED_PICKUP


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("picking", "it moves no goods"),
        ("packing", "it moves no goods"),
        ("staging_outbound", "it moves no goods"),
        ("accepting", "it moves nothing there"),
        ("", "it names no business step"),
    ],
)
def test_what_moves_no_goods_is_no_milestone_and_says_why(step, why):
    body = document(SCAN | {"bizStep": step})
    (passed,) = outcomes(msgspec.json.encode(body), RECEIPT, SETTINGS)

    assert isinstance(passed, Passed)
    assert passed.why == why
    assert told(body) == Reading()


def test_goods_received_where_they_are_picked_up_are_not_delivered():
    assert told(document(SCAN | {"bizStep": "receiving", "readPoint": {"id": DOCK}})) == Reading()


def test_an_event_declared_wrong_withdraws_what_was_told():
    error = {"declarationTime": "2026-03-11T00:00:00Z", "reason": "did_not_occur"}
    first, wrong = told(document(SCAN, SCAN | {"errorDeclaration": error})).facts

    assert (wrong.corrects, wrong.withdraws, wrong.reason) == (first.key, True, "did_not_occur")
    assert wrong.key != first.key
    assert not first.withdraws


def test_an_event_without_a_number_is_declared_wrong_by_all_that_it_says():
    bare = {name: value for name, value in SCAN.items() if name != "eventID"}
    error = {"declarationTime": "2026-03-11T00:00:00Z"}
    first, wrong = told(document(bare, bare | {"errorDeclaration": error})).facts

    assert wrong.corrects == first.key


def test_quantities_and_things_are_said_beside_the_step():
    fact = one(
        epcList=["urn:epc:id:sgtin:4012345.011122.25"],
        quantityList=[
            {"epcClass": "urn:epc:class:lgtin:4012345.011111.4444", "quantity": 10.5, "uom": "KGM"},
            {"epcClass": "https://id.gs1.org/01/04012345111118", "quantity": 30},
        ],
    )

    said = "1 thing, 10.5 KGM of 4012345.011111.4444, 30 pieces of "
    assert fact.reason == f"{said}https://id.gs1.org/01/04012345111118"


def test_a_container_among_the_things_names_the_load():
    fact = one(
        type="AggregationEvent",
        parentID="urn:epc:id:bic:MSKU1234565",
        childEPCs=["urn:epc:id:sscc:4012345.1000000001"],
        bizTransactionList=[],
    )

    assert fact.references == (Reference(ReferenceKind.CONTAINER, "MSKU1234565"),)


@pytest.mark.parametrize(
    "body",
    [
        SCAN,
        [SCAN],
        document(
            type="EPCISQueryDocument",
            epcisBody={"queryResults": {"resultsBody": {"eventList": [SCAN]}}},
        ),
    ],
    ids=["one event alone", "a list", "the answer to a query"],
)
def test_events_come_in_several_covers(body):
    assert [fact.key for fact in told(body).facts] == ["epcis:DOCK:urn:uuid:7"]


@pytest.mark.parametrize(
    ("bad", "place", "cause"),
    [
        ({"eventTime": "2026-03-10T08:30:00"}, ".eventTime", "event:.eventTime"),
        ({"eventTimeZoneOffset": "CET"}, ".eventTimeZoneOffset", "event:.eventTimeZoneOffset"),
        ({"action": "CREATE"}, ".action", "event:.action"),
        ({"action": ""}, "", "event:.action"),
        ({"type": "Happening"}, ".type", "event:.type"),
        ({"epcList": []}, "", "event:nothing"),
        ({"epcList": "all"}, ".epcList", "event:.epcList"),
        ({"bizStep": "flying"}, ".bizStep", "step:flying"),
        ({"bizStep": "void_shipping"}, ".bizStep", "voided"),
        ({"bizTransactionList": []}, "", "no_name"),
        ({"eventTime": "9999-12-31T23:59:59-12:00"}, "", "NoSuchTime"),
    ],
    ids=[
        "a time without an offset",
        "no offset",
        "an action that is none",
        "without an action",
        "a type that is none",
        "about nothing",
        "a text for a list",
        "an unknown step",
        "what was shipped was not",
        "no name of the load",
        "beyond the calendar",
    ],
)
def test_one_bad_event_keeps_no_other_back(bad, place, cause):
    reading = told(document(SCAN, {**SCAN, "eventID": "x", **bad}))

    assert len(reading.facts) == 1
    assert [(one.place, one.cause) for one in reading.problems] == [
        (f"$.epcisBody.eventList[1]{place}", f"epcis:DOCK:{cause}")
    ]


def test_an_unknown_step_is_an_unknown_code_that_the_profile_explains():
    body = document(SCAN | {"bizStep": "https://acme.example/steps/loaded"})
    (problem,) = told(body).problems
    known = msgspec.structs.replace(SETTINGS, milestones={problem.code: K.LOADED})

    assert (problem.kind, problem.table) == (CaseKind.UNKNOWN_CODE, "milestones")
    assert told(body, known).facts[0].milestone is K.LOADED


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ({"type": "EPCISDocument", "epcisBody": {"eventList": []}}, "context"),
        (document(epcisBody={"eventList": {}}), "events"),
        (document(epcisBody=[]), "events"),
        ({"eventType": "x"}, "document"),
        ({"type": ["EPCISDocument"]}, "document"),
        (None, "document"),
        ([SCAN] * (EVENTS_MAX + 1), "many"),
    ],
    ids=["no context", "no list", "no body", "no type", "a list of types", "null", "too many"],
)
def test_what_is_no_document_is_one_problem(body, cause):
    (problem,) = told(body).problems

    assert problem.cause == f"epcis:DOCK:{cause}"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["type", "epcisBody", "eventList", *SCAN]), inner)
        ),
        max_leaves=20,
    )
)
def test_whatever_a_party_sends_is_read_or_named(body):
    reading = told(document(SCAN | {"eventID": "z"}, body))

    assert "epcis:DOCK:urn:uuid:7" not in {fact.key for fact in reading.facts}
    assert all(problem.place.startswith("$") for problem in reading.problems)

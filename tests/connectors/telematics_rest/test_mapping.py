"""What a batch of events from the trucks' boxes says. Written by hand."""

from datetime import UTC, datetime

import msgspec
import pytest

from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Sending
from drawbar.connectors.telematics_rest.client import connect
from drawbar.connectors.telematics_rest.manifest import Settings
from drawbar.connectors.telematics_rest.mapping import readers
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import Rejected, ReleaseStock
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, Source
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind

SETTINGS = Settings(system="roadsense", line=LineSettings(address="http://boxes.example"))
RECEIPT = Receipt(
    message_ref="M-1", sender="roadsense", learned_at=datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
)
EVENT = {
    "id": "RS-1",
    "load": "S-O-1",
    "carrier": "BLFT",
    "kind": "entered",
    "stop": 1,
    "site": "pickup",
    "at": "2026-03-10T08:55:00-05:00",
    "lat": 32.78,
    "lon": -96.8,
}


def heard(*events):
    return readers(SETTINGS)["telematics:roadsense"](
        msgspec.json.encode({"events": events}), RECEIPT
    )


@pytest.mark.parametrize(
    ("kind", "site", "expected"),
    [
        ("entered", "pickup", MilestoneKind.ARRIVED_PICKUP),
        ("left", "pickup", MilestoneKind.DEPARTED_PICKUP),
        ("entered", "delivery", MilestoneKind.ARRIVED_DELIVERY),
        ("left", "delivery", MilestoneKind.DEPARTED_DELIVERY),
    ],
)
def test_a_truck_at_a_place_is_a_milestone_of_the_geofence(kind, site, expected):
    (fact,) = heard(EVENT | {"kind": kind, "site": site}).facts

    assert (fact.milestone, fact.source, fact.stop) == (expected, Source.GEOFENCE, 1)
    assert fact.happened_at == datetime(2026, 3, 10, 13, 55, tzinfo=UTC)
    assert fact.references == (Reference(ReferenceKind.SHIPMENT, "S-O-1"),)
    assert (fact.reported_by, fact.lineage.place) == ("roadsense", "$.events[0]")


def test_a_position_alone_is_no_milestone():
    reading = heard(EVENT | {"kind": "position", "stop": 0, "site": ""})

    assert (reading.facts, reading.problems) == ((), ())


def test_the_same_event_in_another_batch_is_the_same_fact():
    _, later = heard({**EVENT, "id": "RS-0", "kind": "left"}, EVENT, EVENT).facts

    assert later.key == heard(EVENT).facts[0].key == "telematics:roadsense:RS-1"


@pytest.mark.parametrize(
    ("bad", "place", "cause"),
    [
        ({"kind": "parked"}, "$.events[1].kind", "telematics:roadsense:kind:parked/pickup"),
        ({"site": ""}, "$.events[1].kind", "telematics:roadsense:kind:entered/"),
        ({"load": ""}, "$.events[1].load", "telematics:roadsense:no_load"),
        ({"at": "2026-03-10T08:55:00"}, "$.events[1].at", "telematics:roadsense:event:.at"),
        ({"at": "yesterday"}, "$.events[1].at", "telematics:roadsense:event:.at"),
    ],
    ids=["an unknown kind", "no site", "no load", "a time without a zone", "no time"],
)
def test_one_bad_event_keeps_no_other_back(bad, place, cause):
    reading = heard(EVENT, {**EVENT, "id": "RS-2", **bad}, {**EVENT, "id": "RS-3"})

    assert len(reading.facts) == 2
    assert [(one.place, one.cause) for one in reading.problems] == [(place, cause)]


def test_an_unknown_kind_is_an_unknown_code():
    (problem,) = heard(EVENT | {"kind": "parked"}).problems

    assert problem.kind is CaseKind.UNKNOWN_CODE


def test_an_event_that_is_only_a_text_is_a_problem():
    reading = heard("{half", EVENT)

    assert len(reading.facts) == len(reading.problems) == 1


def test_what_is_no_batch_is_one_problem():
    reading = readers(SETTINGS)["telematics:roadsense"](b"<html>proxy error", RECEIPT)

    assert [problem.cause for problem in reading.problems] == ["telematics:roadsense:batch:$"]


def test_it_takes_no_deliveries():
    connector = connect(SETTINGS)
    stream = StreamKey(StreamKind.SHIPMENT, "S-O-1")
    payload = ReleaseStock(order_ref="O-1")
    sending = Sending(number=1, business_key="k", stream=stream, payload=payload)

    assert connector.capabilities().kinds == frozenset()
    assert isinstance(connector.send(sending), Rejected)
    assert connector.find("ReleaseStock", "k") == ()

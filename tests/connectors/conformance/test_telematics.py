"""A telematics provider as a real process: read on in batches, each event once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drawbar.connectors.port import Connector, Unreachable
from drawbar.connectors.registry import open_system, readers_of
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, Source
from tests.connectors.conformance.test_carrier import NOW

pytestmark = pytest.mark.system

RECEIPT = Receipt(message_ref="M-1", sender="roadsense", learned_at=NOW)


@pytest.fixture
def provider(small: Callable[[str], Any]) -> Any:
    return small("telematics")


@pytest.fixture
def opened(provider: Any) -> Iterator[Callable[..., tuple[Connector, Any]]]:
    """Return a connector to the provider, with what reads its batches."""
    connectors: list[Any] = []

    def opening(**more: Any) -> tuple[Connector, Any]:
        line = {"address": provider.address, "answer_seconds": 1}
        described = {"connector": "telematics_rest", "line": line, **more}
        connectors.append(open_system("roadsense", described))
        return connectors[-1], readers_of("roadsense", described)["telematics:roadsense"]

    yield opening
    for connector in connectors:
        connector.close()


def tell(provider: Any, number: int, *events: dict[str, Any]) -> None:
    told = [
        {"key": f"{number}/{one['kind']}/{one.get('stop', 0)}", "load": f"S-O-{number}", **one}
        for one in events
    ]
    turn = {"now": NOW.isoformat(), "lessons": [], "told": told, "after": 0}
    assert provider.ask("POST", "/control/turn", turn) == {"accepted": []}


def facts(connector: Connector, reader: Any, number: int) -> list[Any]:
    read, cursor, more = [], "", True
    while more:
        page = connector.changes("batches", cursor)
        read += [fact for item in page.items for fact in reader(item.body, RECEIPT).facts]
        cursor, more = page.cursor, page.more
    return [fact for fact in read if fact.references[0].value == f"S-O-{number}"]


def test_what_the_boxes_saw_are_milestones_however_it_is_cut_into_batches(provider, opened, number):
    at = "2026-03-10T13:55:00Z"
    position = {"kind": "position", "at": at, "lat": 32.78, "lon": -96.8}
    events = [{"kind": "entered", "stop": 1, "at": at}, position]
    tell(provider, number, *events, {"kind": "left", "stop": 2, "at": "2026-03-12T15:00:00Z"})
    tell(provider, number, *events)  # a turn that comes again
    whole = facts(*opened(), number)
    pieces = facts(*opened(page_rows=1), number)

    assert [(one.milestone, one.stop, one.source) for one in whole] == [
        (MilestoneKind.ARRIVED_PICKUP, 1, Source.GEOFENCE),
        (MilestoneKind.DEPARTED_DELIVERY, 2, Source.GEOFENCE),
    ]
    assert [one.key for one in pieces] == [one.key for one in whole]


def test_a_provider_that_is_down_loses_nothing(provider, opened, number):
    connector, reader = opened()
    provider.fault("outage")
    tell(provider, number, {"kind": "entered", "stop": 1})
    with pytest.raises(Unreachable):
        connector.changes("batches", "")
    provider.recover()

    assert len(facts(connector, reader, number)) == 1
    assert connector.probe()


def test_garbled_events_and_repetitions_leave_the_feed_readable(provider, opened, number):
    connector, reader = opened()
    tell(provider, number, {"kind": "entered", "stop": 1})
    again = {"key": f"{number}/again", "again": f"{number}/entered/1"}
    garbled = {"key": f"{number}/garbled", "raw": "{half"}
    provider.ask("POST", "/control/turn", {"now": NOW.isoformat(), "told": [again, garbled]})
    provider.kill()
    provider.start()
    found = facts(connector, reader, number)

    assert [fact.key for fact in found] == [found[0].key]

"""The telematics provider says what it is told, once, and the product hears every arrival."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from drawbar.connectors.registry import readers_of
from drawbar.freight.lineage import Receipt
from drawbar.world.clock import Clock
from drawbar.world.exchange import Refusal, Request
from drawbar.world.plan import Acceptance, Asked, drive, plan_of
from drawbar.world.telematics.desk import TelematicsDesk
from drawbar.world.telematics.telematics import Sighting, Telematics, TelematicsTurn

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
DESCRIBED = {"connector": "telematics_rest", "line": {"address": "http://boxes.example"}}
RECEIPT = Receipt(message_ref="M-1", sender="roadsense", learned_at=NOW)
ENTERED = Sighting(key="k-1", load="S-O-1", carrier="BLFT", kind="entered", stop=1)


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Telematics]:
    provider = Telematics(tmp_path)
    yield provider
    provider.store.close()


def tell(provider: Telematics, *told: Sighting) -> None:
    provider.hear(TelematicsTurn(now=NOW, told=told))


def events(provider: Telematics, after: int = 0, limit: int = 10_000) -> list[Any]:
    return [msgspec.json.decode(one) for one in provider.batch(after, limit)[0]]


def test_an_event_is_told_once_and_stamped_by_the_turn(provider):
    tell(provider, ENTERED)
    tell(provider, ENTERED)

    (event,) = events(provider)
    assert (event["at"], event["site"], event["stop"]) == ("2026-03-10T14:00:00Z", "pickup", 1)


def test_a_batch_goes_on_behind_the_last_event(provider):
    tell(provider, *(msgspec.structs.replace(ENTERED, key=f"k-{n}") for n in range(5)))
    first, last = provider.batch(0, 3)

    assert (len(first), last) == (3, 3)
    assert [one["id"] for one in events(provider, last)] == ["RS-00000004", "RS-00000005"]
    assert provider.batch(5, 3) == ([], 5)


def test_an_event_comes_again_as_it_was(provider):
    tell(provider, ENTERED, Sighting(key="k-2", again="k-1"))
    first, second = events(provider)

    assert first == second


def test_a_question_that_is_no_number_is_refused(provider):
    routes = TelematicsDesk(provider, Clock()).routes()

    with pytest.raises(Refusal):
        routes.answer(Request(method="GET", path="/batches", query={"after": "x"}))


def test_the_product_hears_every_arrival_and_departure_of_a_plan(provider):
    plan = plan_of(Asked(seed=7, begins_on=date(2026, 3, 2), days=2, loads_per_day=10))
    sayings = []
    for order in plan.orders:
        shipment = f"S-{order.number}"
        accepted = {"tender": f"{shipment}-V1T1", "shipment": shipment, "pro": "1", "seq": 1}
        acceptance = Acceptance(carrier="BLFT", at=order.entered_at, **accepted)
        driven = drive(plan, order, acceptance)
        sayings += [one for one in driven.sayings if one.mouth == "telematics"]
    tell(provider, *(msgspec.convert({**one.body, "key": one.key}, Sighting) for one in sayings))
    body = msgspec.json.encode({"events": provider.batch(0, 10_000)[0]})
    reading = readers_of("roadsense", DESCRIBED)["telematics:roadsense"](body, RECEIPT)

    heard = {(fact.references[0].value, fact.stop, fact.happened_at) for fact in reading.facts}
    said = [one.body for one in sayings if one.body["kind"] != "position"]
    assert reading.problems == ()
    assert heard == {(one["load"], one["stop"], datetime.fromisoformat(one["at"])) for one in said}

"""The pacer: all the firm's work of one instant, and then the firm is at rest.

The example firm on Postgres, with an ERP, a warehouse and carriers that do what they are told.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from msgspec import structs
from psycopg.conninfo import conninfo_to_dict

from drawbar.cli.firm import Firm, open_firm
from drawbar.cli.pacer import Pacer
from drawbar.engine import Due, SetClock
from drawbar.freight.delivery import Lane
from drawbar.messages.queue import claim
from drawbar.records.server import Database, Logins
from drawbar.world.store import stamp
from drawbar.world.troupe import Player, Troupe
from tests.engine.database import _drop, template
from tests.journeys.acme_cast import company_of, furnish, players
from tests.journeys.scenes import ATLANTA, NEWARK, Scene, order

__all__ = ["template"]
pytestmark = pytest.mark.system
WALL = datetime(2026, 9, 14)  # noqa: DTZ001 - the clocks on the walls of the stops
NOW = datetime(2026, 9, 11, 15, 0, tzinfo=UTC)
EAST = (ATLANTA, NEWARK)
_orders, _names = count(1), count(1)


@pytest.fixture
def troupe(tmp_path: Path) -> Iterator[tuple[Troupe, Path]]:
    """Yield the small systems, who act only when they are told to, and their company folder."""
    still = {name: _still(one) for name, one in players(tmp_path).items()}
    with Troupe(still) as systems:
        furnish(systems)
        yield systems, company_of(systems, tmp_path)


def _still(player: Player) -> Player:
    options = tuple(word for word in player.options if word != "--live")
    return structs.replace(player, options=options)


@pytest.fixture
def logins(template: Database) -> Iterator[Logins]:
    name = f"pacer_{os.getpid()}_{next(_names)}"
    original = conninfo_to_dict(template.owner_url)["dbname"]
    with psycopg.connect(template.owner_url, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {original}".encode())
        yield template.logins.at(name)
        _drop(owner, name)


class House:
    """A firm whose clock is set, and its small systems."""

    def __init__(self, firm: Firm, clock: SetClock, systems: Troupe) -> None:
        self.firm, self.clock, self.systems = firm, clock, systems
        self.pacer = Pacer(firm)
        for system in ("erp", "wms", "northlake"):
            systems[system].tell("/control/clock", {"now": stamp(NOW)})
        self.pacer.settle([])  # a new pacer reads everybody

    def enter(self) -> str:
        """Enter an order in the ERP and return its number."""
        scene = Scene(number=f"SO-5{next(_orders):03}", shows="", customer="INITECH", route=EAST)
        self.systems["erp"].tell("/control/orders", order(scene, WALL))
        return scene.number

    def carrier_acts(self) -> None:
        turn = {"now": stamp(self.clock.now()), "lessons": [], "told": [], "after": 0}
        self.systems["northlake"].tell("/control/turn", turn)

    def states(self, number: str) -> list[tuple[str, str]]:
        query = "SELECT status, tender_state FROM shipments WHERE ref = %s"
        with self.firm.pool.connection() as connection:
            return connection.execute(query.encode(), (f"S-{number}",)).fetchall()


@pytest.fixture
def house(troupe: tuple[Troupe, Path], logins: Logins) -> Iterator[House]:
    systems, company = troupe
    environ = {
        "DATABASE_URL": logins.owner_url,
        "DRAWBAR_ENGINE_URL": logins.engine_url,
        "DRAWBAR_REQUEST_URL": logins.request_url,
    }
    clock = SetClock(NOW)
    with open_firm(company, name="pacer", environ=environ, clock=clock) as firm:
        yield House(firm, clock, systems)
        for connector in firm.systems.values():
            connector.close()


def test_at_rest_nothing_is_due(house):
    house.enter()
    house.pacer.settle(["erp"])

    assert house.firm.engine.due() == Due()


def test_it_says_who_was_told_something(house):
    house.enter()

    assert {"wms", "northlake"} <= house.pacer.settle(["erp"])
    assert house.pacer.settle([]) == set()


def test_only_who_has_news_is_read(house):
    number = house.enter()
    house.pacer.settle(["northlake"])
    unread = house.states(number)
    house.pacer.settle(["erp"])

    assert unread == []
    assert len(house.states(number)) == 1


def test_what_a_carrier_answers_is_taken_in_at_the_next_telling(house):
    number = house.enter()
    house.pacer.settle(["erp"])
    ((_, offered),) = house.states(number)
    house.carrier_acts()
    house.pacer.settle(["northlake"])
    ((_, answered),) = house.states(number)

    assert (offered, answered) == ("open", "accepted")
    assert house.firm.engine.due().idle


def test_it_is_due_again_when_the_tender_ends(house):
    house.enter()
    house.pacer.settle(["erp"])
    due_at = house.pacer.next_due()

    assert due_at is not None
    assert NOW < due_at <= NOW + timedelta(hours=2)


def test_who_cannot_be_asked_is_asked_again_without_being_news(house):
    number = house.enter()
    house.systems["erp"].tell("/control/faults", {"kind": "outage"})
    house.pacer.settle(["erp"])
    away = house.states(number)
    house.systems["erp"].tell("/control/faults", None, method="DELETE")
    house.pacer.settle([])

    assert away == []
    assert len(house.states(number)) == 1


def test_a_new_pacer_reads_everybody_and_takes_over_what_was_on_its_way(house):
    number = house.enter()
    lease = timedelta(minutes=5)
    house.pacer._read(["erp"])
    house.firm.engine.run_until_idle()
    claimed = house.firm.engine.within(
        lambda batch, _: claim(
            batch.cursor, system="wms", lane=Lane.DISPATCH, now=batch.now, limit=1, lease=lease
        )
    ).claimed
    house.pacer = Pacer(house.firm)
    house.pacer.settle([])

    assert len(claimed) == 1
    assert len(house.states(number)) == 1
    assert house.firm.engine.due() == Due()

"""A firm that lost its systems: each delivery that nobody takes is put before a person."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drawbar.cli.crew import Crew
from drawbar.cli.firm import Firm, open_firm
from drawbar.cli.pacer import Pacer
from drawbar.records.server import Logins
from tests.flow.stage import ACME

pytestmark = pytest.mark.system


@pytest.fixture
def alone(firm: Logins, tmp_path: Path) -> Iterator[Firm]:
    """Open the firm on its database; its folder describes no system any more."""
    folder = tmp_path / "acme"
    shutil.copytree(ACME, folder)
    shutil.rmtree(folder / "systems")
    environ = {
        "DATABASE_URL": firm.owner_url,
        "DRAWBAR_ENGINE_URL": firm.engine_url,
        "DRAWBAR_REQUEST_URL": firm.request_url,
    }
    with open_firm(folder, name="alone", environ=environ) as opened:
        yield opened


def forget(firm: Firm) -> None:
    """Let the voucher be owed as on the first day."""
    with firm.pool.connection() as connection:
        owed = "UPDATE deliveries SET state = 'ready', outcome_unknown = false"
        connection.execute(owed)
        connection.execute("DELETE FROM cases WHERE kind = 'delivery_rejected'")


def cases(firm: Firm) -> set[str]:
    """Return the systems for which something stands before a person."""
    with firm.pool.connection() as connection:
        query = "SELECT item FROM cases WHERE kind = 'delivery_rejected' AND settled_at IS NULL"
        return {item.split()[0] for (item,) in connection.execute(query).fetchall()}


def test_a_worker_that_is_told_the_time_comes_to_rest_and_leaves_nothing_unseen(alone: Firm):
    forget(alone)

    told = Pacer(alone).settle(())

    assert told == set()
    assert cases(alone) == {"abcd", "erp"}
    assert alone.engine.due().lanes == ()


def test_a_crew_gives_back_within_seconds_what_nobody_takes(alone: Firm):
    forget(alone)
    crew = Crew(alone, poll_seconds=0.1)

    crew.start()
    try:
        until = time.monotonic() + 20
        while cases(alone) != {"abcd", "erp"} and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        crew.stop()

    assert cases(alone) == {"abcd", "erp"}

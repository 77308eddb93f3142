"""What "now" is for a command: a demo's world runs ahead of the machine, its facts lie there."""

import json
from datetime import UTC, datetime

import pytest
from msgspec import structs

from drawbar.cli.firm_clock import FirmClock
from drawbar.engine import SetClock
from drawbar.records.desk.reads import open_reads
from drawbar.records.server import Logins
from tests.cli.stand import Run, learn, working
from tests.flow.stage import order, released

AHEAD = datetime(2090, 3, 9, 12, tzinfo=UTC)
LATER, EARLIER = AHEAD.replace(year=2091), AHEAD.replace(year=2026)

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def ahead(firm: Logins) -> Logins:
    """Return the firm after it learned of a load long after the machine's own time."""
    fact = structs.replace(released(order("2002")), learned_at=AHEAD)
    with working(firm) as engine:
        learn(engine, fact)
    return firm


@pytest.mark.parametrize(
    ("machine", "now"), [(LATER, LATER), (EARLIER, AHEAD)], ids=["machine", "newest fact"]
)
def test_now_is_the_later_of_the_machine_and_the_newest_fact(ahead, machine, now):
    with open_reads(ahead.request_url) as reads:
        assert FirmClock(reads, SetClock(machine)).now() == now


@pytest.mark.parametrize(
    "command", [("replay",), ("rate", "explain")], ids=["replay", "rate explain"]
)
def test_without_a_day_everything_that_was_learned_counts(ahead, run: Run, command):
    del ahead
    told = run(*command, "S-2002", "--json")

    assert told.exit_code == 0, told.stderr
    assert "2090-03-09T12:00:00" in told.stdout


def test_a_word_is_not_older_than_what_is_known(ahead, run: Run):
    del ahead
    run("keys", "create", "ERP", "--role", "admin")
    (key,) = json.loads(run("keys", "list", "--json").stdout)

    assert key["created_at"].startswith("2090-03-09T12:00:00")

"""Invoice numbers have no gap, whoever dies when, and however many workers release at once."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from tests.engine.database import rows
from tests.engine.invoicing import LOADS

pytestmark = pytest.mark.system
ROOT = Path(__file__).resolve().parents[2]
POINTS = [
    "before drawbar.engine.learning:write",
    "after drawbar.engine.writing:write_streams",
    "after drawbar.engine.waiting:take_pending",
    "after drawbar.engine.engine:Engine:decide_pending",
]


def worker(url: str, *told: str) -> int:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    env = {**os.environ, "PYTHONPATH": paths}
    code = [sys.executable, "-m", "tests.engine.invoicing", url, *told]
    return subprocess.run(code, cwd=ROOT, env=env, check=False).returncode


def refuse_gap(pool) -> None:
    """Every number is there once, every load was invoiced once, and the books balance."""
    numbers = rows(pool, "SELECT number FROM customer_invoices ORDER BY number")
    assert [number for (number,) in numbers] == list(range(1, LOADS + 1))
    assert rows(pool, "SELECT count(DISTINCT shipment_ref) FROM customer_invoices") == [(LOADS,)]
    assert rows(pool, "SELECT last FROM number_series") == [(LOADS,)]
    assert rows(pool, "SELECT count(*) FROM dead_facts") == [(0,)]
    receivable = "SELECT sum(amount) FROM entry_lines WHERE account = 'accounts_receivable'"
    assert rows(pool, receivable) == [(Decimal("2646.00") * LOADS,)]


def test_two_workers_that_release_at_once_leave_no_gap(pool, logins):
    with ThreadPoolExecutor(2) as both:
        ended = list(both.map(lambda share: worker(logins.engine_url, share), "01"))

    assert ended == [0, 0]
    refuse_gap(pool)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_dies_while_it_releases_leaves_no_gap(pool, logins, point):
    assert worker(logins.engine_url, "all", point) == -signal.SIGKILL

    assert worker(logins.engine_url, "all") == 0

    refuse_gap(pool)

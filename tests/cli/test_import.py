"""``drawbar import``: what goes in, what comes out, and that doing it again changes nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drawbar.cli.company.folder import load_company
from drawbar.cli.import_ import import_command
from drawbar.cli.import_door import Door, EngineDoor, OpenDoor
from drawbar.cli.import_progress import watching
from drawbar.cli.import_run import Progress
from drawbar.connectors.reading import Readers
from drawbar.engine import Engine, SystemClock
from drawbar.flow.run import FreightRun
from drawbar.records.session import Pool
from tests.engine.database import logins, pool, rows, template

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
ACME = load_company(ROOT / "src" / "drawbar" / "cli" / "acme").company

__all__ = ["logins", "pool", "template"]


def never_opened(readers: Readers) -> Door:
    raise AssertionError(f"{readers} must not be opened")


def run(open_door: OpenDoor, *arguments: object) -> Result:
    return CliRunner().invoke(import_command(open_door), [str(one) for one in arguments])


def looked_at(*arguments: object) -> Result:
    return run(never_opened, "--dry-run", *arguments)


@pytest.fixture
def door(pool: Pool) -> OpenDoor:
    @contextmanager
    def open_door(readers: Readers) -> Iterator[Door]:
        yield EngineDoor(Engine(pool, FreightRun(ACME), SystemClock(), readers))

    return open_door


def orders(tmp_path: Path, *, old: str = "", new: str = "") -> Path:
    path = tmp_path / "orders.csv"
    path.write_text((EXAMPLES / "orders.csv").read_text().replace(old, new))
    return path


ORDERS = ("--mapping", EXAMPLES / "orders.yaml", "--json")
HISTORY = ("--history", "--mapping", EXAMPLES / "usaid.yaml", "--json")


def test_a_dry_run_counts_and_opens_no_database():
    found = looked_at(*ORDERS, EXAMPLES / "orders.csv")

    assert found.exit_code == 0
    assert json.loads(found.stdout).items() >= {"lines": 6, "orders": 5, "cases": 0}.items()


def test_problems_are_said_on_stderr_and_data_stays_on_stdout(tmp_path: Path):
    found = looked_at(*ORDERS, orders(tmp_path, old=",14,5600", new=",many,5600"))

    assert found.exit_code == 8
    assert "Line 6 column 'Pieces': 'many' is not a number" in found.stderr
    assert json.loads(found.stdout).items() >= {"orders": 4, "cases": 1}.items()


def test_many_problems_of_one_cause_are_told_once(tmp_path: Path):
    path = tmp_path / "orders.csv"
    heading, *lines = (EXAMPLES / "orders.csv").read_text().splitlines()
    bad = [lines[0].replace("GX-24101", f"X-{n}").replace(",18,", ",many,") for n in range(90)]
    path.write_text("\n".join((heading, *bad)))

    said = looked_at(*ORDERS, path).stderr

    assert "… and 70 more like table:orders:pieces:number" in said
    assert len(said.splitlines()) < 30


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((*ORDERS, "nowhere.csv"), 3, "no file nowhere.csv"),
        (("--mapping", "nowhere.yaml", "x.csv"), 3, "no file nowhere.yaml"),
        (("x.csv",), 2, "--mapping"),
        ((*HISTORY, EXAMPLES / "orders.csv"), 4, "its headings are 'Order', 'Customer'"),
        (("--history", *ORDERS, EXAMPLES / "orders.csv"), 2, "leave --history out"),
        (("--mapping", EXAMPLES / "usaid.yaml", "x.csv"), 2, "say --history"),
        (("--mapping", EXAMPLES / "orders.csv", "x.csv"), 4, "Correct the mapping"),
    ],
    ids=[
        "no file",
        "no mapping file",
        "no mapping",
        "other headings",
        "orders as history",
        "history as orders",
        "not a mapping",
    ],
)
def test_a_refusal_says_why_and_exits_by_its_kind(arguments, code, said):
    found = looked_at(*arguments)

    assert (found.exit_code, said in found.stderr) == (code, True), found.stderr


def test_people_get_a_table():
    found = looked_at("--mapping", EXAMPLES / "orders.yaml", EXAMPLES / "orders.csv")

    assert found.stdout.splitlines()[0].split() == ["lines", "6"]


def test_progress_is_a_plain_line_where_nobody_looks_at_a_terminal(capsys):
    with watching(1000) as watch:
        watch(Progress(bytes_done=100, lines=10, facts=30, seconds=1.0))
        watch(Progress(bytes_done=500, lines=1_234, facts=3_702, seconds=3.0))

    said = capsys.readouterr()
    assert said.err == "50% 1,234 lines, 3,702 facts, 1,234 facts/s\n"
    assert said.out == ""


@pytest.mark.system
def test_orders_go_through_the_loop_and_a_second_time_changes_nothing(door: OpenDoor, pool: Pool):
    first = run(door, *ORDERS, EXAMPLES / "orders.csv")
    second = run(door, *ORDERS, EXAMPLES / "orders.csv")

    assert (first.exit_code, second.exit_code) == (0, 0), first.stderr
    assert json.loads(first.stdout).items() >= {"applied": 5, "already_known": 0}.items()
    assert json.loads(second.stdout).items() >= {"applied": 0, "already_known": 5}.items()
    assert rows(pool, "SELECT count(*) FROM orders") == [(5,)]
    assert rows(pool, "SELECT count(*) > 0 FROM deliveries") == [(True,)]


@pytest.mark.system
def test_a_bad_line_is_a_case_and_the_mended_file_brings_what_was_missing(
    door: OpenDoor, pool: Pool, tmp_path: Path
):
    run(door, *ORDERS, orders(tmp_path, old=",14,5600", new=",many,5600"))

    ((text,),) = rows(pool, "SELECT text FROM cases WHERE kind = 'import_line'")
    assert "Line 6 column 'Pieces'" in text
    mended = run(door, *ORDERS, orders(tmp_path))
    assert json.loads(mended.stdout).items() >= {"applied": 1, "already_known": 4}.items()


@pytest.mark.system
@pytest.mark.needs("samples")
def test_history_is_recorded_and_moves_nothing(door: OpenDoor, pool: Pool, samples: Path):
    file = samples / "reference" / "scms_shipments_tab.csv"
    first, second = run(door, *HISTORY, file), run(door, *HISTORY, file)

    assert (first.exit_code, second.exit_code) == (0, 0), first.stderr
    assert json.loads(first.stdout).items() >= EXPECTED.items()
    assert json.loads(second.stdout)["already_known"] == 30_972
    for table in ("deliveries", "deadlines", "cases", "parked", "pending", "entries"):
        assert rows(pool, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert rows(pool, "SELECT DISTINCT history FROM facts") == [(True,)]
    _leads_back_to_its_line(pool)


def _leads_back_to_its_line(pool: Pool) -> None:
    """Follow a cost near the end of the file to its message and the line in it."""
    query = (
        "SELECT place, m.body FROM facts JOIN messages m USING (message_ref) WHERE facts.key = %s"
    )
    ((place, body),) = rows(pool, query, "table:usaid:freight:USAID-86818")
    number = int(place.split()[1])
    assert bytes(body).splitlines()[number - 1].startswith(b"86818\t")


EXPECTED = {
    "lines": 10_324,
    "priced": 6_198,
    "priced_usd": "68817849.41",
    "see_other": 2_445,
    "see_other_priced": 2_340,
    "see_other_invoiced_separately": 105,
    "see_other_unresolved": 0,
    "in_goods_price": 1_442,
    "invoiced_separately": 239,
    "cases": 0,
    "facts": 30_972,
    "applied": 30_972,
    "already_known": 0,
}

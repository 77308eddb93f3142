"""``drawbar doctor``: what must be mended fails, with its remedy; what may be so only warns."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from drawbar.cli.checkup import Verdict, disk, python
from drawbar.cli.company.folder import look_over
from drawbar.cli.firm import example_folder
from drawbar.cli.schema_check import compared
from drawbar.records.migrate import Migration
from tests.cli.stand import Run

GB = 1 << 30
CLOSED_PORT = "http://127.0.0.1:9"


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """Return a copy of the example firm whose systems are all away."""
    folder = tmp_path / "acme"
    shutil.copytree(example_folder(), folder)
    for path in (folder / "systems").glob("*.yaml"):
        text = path.read_text().replace("/var/spool/acme", str(tmp_path / "spool"))
        path.write_text(text.replace("http://127.0.0.1:8", f"{CLOSED_PORT}#"))
    return folder


def examined(run: Run, company: Path, *, code: int) -> dict[str, list[dict[str, Any]]]:
    found = run("doctor", "--company", company, "--json")
    assert found.exit_code == code, found.output
    told: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(found.stdout):
        told.setdefault(one["name"], []).append(one)
    return told


def test_systems_that_are_away_are_warnings_and_no_failure(run, away: Path):
    told = examined(run, away, code=0)

    systems = {name: one[0]["verdict"] for name, one in told.items() if name.startswith("system")}
    assert systems == dict.fromkeys(
        ("system abcd", "system erp", "system northlake", "system wms"), "warning"
    )


def test_a_system_that_is_there_is_well(run, away: Path, tmp_path: Path):
    for name in ("from-carrier", "to-carrier"):
        (tmp_path / "spool" / "abcd" / name).mkdir(parents=True)

    assert examined(run, away, code=0)["system abcd"][0]["verdict"] == "ok"


def test_the_database_and_its_migrations_are_looked_at(run, away: Path):
    told = examined(run, away, code=0)

    assert told["database request role"][0]["verdict"] == "ok"
    assert told["database migrations"][0]["what"].endswith(" applied")


def test_each_file_that_is_wrong_is_named_and_the_end_is_1(run, away: Path):
    (away / "customers" / "GLOBEX.yaml").write_text("customer_ref: GLOBEX\nnmae: Globex\n")
    (away / "partners" / "ABCD.yaml").write_text("carrier_ref: [")
    (away / "systems" / "erp.yaml").write_text("connector: sap\n")

    wrong = examined(run, away, code=1)["company"]

    assert {one["verdict"] for one in wrong} == {"failed"}
    for name in ("GLOBEX.yaml", "ABCD.yaml", "erp.yaml"):
        assert [one for one in wrong if name in one["what"] and one["remedy"]], name


def test_a_delivery_that_nobody_would_take_is_a_warning(run, away: Path):
    (away / "systems" / "northlake.yaml").unlink()

    (found,) = examined(run, away, code=0)["deliveries"]

    assert (found["verdict"], "NRTH" in found["what"]) == ("warning", True)
    assert "becomes a case" in found["remedy"]


def test_a_folder_without_its_head_is_named():
    _, (mistake,) = look_over({})

    assert str(mistake).startswith("drawbar.toml: The file is missing.")


def test_every_failed_check_tells_people_what_mends_it(run, away: Path):
    (away / "systems" / "erp.yaml").write_text("connector: sap\n")

    found = run("doctor", "--company", away)

    (line,) = [one for one in found.stdout.splitlines() if " failed " in one]
    assert "carrier_api, csv_folder" in line
    assert "1 to be mended" in found.stderr


def test_a_database_that_cannot_be_reached_has_failed(run, away: Path):
    nowhere = "postgresql://nobody@127.0.0.1:9/nothing"

    found = run("doctor", "--company", away, DATABASE_URL=nowhere)

    assert found.exit_code == 1
    assert "cannot be reached" in found.stdout


def test_a_secret_that_is_not_set_is_a_warning(run, away: Path):
    told = run("doctor", "--company", away, ACME_WMS_KEY="x").stdout

    assert "ACME_ERP_KEY is not set" in told
    assert "ACME_WMS_KEY is not set" not in told


STEPS = [Migration(1, "0001_a.sql", "a"), Migration(2, "0002_b.sql", "b")]


@pytest.mark.parametrize(
    ("applied", "ok", "said"),
    [
        ({1: STEPS[0].checksum, 2: STEPS[1].checksum}, True, "2 applied"),
        ({1: STEPS[0].checksum}, True, "next start applies 0002_b.sql"),
        ({}, True, "0 applied"),
        ({1: "other", 2: STEPS[1].checksum}, False, "changed after they were applied: 0001_a.sql"),
        ({1: STEPS[0].checksum, 3: "x"}, False, "newer than this program: it has 0003"),
    ],
    ids=["all", "one behind", "new", "changed", "ahead"],
)
def test_migrations_may_be_behind_but_not_other_or_ahead(applied, ok, said):
    check = compared(STEPS, applied)

    assert (check.ok, bool(check.remedy)) == (ok, not ok)
    assert said in check.what


@pytest.mark.parametrize(
    ("free", "verdict"),
    [
        (5 * GB, Verdict.OK),
        (5 * GB - 1, Verdict.WARNING),
        (GB, Verdict.WARNING),
        (GB - 1, Verdict.FAILED),
    ],
    ids=["enough", "first byte scant", "last byte that warns", "too little"],
)
def test_a_full_disk_stops_everything(free, verdict):
    assert disk(free, Path("/")).verdict is verdict


@pytest.mark.parametrize(
    ("running", "verdict"),
    [((3, 11, 0), Verdict.OK), ((3, 10, 99), Verdict.FAILED)],
    ids=["oldest", "too old"],
)
def test_an_old_python_has_failed(running, verdict):
    assert python(running).verdict is verdict

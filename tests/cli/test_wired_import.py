"""``drawbar import`` on the firm's own database: a line of a file becomes an order with a story."""

import json
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ORDERS = ("--mapping", EXAMPLES / "orders.yaml", EXAMPLES / "orders.csv")


def test_orders_of_a_file_have_their_story_and_a_second_time_changes_nothing(run):
    first = json.loads(run("import", *ORDERS, "--json").stdout)
    again = json.loads(run("import", *ORDERS, "--json").stdout)

    (told,) = json.loads(run("trace", "GX-24101", "--json").stdout)["stories"]
    assert (first["orders"], first["already_known"]) == (5, 0)
    assert (again["applied"], again["already_known"]) == (0, first["facts"])
    assert "OrderReleased" in {event["what"] for event in told["timeline"]}


def test_a_dry_run_leaves_nothing_behind(run, tmp_path: Path):
    csv = tmp_path / "orders.csv"
    csv.write_text((EXAMPLES / "orders.csv").read_text().replace("GX-24", "DRY-24"))

    done = run("import", "--mapping", EXAMPLES / "orders.yaml", csv, "--dry-run")

    assert done.exit_code == 0
    assert run("trace", "DRY-24101").exit_code == 3


def test_the_company_that_is_named_is_the_one_that_is_opened(run, tmp_path: Path):
    done = run("import", *ORDERS, "--company", tmp_path)

    assert done.exit_code == 4
    assert "drawbar.toml: The file is missing." in done.stderr

"""``drawbar rate explain``: a price with lane, steps, clause, version and total."""

import json
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from drawbar.cli.commands import main
from drawbar.cli.known_on import NotATime, known_until
from drawbar.cli.rate_known import explained_shipments
from drawbar.freight.charge import ChargeKind
from drawbar.records.server import Logins
from tests.cli.stand import Run
from tests.flow.stage import ACME, MONDAY, acme

MOVEMENT = """\
party_ref: ABCD
stops:
  - purpose: pickup
    place: {name: Plant, city: Dallas, region: TX, postal_code: "75201", zone: America/Chicago}
    earliest_at: 2026-03-09T15:00:00Z
    latest_at: 2026-03-09T19:00:00Z
  - purpose: delivery
    place: {name: DC, city: Chicago, region: IL, postal_code: "60601", zone: America/Chicago}
    earliest_at: 2026-03-11T14:00:00Z
    latest_at: 2026-03-11T18:00:00Z
    arrived_at: 2026-03-11T14:00:00Z
    departed_at: 2026-03-11T18:07:00Z
goods:
  - {sku: PUMP, pieces: 24, weight_lb: 18000, freight_class: 92.5}
"""


def asked(tmp_path: Path, text: str, *more: str) -> Result:
    """Ask as a person does, with a company folder and no database anywhere."""
    file = tmp_path / "movement.yaml"
    file.write_text(text)
    told = ["rate", "explain", "--movement", str(file), "--company", str(ACME), *more]
    return CliRunner().invoke(main, told, env={"DATABASE_URL": "postgresql://nowhere:1/none"})


def test_a_movement_in_a_file_is_priced_without_a_database(tmp_path):
    lines = asked(tmp_path, MOVEMENT).stdout.splitlines()

    assert lines[0] == "movement.yaml: what we pay ABCD"
    assert "contract  ABCD-2026 version 1" in lines
    assert "day       2026-03-09, by the pickup" in lines
    assert any(line.startswith("lane      1.1 Dallas, TX to Chicago, IL") for line in lines)
    assert "    9 started increments of 15 min at 18.75 USD = 168.75 USD" in lines
    assert "total             2,231.25 USD" in lines


def test_as_data_it_is_the_answer_of_the_api(tmp_path):
    (told,) = json.loads(asked(tmp_path, MOVEMENT, "--json").stdout)

    assert told["about"] == "movement.yaml"
    assert told["rate"]["totals"] == [{"amount": "2231.25", "currency": "USD"}]
    assert told["rate"]["charges"][0]["why"]["steps"]


def test_a_mistake_names_field_line_and_an_example(tmp_path):
    said = asked(tmp_path, MOVEMENT.replace("weight_lb: 18000", "weight_lb: heavy")).stderr

    assert "movement.yaml:14:29:" in said
    assert "goods[0].weight_lb: 'heavy' is not written so. Write it such as 1840.5." in said


def test_one_stop_is_not_enough(tmp_path):
    text = MOVEMENT.partition("  - purpose: delivery")[0]

    said = asked(tmp_path, text).stderr
    assert "movement.yaml:2:1: stops: 1 where at least 2 are needed." in said


def test_without_a_folder_told_it_says_whose_contracts_price_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "movement.yaml"
    file.write_text(MOVEMENT)

    answer = CliRunner().invoke(main, ["rate", "explain", "--movement", str(file)])
    assert "Priced under the contracts of " in answer.stderr
    assert "acme" in answer.stderr


def test_a_contract_that_was_not_known_then_is_named(tmp_path):
    answer = asked(tmp_path, MOVEMENT, "--as-known-on", "2020-01-01")

    assert (
        "No buy contract with ABCD holds on 2026-03-09. ABCD-2026 version 1 does" in answer.stdout
    )
    assert "was not known on 2020-01-02 05:59Z: it is known since 20" in answer.stdout


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("weight_lb: 18000", "weight_lb: -5", "goods[0].weight_lb"),
        ("weight_lb: 18000", "weight_lb: 1e400", "goods[0].weight_lb"),
        ("92.5", "93", "'93' is no freight class"),
        ("party_ref: ABCD", "party_ref: NOBODY", "NOBODY is no carrier here"),
        ("sku: PUMP", "skew: PUMP", "skew"),
        ("goods:", "goods: [", "movement.yaml:"),
        ("America/Chicago", "America/Chigaco", "America/Chigaco"),
    ],
    ids=["negative", "endless", "class", "party", "unknown field", "no YAML", "zone"],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(tmp_path, old, new, word):
    answer = asked(tmp_path, MOVEMENT.replace(old, new))

    assert answer.exit_code == 4
    assert word in answer.stderr
    assert answer.stdout == ""


def test_without_a_price_it_says_why_and_ends_otherwise(tmp_path):
    answer = asked(tmp_path, MOVEMENT.replace("2026-03-09", "2019-03-09"))

    assert answer.exit_code == 4
    assert "no price: No buy contract with ABCD holds on 2019-03-09." in answer.stdout


def test_neither_or_both_of_reference_and_file_is_a_mistake(tmp_path):
    file = tmp_path / "movement.yaml"
    file.write_text(MOVEMENT)
    for told in ([], ["S-1001", "--movement", str(file)]):
        assert CliRunner().invoke(main, ["rate", "explain", *told]).exit_code == 2


def test_a_day_means_its_end_in_the_zone_of_the_firm():
    assert known_until("2026-04-15", "America/Chicago") == datetime(
        2026, 4, 16, 4, 59, 59, 999999, tzinfo=UTC
    )
    assert known_until("2026-04-15T12:00:00-05:00", "UTC") == datetime(2026, 4, 15, 17, tzinfo=UTC)


@pytest.mark.parametrize("told", ["yesterday", "2026-13-01", "2026-04-15T12:00:00"])
def test_what_is_no_time_or_has_no_zone_is_refused(told):
    with pytest.raises(NotATime):
        known_until(told, "UTC")


@pytest.mark.system
def test_as_known_on_forgets_what_came_later(firm: Logins):
    with psycopg.connect(firm.request_url, autocommit=True) as connection:
        cursor = connection.cursor()
        known = [
            explained_shipments(cursor, ["S-1001"], acme(), known_at=at, as_then=True)[0][1]
            for at in (MONDAY, datetime(2026, 6, 1, tzinfo=UTC))
        ]

    waits = [[one.charge.kind for one in each.charges] for each in known]
    assert ChargeKind.LINEHAUL in waits[0]
    assert [one.stop for one in known[0].denied if one.kind is ChargeKind.DETENTION] == [1, 2]
    assert "nobody reported" in known[0].denied[0].text
    assert "nobody reported" not in known[1].denied[0].text


@pytest.mark.system
def test_a_shipment_is_explained_by_any_of_its_references(run: Run, firm: Logins):
    del firm
    told = run("rate", "explain", "0004711-88").stdout

    again = run("rate", "explain", "S-1001").stdout
    assert without_clock(told) == without_clock(again)
    assert "S-1001: what we pay ABCD" in told
    assert "S-1001: what we charge GLOBEX" in told
    assert run("rate", "explain", "nobody-knows").exit_code == 3


def without_clock(told: str) -> list[str]:
    """Return the lines of a price but those that say when it was asked for."""
    return [line for line in told.splitlines() if "known at" not in line]

"""A firm's folder from its first day to a correction, by the commands that a person types.

Worked case R11: 2,025.00, corrected to 1,990.00 after one load was paid and the other not billed.
"""

import json
import shutil
from pathlib import Path

import jsonschema_rs
import msgspec
import psycopg
import pytest
import yaml
from click.testing import CliRunner

from drawbar.cli.commands import main
from drawbar.cli.company.files import KINDS, matching
from drawbar.cli.company.folder import look_over
from drawbar.cli.company.schemas import company_schemas
from drawbar.cli.company.source import LOADER
from drawbar.cli.firm import example_folder
from drawbar.cli.init import write_example
from drawbar.engine import SystemClock
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract
from tests.cli.stand import ACME, company, learn, run, working
from tests.engine.test_terms import APRIL_15, run_of
from tests.flow.stage import SEEN, bill, order, usd

pytestmark = pytest.mark.system
__all__ = ["company", "run"]


@pytest.fixture(scope="module")
def firm(logins_of_firm):
    """Return an empty database: the story of this module begins with its first folder."""
    return logins_of_firm


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return Acme with one rate for ABCD, without fuel."""
    made = tmp_path_factory.mktemp("r11") / "acme"
    shutil.copytree(ACME, made)
    contract = made / "contracts" / "ABCD-2026.yaml"
    told = as_written(contract)
    told["lanes"] = [{"clause": "1", "flat": "2025.00"}]
    told.pop("fuel")
    contract.write_text(yaml.safe_dump(told))
    desk = made / "policies" / "desk.yaml"
    desk.write_text(desk.read_text().replace("wms: wms", 'wms: ""'))
    return made


def as_written(file: Path) -> dict[str, object]:
    """Return a file with every word as it stands there."""
    told: dict[str, object] = yaml.load(file.read_text(), Loader=LOADER)  # noqa: S506
    return told


def corrected(folder: Path, amount: str) -> None:
    first = folder / "contracts" / "ABCD-2026.yaml"
    told = as_written(first)
    told |= {"version": "2", "lanes": [{"clause": "1", "flat": amount}]}
    told.pop("known_at")
    (folder / "contracts" / "ABCD-2026-v2.yaml").write_text(yaml.safe_dump(told))


def test_r11_by_the_commands_end_to_end(run, firm, folder: Path):
    assert run("plan", folder).exit_code == 3  # nothing was applied yet
    assert run("apply", folder, "--by", "R. Diaz").exit_code == 0
    with working(firm) as engine:
        from drawbar.freight.freight_bill import VoucherPaid

        both = sorted([*run_of("X"), *run_of("Y")], key=lambda fact: fact.learned_at)
        billed = bill((ChargeKind.LINEHAUL, "2025.00"), ref="B-X", references=order("X").references)
        when = {"happened_at": APRIL_15, "learned_at": APRIL_15, "lineage": SEEN}
        paid = VoucherPaid(
            key="paid", bill_ref="B-X", document="V", money=usd("2025.00"),
            paid_on=APRIL_15.date(), **when,
        )  # fmt: skip
        learn(engine, *both, billed, paid)

        corrected(folder, "1990.00")
        planned = run("plan", folder)
        assert planned.exit_code == 10, planned.output
        assert "alters 1 open accruals by -35.00 USD" in planned.stdout
        assert "lists 1 claim candidates by +35.00 USD; what was paid stays" in planned.stdout
        applied = run("apply", folder, "--because", "a typing error", "--json")
        assert json.loads(applied.stdout)["version"] == 2
        engine.clock.time = SystemClock().now()
        engine.run_until_idle()

    then = run("replay", "S-X", "--as-known-on", "2026-04-15", "--json", "--company", folder)
    charges = json.loads(then.stdout)["replay"]["loads"][0]["cost"]
    assert [one["charge"]["money"]["amount"] for one in charges] == ["2025.00"]
    y_then = run("replay", "S-Y", "--as-known-on", "2026-04-15", "--company", folder)
    assert "cost linehaul was 2,025.00 USD, is 1,990.00 USD by now" in y_then.stdout
    now = run("replay", "B-X", "--company", folder)
    assert "The same as on file." in now.stdout, now.stdout
    with psycopg.connect(firm.request_url) as connection:
        found = connection.execute("SELECT shipment_ref, kind, difference FROM claim_candidates")
        assert [(ref, kind, str(amount)) for ref, kind, amount in found] == [
            ("S-X", "overcharge", "35.00")
        ]


def test_an_applied_contract_with_other_words_is_refused_with_what_differs(run, firm, folder: Path):
    run("apply", folder)
    file = folder / "contracts" / "NRTH-2026.yaml"
    before = file.read_text()
    file.write_text(before.replace('"1.98"', '"2.98"'))

    refused = [run(command, folder) for command in ("plan", "apply")]
    file.write_text(before)

    assert [one.exit_code for one in refused] == [5, 5]
    assert "per_mile: 1.98 -> 2.98" in refused[1].stderr
    assert "version 2" in refused[1].stderr


def test_the_folder_that_holds_is_no_news(run, firm, folder: Path):
    run("apply", folder)

    assert run("plan", folder).exit_code == 0
    assert "nothing is new" in run("apply", folder).stderr


def test_a_folder_with_a_mistake_is_not_applied(run, tmp_path: Path):
    (tmp_path / "drawbar.toml").write_text('name = "A"\nzone = "Mars"\ncurrency = "USD"\n')

    refused = run("apply", tmp_path)

    assert refused.exit_code == 4
    assert "No time zone is called 'Mars'." in refused.stdout


def test_init_writes_a_firm_that_passes_and_overwrites_nothing(tmp_path: Path):
    folder = tmp_path / "firm"
    made = CliRunner().invoke(main, ["init", str(folder)])
    checked = CliRunner().invoke(main, ["check", str(folder)])
    again = CliRunner().invoke(main, ["init", str(folder)])

    assert (made.exit_code, checked.exit_code, again.exit_code) == (0, 0, 5)
    assert "not empty" in again.stderr


def fields_of(kind: object) -> set[str]:
    """Return the names of all fields of a contract, inner ones too."""
    schema = msgspec.json.schema(kind)
    return {name for shape in schema["$defs"].values() for name in shape.get("properties", {})}


def test_the_example_shows_every_option_of_a_contract(tmp_path: Path):
    list(write_example(tmp_path))
    told = "\n".join(one.read_text() for one in (tmp_path / "contracts").iterdir())

    missing = [name for name in sorted(fields_of(Contract)) if name not in told]

    assert missing == []


def test_the_example_is_what_the_schemas_for_editors_say(tmp_path: Path):
    list(write_example(tmp_path))
    schemas = {kind.pattern: company_schemas()[kind.name] for kind in KINDS}
    files = {str(one.relative_to(tmp_path)): b"" for one in tmp_path.rglob("*.yaml")}

    for pattern, schema in schemas.items():
        for name in matching(files, pattern):
            if name == "contracts/NRTH-LTL-2026.yaml":
                continue  # its lanes get their rates from a table
            told = yaml.safe_load((tmp_path / name).read_text())
            plain = json.loads(json.dumps(told, default=str).replace("+00:00", "Z"))
            jsonschema_rs.validator_for(schema).validate(_as_typed(plain))


def test_a_partners_profile_is_what_its_schema_says(tmp_path: Path):
    list(write_example(tmp_path))
    validator = jsonschema_rs.validator_for(company_schemas()["x12_folder"])
    profile = yaml.safe_load((tmp_path / "systems" / "abcd.yaml").read_text())

    validator.validate(profile)
    assert not validator.is_valid(profile | {"acks": {"due_minutes": 0}})
    assert not validator.is_valid(profile | {"connector": "csv_folder"})


def _as_typed(value: object) -> object:
    """Return what YAML made an instant of as it was typed."""
    if isinstance(value, dict):
        return {name: _as_typed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_typed(one) for one in value]
    if isinstance(value, str) and value.endswith("Z") and " " in value:
        return value.replace(" ", "T")
    return value


def test_the_firm_of_the_demo_as_it_was_has_no_mistake():
    from drawbar.cli.company.files import files_of

    _, mistakes = look_over(files_of(example_folder()))

    assert mistakes == []

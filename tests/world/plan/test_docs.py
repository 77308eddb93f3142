"""What docs/world.md says of the catalogue is what the plan does."""

from pathlib import Path

import pytest

from drawbar.world.plan import CATALOGUE, VERSION, Kind
from drawbar.world.plan.kind import Entry, Where

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "world.md").read_text(encoding="utf-8")


def row(kind: Kind, entry: Entry) -> str:
    judged = "yes" if entry.judged else "not yet"
    return f"| `{kind.value}` | {entry.says} | {entry.answer} | {judged} |"


@pytest.mark.parametrize(("kind", "entry"), CATALOGUE.items(), ids=lambda one: str(one)[:30])
def test_every_kind_stands_in_the_table_as_it_is_made(kind: Kind, entry: Entry):
    assert row(kind, entry) in TEXT.splitlines()


def test_the_tables_name_nothing_that_does_not_exist():
    named = {line.split("`")[1] for line in TEXT.splitlines() if line.startswith("| `")}

    assert named == {kind.value for kind in CATALOGUE}


@pytest.mark.parametrize(
    ("nature", "where", "least"), [("error", "bill", 35), ("innocent", "bill", 10)]
)
def test_there_are_enough_kinds(nature: str, where: Where, least: int):
    rows = [one for one in CATALOGUE.values() if (one.nature, one.where) == (nature, where)]

    assert len(rows) >= least


def test_the_document_is_about_this_version():
    assert f"Version {VERSION} of the plan" in TEXT

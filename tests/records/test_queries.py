"""Every statement has a name, a place where it is used, and no two have the same."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from drawbar.records.queries import statements

ROOT = Path(__file__).resolve().parents[2]
SQL = files("drawbar.records") / "sql"
NOUNS = sorted(entry.name[:-4] for entry in SQL.iterdir() if entry.name.endswith(".sql"))
SOURCES = "\n".join(path.read_text() for path in sorted((ROOT / "src").rglob("*.py")))
TWINS = "\n".join(  # where kpis.sql is held to kpis
    (ROOT / "tests" / "web" / name).read_text()
    for name in ("test_figures.py", "test_measures_in_sql.py")
)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_statement_is_used_and_has_words(noun):
    for name, statement in statements(noun).items():
        used_in = TWINS if noun == "kpis" else SOURCES
        assert f'"{name}"' in used_in, f"{noun}.sql: {name} is used nowhere"
        assert statement.strip()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_file_of_statements_opens_with_a_sentence(noun):
    assert (SQL / f"{noun}.sql").read_text().startswith("-- ")


def test_every_file_that_the_code_names_exists():
    named = set(re.findall(r'statements\("(\w+)"\)', SOURCES))

    assert named <= set(NOUNS)

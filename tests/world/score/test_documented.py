"""docs/scorer.md defines every figure and every rule, and none that there is not."""

import ast
import re
from pathlib import Path

import pytest

from drawbar.world.score.kind import KindScore
from tests.world.score.test_score import NAMES

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "scorer.md").read_text()
SOURCES = sorted((ROOT / "src/drawbar/world/score").glob("*.py"))


def rules() -> set[str]:
    """Return the rules that stand in the code as they are given to findings."""
    calls = (node for file in SOURCES for node in ast.walk(ast.parse(file.read_text())))
    words = (word for call in calls if isinstance(call, ast.Call) for word in call.keywords)
    values = (word.value for word in words if word.arg == "rule")
    return {str(value.value) for value in values if isinstance(value, ast.Constant)}


@pytest.mark.parametrize("name", NAMES.split())
def test_each_figure_of_the_headline_is_defined(name):
    assert f"`{name}`" in TEXT


@pytest.mark.parametrize(
    "name", sorted(set(KindScore.__struct_fields__) - {"kind", "nature", "judged", "currency"})
)
def test_each_figure_of_a_kind_is_defined(name):
    assert f"`{name}`" in TEXT.partition("## By kind")[2]


def test_the_rules_are_those_of_the_code():
    told = re.findall(
        r"^\| `(\w+)` \|", TEXT.partition("## Findings")[2].partition("##")[0], re.MULTILINE
    )

    assert set(told) | {"unbalanced"} == rules()

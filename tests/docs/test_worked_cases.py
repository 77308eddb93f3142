"""Every worked case that we hold ourselves to is a test by its number."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CASES = (
    *("R01", "R02", "R05", "R08", "R10", "R11", "R14", "R16", "R17", "R22", "R23"),
    *("M07", "M09", "M11", "M12", "M13", "M19", "M20", "M21", "M25", "M26", "M27"),
    *("E01", "E04", "E05", "E06", "E07"),
    *("O02", "O03", "O06", "O09"),
    *("B02", "B05"),
    *("S01", "S06", "S10", "S11", "S12"),
    *("K01", "K05"),
)
"""Rating, matching, execution, dispatch, billing, settlement, measures."""


@pytest.fixture(scope="module")
def written() -> set[str]:
    """Return the numbers that names of tests begin with."""
    text = "\n".join(file.read_text() for file in TESTS.rglob("test_*.py"))
    return {number.upper() for number in re.findall(r"def test_([a-z]\d\d)_", text)}


@pytest.mark.parametrize("number", CASES)
def test_a_worked_case_has_a_test_of_its_number(written: set[str], number: str):
    assert number in written

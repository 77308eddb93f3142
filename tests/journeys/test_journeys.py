"""Journeys: documents that are run block by block, on real processes, files and sockets."""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys import scenes as script
from tests.journeys.stage import BASE, Stage, eventually

JOURNEYS = sorted(Path(__file__).parent.glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MEMPHIS = (
    script.DALLAS,
    script.CHICAGO | {"name": "Bluff City DC", "city": "Memphis", "state": "TN", "zip": "38103"},
)


@pytest.fixture
def stage() -> Iterator[Stage]:
    folder = Path(tempfile.mkdtemp(prefix="drawbar-journey-"))
    one = Stage(folder)
    try:
        one.open()
        yield one
    finally:
        one.close()
        sys.stdout.write(one.said())
        shutil.rmtree(folder, ignore_errors=True)


def words(stage: Stage) -> dict[str, object]:
    """Return what the blocks of a journey may speak of."""
    return {
        "BASE": BASE,
        "D": Decimal,
        "DETENTION": script.DETENTION,
        "EAST": (script.ATLANTA, script.NEWARK),
        "FUEL": script.FUEL,
        "LINEHAUL": script.LINEHAUL,
        "MEMPHIS": MEMPHIS,
        "Scene": script.Scene,
        "day": lambda days: (BASE + timedelta(days=days)).date().isoformat(),
        "eventually": eventually,
        "json": json,
        "rows": stage.rows,
        "script": script,
        "stage": stage,
    }


@pytest.mark.system
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda path: path.stem)
def test_the_journey_goes_as_it_is_told(journey: Path, stage: Stage):
    text = journey.read_text()
    spoken = words(stage)

    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block[1], str(journey), "exec"), spoken)  # noqa: S102

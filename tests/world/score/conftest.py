"""A town for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.score.town import Town, founded


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with founded(tmp_path) as made:
        yield made

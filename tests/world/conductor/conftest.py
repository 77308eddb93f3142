"""What tests of the conductor share: a theatre that is opened for each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.conductor.theatre import Theatre, theatre


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Theatre]:
    with theatre(tmp_path) as made:
        yield made

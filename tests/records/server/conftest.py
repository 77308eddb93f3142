"""A folder for one trial server, and the proof that no server outlives its test."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from drawbar.records.server import open_database


def servers_below(folder: Path) -> list[int]:
    """Return the postmasters whose data are below ``folder``."""
    listed = subprocess.run(
        ["ps", "-eww", "-o", "pid=,args="], capture_output=True, text=True, check=True
    )
    lines = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return [int(pid) for pid, command in lines if f"postgres -D {folder}" in command]


@pytest.fixture(scope="session")
def stopped_server() -> Iterator[Path]:
    """Make the data of a server once: making them takes longer than any trial."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o711)
        open_database(environ={}, data_dir=Path(made) / "data").close()
        yield Path(made) / "data"


@pytest.fixture
def data(folder: Path, stopped_server: Path) -> Path:
    """Lend the data of a server that was stopped in good order."""
    subprocess.run(["cp", "-a", stopped_server, folder / "data"], check=True)
    return folder / "data"


@pytest.fixture
def folder() -> Iterator[Path]:
    """Lend a folder with a blank in its name that root's server account can enter, too."""
    made = Path(tempfile.mkdtemp(prefix="drawbar trial ")).resolve()
    made.chmod(0o711)
    yield made
    left = servers_below(made)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(made, ignore_errors=True)
    assert left == []

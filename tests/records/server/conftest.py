"""Data for trial servers, and the proof that no server outlives its test."""

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


def end_servers_below(folder: Path) -> list[int]:
    left = servers_below(folder)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return left


def enterable_folder() -> Path:
    """Make a folder with a blank in its name that root's server account can enter, too."""
    made = Path(tempfile.mkdtemp(prefix="drawbar trial ")).resolve()
    made.chmod(0o711)
    return made


@pytest.fixture(scope="session")
def shared_folder() -> Iterator[Path]:
    """Make the data of a server once: making them takes longer than most trials."""
    made = enterable_folder()
    open_database(environ={}, data_dir=made / "data").close()
    yield made
    shutil.rmtree(made)


@pytest.fixture
def data(shared_folder: Path) -> Iterator[Path]:
    """Lend the data of a stopped server; a trial leaves them as good as it found them."""
    yield shared_folder / "data"
    assert end_servers_below(shared_folder) == []


@pytest.fixture
def folder() -> Iterator[Path]:
    """Lend an empty folder."""
    made = enterable_folder()
    yield made
    left = end_servers_below(made)
    shutil.rmtree(made, ignore_errors=True)
    assert left == []


@pytest.fixture
def own_data(data: Path) -> Iterator[Path]:
    """Lend data that a trial may spoil in these files; they are mended after it."""
    names = ("passwords.json", "cluster/PG_VERSION", "cluster/postgresql.conf")
    kept = {
        data / name: ((data / name).read_bytes(), (data / name).stat().st_mode) for name in names
    }
    yield data
    for path, (content, mode) in kept.items():
        path.write_bytes(content)
        path.chmod(mode)

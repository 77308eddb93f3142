"""An SFTP server with three folders, and a wire to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from drawbar.connectors.port import Item
from drawbar.connectors.wire.setting import WireSettings
from drawbar.connectors.wire.sftp import SftpWire
from tests.sshd import Cable, Sshd


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """Return the folder of the partner, as the server sees it."""
    for name in ("in", "out"):
        (tmp_path / "far" / name).mkdir(parents=True)
    return tmp_path / "far"


@pytest.fixture
def cable(sshd: Sshd) -> Iterator[Cable]:
    cable = Cable(sshd.port)
    yield cable
    cable.close()


def item_of(name: str, body: bytes) -> Item:
    """Return a file whose key is what it says."""
    text = body.decode("latin-1")
    return Item(channel=name, key=text, body=body, content_type="text/plain")


def wire_to(server: Sshd, far: Path, *, own: str = "own", **more: Any) -> SftpWire:
    said = msgspec.convert(server.settings(**more), WireSettings, strict=False)
    assert said.sftp is not None
    return SftpWire(
        said.sftp,
        inbox=str(far / "in"),
        outbox=str(far / "out"),
        own=far.parent / own,
        stable_seconds=0,
        item_of=item_of,
    )


@pytest.fixture
def wire(sshd: Sshd, far: Path) -> Iterator[Callable[..., SftpWire]]:
    """Return a fresh wire to the same folders, as after a restart."""
    opened: list[SftpWire] = []

    def fresh(**more: Any) -> SftpWire:
        opened.append(wire_to(sshd, far, **more))
        return opened[-1]

    yield fresh
    for one in opened:
        one.close()

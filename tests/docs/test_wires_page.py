"""What the page about wires shows is what works: its settings open, its drop lets nobody out."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import yaml
from msgspec import structs

from drawbar.connectors.port import Item
from drawbar.connectors.registry import open_system
from drawbar.connectors.wire.line import SftpLine
from drawbar.connectors.wire.opening import open_wire
from drawbar.connectors.wire.setting import Sftp, WireSettings
from drawbar.connectors.x12_folder.manifest import Folders, Mailbox, Settings
from tests.sshd import Sshd, running

PAGE = (Path(__file__).parents[2] / "docs" / "wires.md").read_text()
PARTNER = "games"
"""An account of every Debian that nobody logs in with."""


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_has_settings_commands_and_a_configuration():
    assert (len(blocks("yaml")), len(blocks("sshd_config")), len(blocks("sh"))) == (5, 1, 2)


@pytest.mark.parametrize("block", blocks("yaml"))
def test_settings_of_the_page_open_a_system(block):
    ends = {"ours": {"id": "ACME"}, "theirs": {"id": "ABCD"}, "party_ref": "ABCD"}
    connector = open_system("abcd", {"connector": "x12_folder", **ends, **yaml.safe_load(block)})

    assert connector.capabilities().kinds
    connector.close()


@pytest.mark.parametrize("kind", ["sftp", "http"])
def test_every_setting_that_the_page_shows_exists_and_the_others_are_told(kind):
    known = structs.fields(WireSettings.__annotations__[kind].__args__[0])
    shown = {
        name for block in blocks("yaml") for name in re.findall(r"^    (\w+):", block, re.MULTILINE)
    }
    told = set(re.findall(r"`(\w+)`", PAGE))

    assert {one.name for one in known} <= shown | told | {"content_type"}


class Drop(Sshd):
    """The server of the page, on a port of the test, for a partner with its own folders."""

    @property
    def config(self) -> str:
        (text,) = blocks("sshd_config")
        for there, here in (
            ("Port 2222", f"Port {self.port}\nListenAddress 127.0.0.1\nPidFile none"),
            ("/etc/drawbar-drop", str(self.folder)),
            ("/srv/drop", str(self.folder / "drop")),
            ("AllowGroups drop", f"AllowGroups {PARTNER}"),
        ):
            assert there in text
            text = text.replace(there, here)
        return text


@pytest.fixture
def drop() -> Iterator[Drop]:
    """Yield the page's drop in a folder that is root's all the way up, as it asks for."""
    with tempfile.TemporaryDirectory(dir="/var/lib", prefix="drop-of-a-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "keys").mkdir(mode=0o755)
        server = Drop(folder, user=PARTNER)
        shutil.copy(f"{server.key_file}.pub", folder / "abcd.pub")
        install(folder)
        for other in ("other", "other/to-us"):
            (folder / "drop" / other).mkdir()
        with running(server):
            yield server


def install(folder):
    """Run the page's commands, with our folder and accounts that exist."""
    for line in "".join(blocks("sh")).splitlines():
        if not line.startswith("install"):
            continue
        here = line.replace("/etc/drawbar-drop", str(folder)).replace("/srv", str(folder))
        here = re.sub(r"-o (abcd)\b", f"-o {PARTNER}", here)
        here = here.replace("/abcd", f"/{PARTNER}").replace("drawbar", "daemon")
        subprocess.run(here.split(), check=True, cwd=folder)


def login(drop):
    said = msgspec.convert(drop.settings(), WireSettings, strict=False)
    assert isinstance(said.sftp, Sftp)
    return SftpLine(said.sftp)


@contextlib.contextmanager
def as_partner(drop):
    line = login(drop)
    with line.using() as far:
        yield far
    line.close()


@pytest.mark.system
@pytest.mark.needs("sshd")
@pytest.mark.needs("root")
def test_a_partner_lays_and_fetches_files_and_drawbar_does(drop):
    root = drop.folder / "drop" / PARTNER
    folders = Folders(
        inbox=str(root / "to-us"),
        outbox=str(root / "from-us"),
        own=str(drop.folder / "drop-own" / PARTNER),
    )
    ends = {"ours": Mailbox(id="ACME"), "theirs": Mailbox(id="ABCD"), "party_ref": "ABCD"}
    settings = Settings(system="abcd", folders=folders, stable_seconds=0, **ends)
    wire = open_wire(
        settings,
        item_of=lambda name, body: Item(channel=name, key=name, body=body, content_type=""),
    )
    with as_partner(drop) as far:
        far.write("/to-us/bill.edi", b"ISA")
    laid = (root / "to-us" / "bill.edi").stat()
    (item,), _ = wire.take()
    wire.put(str(root / "from-us"), "load.x12", b"ISA*00", note=lambda: None)
    with as_partner(drop) as far:
        fetched = far.read("/from-us/load.x12", most=100)
        far.remove("/from-us/load.x12")

    assert (item.body, fetched) == (b"ISA", b"ISA*00")
    assert oct(laid.st_mode & 0o7777) == "0o660"
    assert laid.st_gid == (root / "to-us").stat().st_gid


@pytest.mark.system
@pytest.mark.needs("sshd")
@pytest.mark.needs("root")
def test_a_partner_sees_its_own_folder_and_nothing_else(drop):
    with as_partner(drop) as far:
        with pytest.raises(OSError, match="Permission denied"):
            far.write("/elsewhere.edi", b"x")
        assert far.size("/etc/passwd") is None
        assert far.size("/../other/to-us") is None
        for forbidden in ("symlink", "chmod"):
            act = getattr(far._client, forbidden)
            with pytest.raises(OSError, match="Permission denied"):
                act(
                    *(
                        ("/etc/passwd", "/to-us/link")
                        if forbidden == "symlink"
                        else ("/to-us", 0o777)
                    )
                )


@pytest.mark.system
@pytest.mark.needs("sshd")
@pytest.mark.needs("root")
def test_no_shell_no_forwarding_no_password(drop):
    base = [
        "ssh", "-F", "none", "-p", str(drop.port), "-i", str(drop.key_file), "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
    ]  # fmt: skip
    there = f"{PARTNER}@127.0.0.1"
    shell = subprocess.run(
        [*base, there, "id"], capture_output=True, check=False, timeout=20, stdin=subprocess.DEVNULL
    )
    forward = ["-W", f"127.0.0.1:{drop.port}", there]
    forwarded = subprocess.run(
        [*base, *forward], capture_output=True, check=False, timeout=20, stdin=subprocess.DEVNULL
    )
    offered = subprocess.run(
        [*base, "-o", "PreferredAuthentications=none", there],
        capture_output=True,
        check=False,
        timeout=20,
    )

    assert b"uid=" not in shell.stdout
    assert b"SSH-2.0" not in forwarded.stdout
    assert b"Permission denied (publickey)" in offered.stderr
    assert os.geteuid() == 0

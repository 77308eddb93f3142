"""What a partner wrote, in its envelope, and what we make of it by its profile."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drawbar.connectors.x12_folder.manifest import Folders, Mailbox, Settings
from drawbar.connectors.x12_folder.mapping import reader
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading

RECEIPT = Receipt(
    message_ref="M-1", sender="abcd", learned_at=datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
)
GROUPS = {"990": "GF", "214": "QM", "210": "IM", "204": "SM", "997": "FA", "999": "FA", "824": "AG"}


def profile_of(folder: Path | str = "x12", **more: Any) -> Settings:
    said: dict[str, Any] = {
        "system": "abcd",
        "folders": Folders(inbox=f"{folder}/in", outbox=f"{folder}/out", own=f"{folder}/own"),
        "ours": Mailbox(id="ACME", application="ACMETMS"),
        "theirs": Mailbox(qualifier="02", id="ABCD"),
        "party_ref": "ABCD",
        "zone": "America/Chicago",
        "stable_seconds": 0,
    }
    return Settings(**(said | more))


def wrapped(code: str, *sets: str, control: int = 41, usage: str = "P", **changes: str) -> bytes:
    """Return one interchange with a group of sets, segments parted by line ends."""
    ends = {"sender": "ABCD", "receiver": "ACME"} | changes
    inner = ""
    for number, body in enumerate(sets, start=1):
        lines = [line.strip() for line in body.strip().splitlines()]
        inner += f"ST*{code}*{number:04d}~" + "".join(f"{line}~" for line in lines)
        inner += f"SE*{len(lines) + 2}*{number:04d}~"
    return (
        f"ISA*00*          *00*          *02*{ends['sender']:<15}*ZZ*{ends['receiver']:<15}"
        f"*260310*0930*U*00401*{control:09d}*0*{usage}*>~"
        f"GS*{GROUPS[code]}*ABCD*ACMETMS*20260310*0930*{control}*X*004010~"
        f"{inner}GE*{len(sets)}*{control}~IEA*1*{control:09d}~"
    ).encode()


@pytest.fixture
def wrap() -> Callable[..., bytes]:
    return wrapped


@pytest.fixture
def profile() -> Callable[..., Settings]:
    return profile_of


@pytest.fixture
def hear() -> Callable[..., Reading]:
    """Return what a partner's sets of one kind say; ``by`` changes the profile."""

    def heard(code: str, *sets: str, by: dict[str, Any] | None = None, **more: Any) -> Reading:
        return reader(profile_of(**(by or {})))(wrapped(code, *sets, **more), RECEIPT)

    return heard


@pytest.fixture
def hear_bytes() -> Callable[..., Reading]:
    """Return what bytes say by the profile."""

    def heard(body: bytes, receipt: Receipt = RECEIPT, **by: Any) -> Reading:
        return reader(profile_of(**by))(body, receipt)

    return heard

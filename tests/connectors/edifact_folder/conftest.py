"""What a carrier wrote, in its envelope, and what we make of it by its profile."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drawbar.connectors.edifact_folder.manifest import Mailbox, Settings
from drawbar.connectors.edifact_folder.mapping import reader
from drawbar.connectors.x12_folder.manifest import Folders
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading

RECEIPT = Receipt(
    message_ref="M-1", sender="nord", learned_at=datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
)


def profile_of(folder: Path | str = "edifact", **more: Any) -> Settings:
    said: dict[str, Any] = {
        "system": "nord",
        "folders": Folders(inbox=f"{folder}/in", outbox=f"{folder}/out", own=f"{folder}/own"),
        "ours": Mailbox(id="ACME"),
        "theirs": Mailbox(qualifier="14", id="4012345000009/DISPO"),
        "party_ref": "NORD",
        "zone": "Europe/Berlin",
        "stable_seconds": 0,
    }
    return Settings(**(said | more))


def wrapped(
    code: str, *messages: str, control: str = "41", test: str = "", **changes: str
) -> bytes:
    """Return one interchange with messages of one kind, a line for each segment."""
    ends = {"sender": "4012345000009:14:DISPO", "receiver": "ACME"} | changes
    inner = ""
    for number, body in enumerate(messages, start=1):
        lines = [line.strip() for line in body.strip().splitlines()]
        inner += f"UNH+{number}+{code}:D:96A:UN'" + "".join(f"{line}'" for line in lines)
        inner += f"UNT+{len(lines) + 2}+{number}'"
    tested = f"++++++{test}" if test else ""
    return (
        f"UNA:+.? 'UNB+UNOC:3+{ends['sender']}+{ends['receiver']}+260310:0930+{control}{tested}'"
        f"{inner}UNZ+{len(messages)}+{control}'"
    ).encode("latin-1")


@pytest.fixture
def profile() -> Callable[..., Settings]:
    return profile_of


@pytest.fixture
def hear() -> Callable[..., Reading]:
    """Return what a partner's messages of one kind say; ``by`` changes the profile."""

    def heard(code: str, *messages: str, by: dict[str, Any] | None = None, **more: Any) -> Reading:
        return reader(profile_of(**(by or {})))(wrapped(code, *messages, **more), RECEIPT)

    return heard


@pytest.fixture
def hear_bytes() -> Callable[..., Reading]:
    """Return what bytes say by the profile."""

    def heard(body: bytes, receipt: Receipt = RECEIPT, **by: Any) -> Reading:
        return reader(profile_of(**by))(body, receipt)

    return heard

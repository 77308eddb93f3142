"""A carrier's profile and tables, for whoever tests what we make of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drawbar.connectors.csv_folder.manifest import Folders, Settings
from drawbar.connectors.csv_folder.mapping import readers
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading

RECEIPT = Receipt(
    message_ref="M-1", sender="prairie", learned_at=datetime(2026, 3, 25, 9, 0, tzinfo=UTC)
)


def profile_of(folder: Path | str = "portal", **more: Any) -> Settings:
    said: dict[str, Any] = {
        "system": "prairie",
        "folders": Folders(inbox=f"{folder}/in", outbox=f"{folder}/out", own=f"{folder}/own"),
        "party_ref": "PRHL",
        "zone": "America/Chicago",
        "stable_seconds": 0,
    }
    return Settings(**(said | more))


@pytest.fixture
def profile() -> Callable[..., Settings]:
    return profile_of


@pytest.fixture
def hear() -> Callable[..., Reading]:
    """Return what the lines of a table say; ``by`` changes the profile."""

    def heard(sheet: str, *lines: str, **by: Any) -> Reading:
        body = "\r\n".join(lines).encode() + b"\r\n"
        return readers(profile_of(**by))[f"csv:PRHL:{sheet}"](body, RECEIPT)

    return heard

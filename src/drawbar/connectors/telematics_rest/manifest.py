"""What a telematics provider can be asked, and what a firm has to say about its own one.

Source: the provider's interface as written down in README.md of this folder.
"""

from msgspec import Struct

from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Capabilities

FLOWS = ("batches",)


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One provider. ``party_ref`` is who is said to report; empty for the system's own name."""

    system: str
    line: LineSettings
    party_ref: str = ""
    page_rows: int = 200
    concurrency: int = 2
    rate_per_second: float | None = None

    @property
    def reporter(self) -> str:
        """Return who reports."""
        return self.party_ref or self.system

    @property
    def channel(self) -> str:
        """Return the channel of its batches."""
        return f"telematics:{self.system}"


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it: it takes no deliveries."""
    return Capabilities(
        kinds=frozenset(),
        flows=FLOWS,
        can_find=False,
        concurrency=settings.concurrency,
        rate_per_second=settings.rate_per_second,
    )

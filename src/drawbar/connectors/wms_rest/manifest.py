"""What the small WMS can do, and what a firm has to say about its own one."""

from msgspec import Struct

from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Capabilities

KINDS = frozenset({"ReserveStock", "ReleaseStock"})


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One WMS. ``items`` gives its code of an item where it differs from our SKU."""

    system: str
    line: LineSettings
    items: dict[str, str] = {}
    concurrency: int = 4
    rate_per_second: float | None = None


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it."""
    return Capabilities(
        kinds=KINDS, concurrency=settings.concurrency, rate_per_second=settings.rate_per_second
    )

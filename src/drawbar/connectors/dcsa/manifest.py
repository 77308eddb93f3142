"""The profile of a container line that speaks DCSA: where it is, and what its words mean for us.

Source: DCSA Track & Trace 2.2 and 3.0 as written down in README.md of this folder.
"""

from msgspec import Struct

from drawbar.connectors.dcsa import code_map
from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Capabilities
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import StopPurpose
from drawbar.freight.reference import ReferenceKind

FLOWS = ("events",)


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line. Without ``line`` it is not asked, and posts its events to us.

    ``stops`` are UN/LOCODEs at which our loads are picked up or delivered; any other place is on
    the way. ``milestones`` are by kind and code, such as ``EQUIPMENT/GTOT``, everywhere.
    ``created`` is the field by which new events are asked for, ``next_page`` the header in which an
    answer says how to go on.
    """

    system: str
    party_ref: str
    line: LineSettings | None = None
    path: str = "/v2/events"
    created: str = "eventCreatedDateTime"
    next_page: str = "Next-Page"
    page_rows: int = 100
    milestones: dict[str, MilestoneKind] = {}
    stops: dict[str, StopPurpose] = {}
    references: dict[str, ReferenceKind] = {}
    concurrency: int = 2
    rate_per_second: float | None = None

    @property
    def channel(self) -> str:
        """Return the channel of its events."""
        return f"dcsa:{self.party_ref}"

    def reference(self, kind: str) -> ReferenceKind | None:
        """Return what kind of name it is, None for one that we do not search by."""
        return {**code_map.REFERENCES, **self.references}.get(kind)


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it: it takes no deliveries."""
    return Capabilities(
        kinds=frozenset(),
        flows=FLOWS if settings.line else (),
        can_find=False,
        concurrency=settings.concurrency,
        rate_per_second=settings.rate_per_second,
    )

"""The profile of a party that tells scans by EPCIS: its places, its steps, how it names loads.

Source: GS1 EPCIS 2.0 and CBV 2.0 as written down in README.md of this folder.
"""

from typing import Literal

from msgspec import Struct

from drawbar.connectors.epcis import code_map
from drawbar.connectors.port import Capabilities
from drawbar.freight.milestone import MilestoneKind, Source
from drawbar.freight.order import StopPurpose
from drawbar.freight.reference import ReferenceKind


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One party. ``stops`` are its read points and business locations where loads stop.

    ``milestones`` are by step, everywhere. ``references`` are types of transactions; ``prefixes``
    are what stands before a number in its URIs, such as ``https://acme.example/po/``.
    """

    system: str
    party_ref: str
    source: Literal["wms", "carrier"] = "wms"
    milestones: dict[str, MilestoneKind] = {}
    stops: dict[str, StopPurpose] = {}
    references: dict[str, ReferenceKind] = {}
    prefixes: tuple[str, ...] = ()

    @property
    def channel(self) -> str:
        """Return the channel of its documents."""
        return f"epcis:{self.party_ref}"

    @property
    def spoken_for(self) -> Source:
        """Return as whom it reports."""
        return Source(self.source)

    def reference(self, kind: str) -> ReferenceKind | None:
        """Return what kind of name it is, None for one that we do not search by."""
        return {**code_map.TRANSACTIONS, **self.references}.get(kind)


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it: nothing, it posts its documents to us."""
    del settings
    return Capabilities(kinds=frozenset(), can_find=False)

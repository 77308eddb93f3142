"""What a carrier's JSON API can do, and what its words mean for us unless the profile differs.

Source: the carrier's interface as written down in README.md of this folder.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from drawbar.connectors.charge_word import ChargeWord, Understood, understood
from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Capabilities
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind

KINDS = frozenset({"TenderLoad", "RefuseBill", "TellCarrier"})
FLOWS = ("events",)

MILESTONES: Mapping[str, MilestoneKind] = {
    "arrived_at_pickup": MilestoneKind.ARRIVED_PICKUP,
    "loaded": MilestoneKind.LOADED,
    "left_pickup": MilestoneKind.DEPARTED_PICKUP,
    "on_the_way": MilestoneKind.IN_TRANSIT,
    "eta": MilestoneKind.ESTIMATED,
    "arrived_at_delivery": MilestoneKind.ARRIVED_DELIVERY,
    "delivered": MilestoneKind.DELIVERED,
    "left_delivery": MilestoneKind.DEPARTED_DELIVERY,
    "attempted": MilestoneKind.ATTEMPTED,
    "refused": MilestoneKind.REFUSED,
    "delayed": MilestoneKind.DELAYED,
    "pickup_appointment": MilestoneKind.PICKUP_APPOINTMENT,
    "delivery_appointment": MilestoneKind.DELIVERY_APPOINTMENT,
}

CHARGES: Mapping[str, ChargeKind] = {
    "LINEHAUL": ChargeKind.LINEHAUL,
    "FUEL": ChargeKind.FUEL_SURCHARGE,
    "DETENTION": ChargeKind.DETENTION,
    "LAYOVER": ChargeKind.LAYOVER,
    "LUMPER": ChargeKind.LUMPER,
    "STOP_OFF": ChargeKind.STOP_OFF,
    "TRUCK_NOT_USED": ChargeKind.TONU,
    "LIFTGATE": ChargeKind.LIFTGATE,
    "REDELIVERY": ChargeKind.REDELIVERY,
    "RECONSIGNMENT": ChargeKind.RECONSIGNMENT,
    "RESIDENTIAL": ChargeKind.RESIDENTIAL,
    "STORAGE": ChargeKind.STORAGE,
    "TAX": ChargeKind.TAX,
    "DISCOUNT": ChargeKind.LINEHAUL,  # a discount on it: negative
    "OTHER": ChargeKind.OTHER,
}

EQUIPMENT: Mapping[str, str] = {"dry van": "VAN", "reefer": "REEFER", "flatbed": "FLATBED"}


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One carrier. Entries of a code map are added to ours, or replace them."""

    system: str
    line: LineSettings
    party_ref: str
    milestones: dict[str, MilestoneKind] = {}
    charges: dict[str, ChargeKind] = {}
    charge_words: tuple[ChargeWord, ...] = ()
    equipment: dict[str, str] = field(default_factory=lambda: dict(EQUIPMENT))
    page_rows: int = 200
    concurrency: int = 4
    rate_per_second: float | None = None

    @property
    def channel(self) -> str:
        """Return the channel of what this carrier says."""
        return f"api:{self.party_ref}"

    def milestone(self, status: str) -> MilestoneKind | None:
        """Return what a status means, None where nobody said yet."""
        return {**MILESTONES, **self.milestones}.get(status)

    def charge(self, code: str, on: date) -> Understood:
        """Return what a charge is for on a bill of that day, as far as anybody said."""
        known = {**CHARGES, **self.charges}
        return understood(code, on=on, words=self.charge_words, table=known)


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it."""
    return Capabilities(
        kinds=KINDS,
        flows=FLOWS,
        concurrency=settings.concurrency,
        rate_per_second=settings.rate_per_second,
    )

"""The profile of a carrier that exchanges tables: its folders, its columns, what its words mean.

Source: the portal's columns as written down in README.md of this folder.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field, structs

from drawbar.connectors.charge_word import ChargeWord, Understood, understood
from drawbar.connectors.port import Capabilities
from drawbar.connectors.table.clock import check_form
from drawbar.connectors.table.layout import Layout, NumberForm
from drawbar.connectors.wire.setting import HERE, WireSettings
from drawbar.freight.charge import ChargeKind
from drawbar.freight.instant import zone
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.tender import Answer

KINDS = frozenset({"TenderLoad", "RefuseBill", "TellCarrier"})
FLOWS = ("portal",)
SHEETS = ("answers", "status", "pods", "bills")
"""What a file is: the beginning of its name, up to the first ``-``."""

MILESTONES: Mapping[str, MilestoneKind] = {
    "At shipper": MilestoneKind.ARRIVED_PICKUP,
    "Loaded": MilestoneKind.LOADED,
    "Left shipper": MilestoneKind.DEPARTED_PICKUP,
    "Under way": MilestoneKind.IN_TRANSIT,
    "ETA": MilestoneKind.ESTIMATED,
    "At receiver": MilestoneKind.ARRIVED_DELIVERY,
    "Delivered": MilestoneKind.DELIVERED,
    "Left receiver": MilestoneKind.DEPARTED_DELIVERY,
    "Not unloaded": MilestoneKind.ATTEMPTED,
    "Refused by receiver": MilestoneKind.REFUSED,
    "Delayed": MilestoneKind.DELAYED,
    "Pickup booked": MilestoneKind.PICKUP_APPOINTMENT,
    "Delivery booked": MilestoneKind.DELIVERY_APPOINTMENT,
}

CHARGES: Mapping[str, ChargeKind] = {
    "Line haul": ChargeKind.LINEHAUL,
    "Discount": ChargeKind.LINEHAUL,  # on the line haul: negative
    "Fuel": ChargeKind.FUEL_SURCHARGE,
    "Waiting time": ChargeKind.DETENTION,
    "Layover": ChargeKind.LAYOVER,
    "Unloading": ChargeKind.LUMPER,
    "Extra stop": ChargeKind.STOP_OFF,
    "Truck not used": ChargeKind.TONU,
    "Second delivery": ChargeKind.REDELIVERY,
    "New destination": ChargeKind.RECONSIGNMENT,
    "Tail lift": ChargeKind.LIFTGATE,
    "Private address": ChargeKind.RESIDENTIAL,
    "Storage": ChargeKind.STORAGE,
    "Tax": ChargeKind.TAX,
    "Other": ChargeKind.OTHER,
}

ANSWERS: Mapping[str, Answer] = {"yes": Answer.ACCEPTED, "no": Answer.DECLINED}
YES_NO: Mapping[str, bool] = {"yes": True, "no": False, "": True}
ZONES: Mapping[str, str] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "UTC": "UTC",
}
EQUIPMENT: Mapping[str, str] = {"dry van": "VAN", "reefer": "REEFER", "flatbed": "FLATBED"}

NAMES: Mapping[str, ReferenceKind] = {
    "tender": ReferenceKind.TENDER,
    "shipment": ReferenceKind.SHIPMENT,
    "pro": ReferenceKind.PRO,
    "bol": ReferenceKind.BOL,
    "po": ReferenceKind.PO,
    "order": ReferenceKind.ORDER,
}
"""Columns that name a load, in any table."""

DAYS = ("%m/%d/%Y", "%Y-%m-%d")
TIMES = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S%z",
)


class Folders(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where files lie. ``inbox`` and ``outbox`` are shared with the carrier; ``own`` is ours alone.

    ``own`` is on the same disk as ``inbox``.
    """

    inbox: str
    outbox: str
    own: str


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One carrier. Entries of a word map are added to ours, or replace them.

    ``zone`` is that of its office: an answer without a zone is timed by it. ``columns`` says how a
    column of ours is headed in its tables. ``currency`` is what it bills in where a row is silent.
    """

    system: str
    folders: Folders
    wire: WireSettings = HERE
    party_ref: str
    zone: str = "UTC"
    currency: str = ""
    stable_seconds: float = 2.0
    file: Layout = Layout(numbers=NumberForm(thousands=","))
    columns: dict[str, str] = {}
    days: tuple[str, ...] = DAYS
    times: tuple[str, ...] = TIMES
    milestones: dict[str, MilestoneKind] = {}
    charges: dict[str, ChargeKind] = {}
    charge_words: tuple[ChargeWord, ...] = ()
    answers: dict[str, Answer] = {}
    zones: dict[str, str] = {}
    equipment: dict[str, str] = field(default_factory=lambda: dict(EQUIPMENT))

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a zone that does not exist or a form that is no form."""
        for name in (self.zone, *self.zones.values()):
            zone(name)
        for form in (*self.days, *self.times):
            check_form(form, years_from=None)

    def channel(self, sheet: str) -> str:
        """Return the channel of one kind of its tables."""
        return f"csv:{self.party_ref}:{sheet}"

    def heading(self, column: str) -> str:
        """Return how a column of ours is headed."""
        return self.columns.get(column, column)

    @property
    def milestone_words(self) -> Mapping[str, MilestoneKind]:
        """Return what each status means."""
        return {**MILESTONES, **self.milestones}

    def charge(self, word: str, on: date) -> Understood:
        """Return what a charge is for on a bill of that day; big and small letters are alike."""
        known = {**CHARGES, **self.charges}
        return understood(
            word.casefold(),
            on=on,
            words=(structs.replace(one, code=one.code.casefold()) for one in self.charge_words),
            table={code.casefold(): kind for code, kind in known.items()},
        )

    @property
    def answer_words(self) -> Mapping[str, Answer]:
        """Return what each answer means."""
        return {**ANSWERS, **self.answers}

    @property
    def zone_words(self) -> Mapping[str, str]:
        """Return which zone each word names."""
        return {**ZONES, **self.zones}


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it: one file at a time, in order."""
    can_find = settings.wire.can_look_up
    return Capabilities(kinds=KINDS, flows=FLOWS, echoes=(), can_find=can_find, concurrency=1)

"""The profile of a partner with flat files: its layouts, its folders, and what its words mean.

What a word of the partner means is said here; nothing is supposed of a word that is not.
"""

from datetime import date
from typing import Literal

from msgspec import Struct, field

from drawbar.connectors.charge_word import ChargeWord, Understood, understood
from drawbar.connectors.flat.layout import Layout
from drawbar.connectors.flat.vocabulary import Means
from drawbar.connectors.port import Capabilities
from drawbar.connectors.wire.setting import HERE, WireSettings
from drawbar.edi import Finding, FindingCode, Severity
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.instant import zone
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import StopPurpose
from drawbar.freight.tender import Answer

FLOWS = ("files",)
OTHER = "other"
WEIGHTS = {"accept": Severity.NOTE, "warn": Severity.WARNING, "reject": Severity.ERROR}


class Folders(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where files lie. ``inbox`` and ``outbox`` are shared with the partner; ``own`` is ours alone.

    ``own`` is on the same disk as ``inbox``.
    """

    inbox: str
    outbox: str
    own: str


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One partner. ``read`` says by the beginning of a file's name which layout it has.

    ``write`` is the layout of our tenders, empty for none. ``described`` are the layouts by name:
    the company folder puts there what its ``layouts/`` says. ``zone`` is where times without a zone
    of their own are read, empty for the clock of the stop. ``currency`` is for bills that state
    none; ``purposes`` are words for a new, changed or cancelled order and our tenders' actions.
    """

    system: str
    party_ref: str
    folders: Folders
    wire: WireSettings = HERE
    read: dict[str, str] = {}
    write: str = ""
    described: dict[str, Layout] = {}
    zone: str = ""
    currency: str = ""
    stable_seconds: float = 2.0
    milestones: dict[str, MilestoneKind] = {}
    answers: dict[str, Answer] = {}
    charges: dict[str, ChargeKind] = {}
    charge_words: tuple[ChargeWord, ...] = ()
    stops: dict[str, StopPurpose] = {}
    purposes: dict[str, Literal["offer", "change", "cancel"]] = {}
    equipment: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = {}
    findings: dict[FindingCode, Literal["accept", "warn", "reject"]] = {}

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a layout that is not there, or a zone that does not exist."""
        for name in filter(None, (self.zone, *self.zones.values())):
            zone(name)
        for name in self.named:
            if name not in self.described:
                raise ValueError(f"there is no readable layout {name!r}; write layouts/{name}.yaml")
        for name in self.read.values():
            if self.described[name].means is Means.TENDERS:
                raise ValueError(f"layout {name!r} means tenders, which are written, not read")
        if self.write and self.described[self.write].means is not Means.TENDERS:
            raise ValueError(f"layout {self.write!r} is to be written, so it must mean tenders")

    @property
    def named(self) -> tuple[str, ...]:
        """Return the layouts that it names."""
        return (*self.read.values(), *([self.write] if self.write else []))

    def channel(self, layout: str) -> str:
        """Return the channel of the files of one layout."""
        return f"flat:{self.party_ref}:{layout}"

    def layout_of(self, name: str) -> str:
        """Return the layout of a file by its name; the longest beginning counts."""
        fitting = [one for one in self.read if name.casefold().startswith(one.casefold())]
        return self.read[max(fitting, key=len)] if fitting else OTHER

    def charge(self, word: str, on: date) -> Understood:
        """Return what a charge is for on a bill of that day, as far as anybody said."""
        return understood(word, on=on, words=self.charge_words, table=self.charges)

    def purpose(self, word: str) -> TenderPurpose | None:
        """Return whether an order is new, changed or cancelled; None where nobody said yet."""
        said = self.purposes.get(word)
        return TenderPurpose(said) if said else None

    def weigh(self, finding: Finding) -> Severity:
        """Return what a finding weighs with this partner."""
        said = self.findings.get(finding.code)
        return WEIGHTS[said] if said else finding.severity


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of this partner: one file at a time, in order."""
    kinds = frozenset({"TenderLoad"}) if settings.write else frozenset()
    can_find = settings.wire.can_look_up
    return Capabilities(kinds=kinds, flows=FLOWS, echoes=(), can_find=can_find, concurrency=1)

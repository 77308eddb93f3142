"""The profile of a partner who speaks X12: names, folders, dialect, and what its codes mean."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from drawbar.connectors.charge_word import ChargeWord, Understood, understood
from drawbar.connectors.port import Capabilities
from drawbar.connectors.wire.setting import HERE, WireSettings
from drawbar.connectors.x12_folder import code_map
from drawbar.connectors.x12_folder.agreement import Acks, Demand, Version
from drawbar.connectors.x12_folder.unit import Unit
from drawbar.edi import Dialect, Finding, FindingCode, Severity, weigh_by_table
from drawbar.freight.charge import ChargeKind
from drawbar.freight.instant import zone
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import StopPurpose
from drawbar.freight.receipt import Fallback, ReceiptTerms
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.tender import Answer

KINDS = frozenset({"TenderLoad", "Acknowledge"})
FLOWS = ("inbox",)
STOPS_CLOCK = "stop"
GROUP_TYPES = {"TenderLoad": "SM", "Acknowledge": "FA"}
"""In which type of group each kind of delivery goes. Source: X12 element 479."""

REVERSED = frozenset(
    {FindingCode.ELEMENT_TOO_LONG, FindingCode.ELEMENT_TOO_SHORT, FindingCode.CODE_UNKNOWN}
)
"""What the definition of a reference finds where value and qualifier are exchanged."""

WEIGHTS = {"accept": Severity.NOTE, "warn": Severity.WARNING, "reject": Severity.ERROR}


class Mailbox(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An end of the line as the envelope names it. ``application`` is the name in the group."""

    qualifier: str = "ZZ"
    id: str
    application: str = ""


class Folders(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where files lie. ``inbox`` and ``outbox`` are shared with the partner; ``own`` is ours alone.

    ``own`` is on the same disk as ``inbox``. ``notices`` takes texts for people, if there is one.
    """

    inbox: str
    outbox: str
    own: str
    notices: str = ""


class Delimiters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the partner wants our files to be cut. ``repetition`` is for 00402 and later."""

    element: str = "*"
    component: str = ">"
    repetition: str = ""
    terminator: str = "~"
    line_end: str = "\n"


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One partner. ``zone`` is where the envelope's times are read and written.

    ``ours`` and ``theirs`` are the ids that we write; those of ``ours_also`` and ``theirs_also``
    are heard too. ``scacs`` are the carrier codes it may speak for, with our reference of each.
    ``version`` is that of what we write, unless ``versions`` says another for a set. ``currency``
    is what it bills in where a bill does not say. ``findings`` says by code what is accepted, only
    noted or rejected; ``required`` by set which segments must not be lacking. Entries of a code map
    are added to ours, or replace them; ``charge_words`` are those with a first day, or that were
    never agreed. ``zones_heard`` says what its codes of time zones mean, ``stop`` for the clock of
    the stop; ``units`` what its units are. ``fallback`` is the way round its silence.
    """

    system: str
    folders: Folders
    wire: WireSettings = HERE
    ours: Mailbox
    theirs: Mailbox
    ours_also: tuple[Mailbox, ...] = ()
    theirs_also: tuple[Mailbox, ...] = ()
    role: Literal["carrier", "customer"] = "carrier"
    party_ref: str
    scacs: dict[str, str] = {}
    version: Version = "004010"
    versions: dict[str, Version] = {}
    delimiters: Delimiters = Delimiters()
    charset: str = "latin-1"
    is_test: bool = False
    zone: str = "UTC"
    currency: str = ""
    stable_seconds: float = 2.0
    references_reversed: bool = False
    invoice_number_is_pro: bool = False
    milestones: dict[str, MilestoneKind] = {}
    statuses_without_meaning: tuple[str, ...] = code_map.WITHOUT_MEANING
    charges: dict[str, ChargeKind] = {}
    charge_words: tuple[ChargeWord, ...] = ()
    references: dict[str, ReferenceKind] = {}
    declines: dict[str, str] = {}
    answers: dict[str, Answer] = {}
    stops: dict[str, StopPurpose] = {}
    stop_zones: dict[str, str] = {}
    zones_heard: dict[str, str] = {}
    units: dict[str, Unit] = {}
    equipment: dict[str, str] = field(default_factory=lambda: dict(code_map.EQUIPMENT))
    equipment_heard: dict[str, str] = {}
    equipment_unless_stated: str = ""
    findings: dict[FindingCode, Literal["accept", "warn", "reject"]] = {}
    required: dict[str, tuple[Demand, ...]] = {}
    acks: Acks = Acks()
    fallback: Fallback | None = None

    def __post_init__(self) -> None:
        """Raise ``UnknownZone`` for a zone that does not exist."""
        heard = (one for one in self.zones_heard.values() if one != STOPS_CLOCK)
        for name in (self.zone, *self.stop_zones.values(), *heard):
            zone(name)

    @property
    def channel(self) -> str:
        """Return the channel of what this partner sends."""
        return f"x12:{self.party_ref}"

    @property
    def dialect(self) -> Dialect:
        """Return how our files to this partner are cut."""
        cut = self.delimiters
        return Dialect(
            element=cut.element,
            component=cut.component,
            repetition=cut.repetition,
            terminator=cut.terminator,
            line_end=cut.line_end,
            charset=self.charset,
        )

    def version_of(self, set_code: str) -> str:
        """Return the version in which we write a set to this partner."""
        return self.versions.get(set_code, self.version)

    def is_theirs(self, qualifier: str, name: str) -> bool:
        """Say whether an id is one of the partner's."""
        return (qualifier, name) in _pairs(self.theirs, *self.theirs_also)

    def is_ours(self, qualifier: str, name: str) -> bool:
        """Say whether an id is one of ours."""
        return (qualifier, name) in _pairs(self.ours, *self.ours_also)

    @property
    def notices(self) -> Path | None:
        """Return the folder for texts to people; None where the partner has none."""
        return Path(self.folders.notices) if self.folders.notices else None

    def carrier(self, scac: str) -> str | None:
        """Return our reference of a carrier code; None for one it may not speak for."""
        code = scac.strip()
        if not code or code == self.party_ref:
            return self.party_ref
        return self.scacs.get(code)

    def scac(self, carrier_ref: str) -> str:
        """Return the carrier code under which a carrier of ours is known to this partner."""
        known = {ref: code for code, ref in self.scacs.items()}
        return known.get(carrier_ref, carrier_ref)

    def milestone(self, status: str, reason: str) -> MilestoneKind | None:
        """Return what a status means, None where nobody said yet."""
        known = {**code_map.MILESTONES, **self.milestones}
        return known.get(f"{status}/{reason}") or known.get(status)

    def charge(self, code: str, on: date) -> Understood:
        """Return what a charge is for on a bill of that day, as far as anybody said."""
        known = {**code_map.CHARGES, **self.charges}
        return understood(code, on=on, words=self.charge_words, table=known)

    def reference(self, qualifier: str) -> ReferenceKind | None:
        """Return what kind of name a qualifier marks, None for one that we do not search by."""
        return {**code_map.REFERENCES, **self.references}.get(qualifier)

    def answer(self, action: str) -> Answer | None:
        """Return what an answer to a tender means, None where nobody said yet."""
        return {**code_map.ANSWERS, **self.answers}.get(action)

    def stop(self, reason: str) -> StopPurpose | None:
        """Return what happens at a stop, None where nobody said yet."""
        return {**code_map.STOPS, **self.stops}.get(reason)

    def trailer(self, code: str) -> str | None:
        """Return what we call a trailer, None where nobody said yet."""
        if not code:
            return self.equipment_unless_stated or None
        return {**code_map.EQUIPMENT_HEARD, **self.equipment_heard}.get(code)

    def weigh(self, finding: Finding) -> Severity:
        """Return what a finding weighs with this partner."""
        said = self.findings.get(finding.code)
        if said:
            return WEIGHTS[said]
        if self.references_reversed and _is_about_the_order(finding):
            return Severity.NOTE
        return weigh_by_table(finding)


def _pairs(*ends: Mailbox) -> set[tuple[str, str]]:
    return {(one.qualifier, one.id) for one in ends}


def _is_about_the_order(finding: Finding) -> bool:
    """Say whether a finding only means that a reference is written the other way round."""
    is_pair = finding.tag in {"L11", "N9"} and finding.place.element in {1, 2}
    return is_pair and finding.code in REVERSED


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of this partner: one file at a time, in order."""
    takes = KINDS | ({"RefuseBill", "TellCarrier"} if settings.notices else frozenset())
    return Capabilities(
        kinds=frozenset(takes),
        flows=FLOWS,
        echoes=(),
        can_find=settings.wire.can_look_up,
        concurrency=1,
        numbered=GROUP_TYPES,
        receipts={"TenderLoad": _owed(settings)},
    )


def _owed(settings: Settings) -> ReceiptTerms:
    """Return what this partner owes us for a tender."""
    return ReceiptTerms(due_minutes=settings.acks.due_minutes, fallback=settings.fallback)

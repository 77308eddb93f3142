"""The profile of a carrier who speaks EDIFACT: names, separators, and what its codes mean."""

from datetime import date
from typing import Literal

from msgspec import field

from drawbar.connectors.charge_word import Understood, understood
from drawbar.connectors.edifact_folder import code_map
from drawbar.connectors.port import Capabilities
from drawbar.connectors.x12_folder import manifest as x12
from drawbar.edi import Dialect
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.tender import Answer

COUNTED = "UNB"
"""A receipt names the interchange: all that goes out is counted in one series of that name."""


class Mailbox(x12.Mailbox, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An end of the line as the header names it; an inner id follows ``id`` after a slash."""

    qualifier: str = ""


class Delimiters(x12.Delimiters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the partner wants our files to be cut. ``repetition`` is for syntax 4."""

    element: str = "+"
    component: str = ":"
    terminator: str = "'"
    line_end: str = "\n"
    release: str = "?"
    decimal: Literal[".", ","] = "."


class Settings(x12.Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One carrier. ``version`` is the directory that we write; ``syntax`` as UNOC:3.

    ``association`` names the subset of a user group. ``charset`` is what the partner writes,
    whatever its header says; empty, the header counts. ``zones`` are its words for time zones, as
    codes of X12 element 623. All else is as with a partner who speaks X12.
    """

    ours: Mailbox
    theirs: Mailbox
    version: str = "D.96A"
    association: str = ""
    syntax: str = "UNOC:3"
    delimiters: Delimiters = Delimiters()
    charset: str = ""
    zones: dict[str, str] = field(default_factory=dict)
    statuses_without_meaning: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a syntax or version that is none, or what EDIFACT has not."""
        super().__post_init__()
        for name, text, mark in (("syntax", self.syntax, ":"), ("version", self.version, ".")):
            if text.count(mark) != 1 or not all(text.partition(mark)[::2]):
                raise ValueError(f"{name} is written as 'A{mark}1', not {text!r}")
        if self.references_reversed or self.role != "carrier":
            raise ValueError("EDIFACT has carriers alone here, and no references_reversed")

    @property
    def channel(self) -> str:
        """Return the channel of what this partner sends."""
        return f"edifact:{self.party_ref}"

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
            release=cut.release,
            decimal=cut.decimal,
        )

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

    def zone_code(self, stated: str) -> str:
        """Return the code of a stated zone; a word that nobody knows stays as it is."""
        return {**code_map.ZONES, **self.zones}.get(stated, stated)


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of this partner: one file at a time, in order."""
    takes = x12.KINDS | ({"RefuseBill", "TellCarrier"} if settings.notices else frozenset())
    return Capabilities(
        kinds=frozenset(takes),
        flows=x12.FLOWS,
        echoes=(),
        can_find=settings.wire.can_look_up,
        concurrency=1,
        numbered=dict.fromkeys(x12.KINDS, COUNTED),
    )

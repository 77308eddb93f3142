"""A claim as we know it: what it is for, how it stands, who said what, and what is due when."""

from datetime import date

from msgspec import Struct

from drawbar.flow.contest import claim
from drawbar.flow.decision import Known
from drawbar.freight.claim import ClaimKind, ClaimPaper, ClaimStep, OsdLine
from drawbar.freight.dispute import RestCode, Voice
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.settlement.claim import ENDED, ClaimStanding, ClaimStatus


class Said(Struct, frozen=True, kw_only=True):
    """One step that one side took."""

    step: ClaimStep
    voice: Voice
    money: Money | None
    words: str
    code: RestCode | None
    said_by: str
    said_at: Instant


class Netted(Struct, frozen=True, kw_only=True):
    """What of a claim was taken off one payment."""

    payment_ref: str
    money: Money


class ClaimState(Struct, frozen=True, kw_only=True, tag=True):
    """The state of one claim. ``due`` says what is awaited, by its name, and until when.

    ``since_at`` is the delivery or the receipt of the bill, ``file_by`` the last day to file. The
    claim is netted without the carrier's word only where ``set_off_allowed``.
    """

    claim_ref: str
    kind: ClaimKind
    shipment_ref: str
    carrier_ref: str
    bill_ref: str = ""
    invoice_number: str = ""
    line: int = 0
    osd: tuple[OsdLine, ...] = ()
    text: str
    since_at: Instant
    found_at: Instant
    file_by: date | None = None
    set_off_allowed: bool = False
    opened_by: str = ""
    standing: ClaimStanding = ClaimStanding()
    papers: tuple[ClaimPaper, ...] = ()
    said: tuple[Said, ...] = ()
    netted: tuple[Netted, ...] = ()
    due: dict[str, Instant] = {}
    ended_at: Instant | None = None

    @property
    def is_ended(self) -> bool:
        """Return whether nothing follows any more."""
        return self.standing.status in ENDED

    @property
    def said_to_carrier(self) -> bool:
        """Return whether the carrier knows of it."""
        return self.standing.status is not ClaimStatus.FOUND

    @property
    def next_due_at(self) -> Instant | None:
        """Return the first time at which something is due."""
        return min(self.due.values(), default=None)


def claim_of(claim_ref: str, known: Known) -> ClaimState | None:
    """Return what is known of a claim, None where there is none."""
    state = known.states.get(claim(claim_ref))
    return state if isinstance(state, ClaimState) else None

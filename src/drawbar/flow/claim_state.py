"""A claim as we know it: what it is for, how it stands, who said what, and what is due when."""

from datetime import date

from msgspec import Struct, structs

from drawbar.flow.contest import claim
from drawbar.flow.decision import Known
from drawbar.flow.document import Documents
from drawbar.freight.approval import LetGo
from drawbar.freight.claim import ClaimKind, ClaimPaper, ClaimSaid, ClaimStep, OsdLine
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

    ``since_at`` is the delivery or the receipt of the bill, ``file_by`` the last day to file,
    ``sue_by`` to begin a suit. The claim is netted without the carrier's word only where
    ``set_off_allowed``; ``of_tax`` says that a tax which the firm gets back was overpaid.

    ``revision`` counts its entries, ``documents`` are theirs; ``memos`` are credit memos that were
    noted by hand and whose bill did not come. A claim that ended and is found again begins anew:
    ``earlier`` is what came back of it until then and ``forgone`` what was written off.
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
    sue_by: date | None = None
    charge_ref: str = ""
    zone: str = ""
    delivered_at: Instant | None = None
    set_off_allowed: bool = False
    opened_by: str = ""
    of_tax: bool = False
    standing: ClaimStanding = ClaimStanding()
    papers: tuple[ClaimPaper, ...] = ()
    said: tuple[Said, ...] = ()
    netted: tuple[Netted, ...] = ()
    memos: tuple[Money, ...] = ()
    let_go: tuple[LetGo, ...] = ()
    earlier: Money | None = None
    forgone: Money | None = None
    revision: int = 0
    documents: Documents = ()
    due: dict[str, Instant] = {}
    ended_at: Instant | None = None

    @property
    def came_back(self) -> Money | None:
        """Return all that ever came back of it, None for nothing."""
        return _both(self.earlier, self.standing.recovered)

    @property
    def given_up(self) -> Money | None:
        """Return all that was ever let go for good; what is withdrawn may be found again."""
        withdrawn = self.standing.status is ClaimStatus.WITHDRAWN
        return _both(self.forgone, None if withdrawn else self.standing.let_go)

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


def again(state: ClaimState, new: ClaimState) -> ClaimState:
    """Return a claim that is found once more: its books and what came of it go on."""
    return structs.replace(
        new,
        earlier=state.came_back,
        forgone=state.given_up,
        let_go=state.let_go,
        memos=state.memos,
        netted=state.netted,
        revision=state.revision,
        documents=state.documents,
    )


def said_as(fact: ClaimSaid) -> Said:
    """Return a step as the claim keeps it."""
    return Said(
        step=fact.step,
        voice=fact.voice,
        money=fact.money,
        words=fact.words,
        code=fact.code,
        said_by=fact.said_by,
        said_at=fact.learned_at,
    )


def claim_of(claim_ref: str, known: Known) -> ClaimState | None:
    """Return what is known of a claim, None where there is none."""
    state = known.states.get(claim(claim_ref))
    return state if isinstance(state, ClaimState) else None


def _both(one: Money | None, other: Money | None) -> Money | None:
    if one is None or other is None:
        return one or other
    return one + other

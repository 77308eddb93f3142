"""Claims as version 1 says them: what for, how they stand, and what is due when."""

from datetime import date, datetime

from msgspec import Struct

from drawbar.flow.claim import nettable
from drawbar.flow.claim_state import ClaimState, Said
from drawbar.freight.money import Money
from drawbar.web.api.v1.term import AmountV1, amount_v1


class OsdLineV1(Struct, frozen=True, kw_only=True):
    """So many pieces that were over, short, damaged or refused."""

    what: str
    pieces: int


class ClaimPaperSeenV1(Struct, frozen=True, kw_only=True):
    """A document of a claim by its content hash."""

    paper: str
    sha256: str


class ClaimStepSeenV1(Struct, frozen=True, kw_only=True):
    """What one side did once."""

    step: str
    voice: str
    money: AmountV1 | None
    words: str
    code: str
    said_by: str
    said_at: datetime


class ClaimSeenV1(Struct, frozen=True, kw_only=True):
    """One claim. ``nettable`` is what the next payment may take off now, null for nothing.

    ``receivable`` is what of it stands in the books: what the carrier accepted and still owes.
    ``due`` says what is awaited and until when; ``file_by`` is the last day to file,
    ``sue_by`` the last one to begin a suit.
    """

    claim_ref: str
    kind: str
    status: str
    shipment_ref: str
    carrier_ref: str
    bill_ref: str
    line: int
    text: str
    osd: tuple[OsdLineV1, ...]
    claimed: AmountV1 | None
    offered: AmountV1 | None
    recovered: AmountV1 | None
    let_go: AmountV1 | None
    open: AmountV1 | None
    nettable: AmountV1 | None
    receivable: AmountV1 | None
    set_off_allowed: bool
    file_by: date | None
    sue_by: date | None
    due: dict[str, datetime]
    papers: tuple[ClaimPaperSeenV1, ...]
    steps: tuple[ClaimStepSeenV1, ...]
    netted: dict[str, AmountV1]
    found_at: datetime
    ended_at: datetime | None


class ClaimRowV1(Struct, frozen=True, kw_only=True):
    """A claim in a list."""

    claim_ref: str
    kind: str
    status: str
    carrier_ref: str
    shipment_ref: str
    bill_ref: str | None
    claimed: AmountV1 | None
    open: AmountV1 | None
    recovered: AmountV1 | None
    due_at: datetime | None
    found_at: datetime


class ClaimsV1(Struct, frozen=True, kw_only=True):
    """One page of claims; ``next`` leads on, null at the end."""

    items: tuple[ClaimRowV1, ...]
    next: str | None


def claim_v1(state: ClaimState) -> ClaimSeenV1:
    """Return a claim as version 1 says it."""
    standing = state.standing
    return ClaimSeenV1(
        claim_ref=state.claim_ref,
        kind=state.kind.value,
        status=standing.status.value,
        shipment_ref=state.shipment_ref,
        carrier_ref=state.carrier_ref,
        bill_ref=state.bill_ref,
        line=state.line,
        text=state.text,
        osd=tuple(OsdLineV1(what=one.what.value, pieces=one.pieces) for one in state.osd),
        claimed=_amount(standing.claimed),
        offered=_amount(standing.offered),
        recovered=_amount(standing.recovered),
        let_go=_amount(standing.let_go),
        open=_amount(standing.open),
        nettable=_amount(nettable(state)),
        receivable=_amount(standing.receivable),
        set_off_allowed=state.set_off_allowed,
        file_by=state.file_by,
        sue_by=state.sue_by,
        due=state.due,
        papers=tuple(
            ClaimPaperSeenV1(paper=one.paper.value, sha256=one.document) for one in state.papers
        ),
        steps=tuple(map(_step, state.said)),
        netted={one.payment_ref: amount_v1(one.money) for one in state.netted},
        found_at=state.found_at,
        ended_at=state.ended_at,
    )


def _step(said: Said) -> ClaimStepSeenV1:
    return ClaimStepSeenV1(
        step=said.step.value,
        voice=said.voice.value,
        money=_amount(said.money),
        words=said.words,
        code=said.code.value if said.code else "",
        said_by=said.said_by,
        said_at=said.said_at,
    )


def _amount(money: Money | None) -> AmountV1 | None:
    return amount_v1(money) if money is not None else None

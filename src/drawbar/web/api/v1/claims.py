"""Claims over HTTP: read them, open one about an overcharge, and take the next step.

A carrier has its own and no others; who speaks is whose key it is, never a field of the body.
"""

from typing import Annotated, Any

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct, json, structs

from drawbar.flow.claim_state import ClaimState
from drawbar.freight.claim import ClaimOpened, ClaimPaper, ClaimSaid, ClaimStep, Paper
from drawbar.freight.dispute import RestCode, Voice
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import CLAIMS, leaf
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.claim import ClaimRowV1, ClaimSeenV1, ClaimsV1, claim_v1
from drawbar.web.api.v1.claims_check import refuse_opening, refuse_step
from drawbar.web.api.v1.finance import Because, LineNumber
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.tender_answers import Remark
from drawbar.web.api.v1.term import AmountV1, MoneyV1
from drawbar.web.api.v1.text import Name, NamePath
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads
from drawbar.web.problem import unknown

_Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]


class ClaimPaperV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of a claim, by its content hash."""

    paper: Paper
    sha256: _Hash


class ClaimOpeningV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Claim back what was paid too much on one line of a bill."""

    bill_ref: Name
    line: LineNumber
    money: MoneyV1
    reason: Because

    def __post_init__(self) -> None:
        """Raise ``ValueError`` below zero."""
        self.money.refuse_negative()


class ClaimStepV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The next step of a claim. ``money`` belongs to filing, offering, crediting and paying.

    One of us may record what a carrier said or paid, with ``for_carrier``.
    """

    claim_ref: Name
    step: ClaimStep
    money: MoneyV1 | None = None
    papers: Annotated[tuple[ClaimPaperV1, ...], Meta(max_length=50)] = ()
    code: RestCode | None = None
    words: Remark = ""
    for_carrier: bool = False

    def __post_init__(self) -> None:
        """Raise ``ValueError`` below zero, or for letting go of money without a reason."""
        if self.money is not None:
            self.money.refuse_negative()
        if self.step in {ClaimStep.WITHDRAW, ClaimStep.WRITE_OFF} and self.code is None:
            raise ValueError("say with a code why the claim is let go")


class ClaimStepKeptV1(Struct, frozen=True, kw_only=True):
    """A step as it is kept: with whose word it is, and in what role it was said."""

    claim_ref: str
    step: ClaimStep
    money: MoneyV1 | None
    papers: tuple[ClaimPaperV1, ...]
    code: RestCode | None
    words: str
    voice: Voice
    role: str
    carrier_ref: str = ""


_reading = policy(Scope.CLAIM_READ, writes=False)


@get("/v1/claims", **_reading)
def list_claims(
    caller: GivenCaller,
    reads: GivenReads,
    status: Filter = "",
    kind: Filter = "",
    carrier: Filter = "",
    shipment: Filter = "",
    after: After = "",
    limit: Limit = 50,
) -> ClaimsV1:
    """List claims, the highest reference first. A carrier sees those that were filed with it."""
    if caller.carrier_ref and carrier not in {"", caller.carrier_ref}:
        return ClaimsV1(items=(), next=None)
    wanted = {
        "status": status,
        "kind": kind,
        "carrier_ref": caller.carrier_ref or carrier,
        "shipment_ref": shipment,
    }
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, CLAIMS, wanted=wanted, before=place_of(after, str), limit=limit)
    rows = (row for row in found.rows if not caller.carrier_ref or row["status"] != "found")
    return ClaimsV1(items=tuple(map(_row, rows)), next=cursor_of(found.last))


@get("/v1/claims/{claim_ref:str}", **_reading)
def read_claim(claim_ref: NamePath, caller: GivenCaller, reads: GivenReads) -> ClaimSeenV1:
    """Read one claim with its steps and what is due of it."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return claim_v1(seen_claim(cursor, claim_ref, caller))


@post("/v1/claims", status_code=HTTP_202_ACCEPTED, **policy(Scope.CLAIM_OPEN))
def open_claim(data: JSONBody[ClaimOpeningV1], inbound: Arriving) -> TakenV1:
    """Open an overcharge claim: it is filed with the carrier at once; no payment is touched."""
    return take_opening(data, inbound)


@post("/v1/claim-steps", status_code=HTTP_202_ACCEPTED, **policy(Scope.CLAIM_WORK))
def step_claim(data: JSONBody[ClaimStepV1], inbound: Arriving) -> TakenV1:
    """Take the next step: file, acknowledge, offer, accept, decline, credit, pay, or let go."""
    return take_step(data, inbound)


def take_opening(told: ClaimOpeningV1, inbound: Inbound) -> TakenV1:
    """Keep an opening and do it. Raise ``Refusal``: 404, or 409 with why it cannot be."""
    if not inbound.was_taken("open-claim"):
        refuse_opening(_opened(told, _now(inbound)), inbound)
    return inbound.take("open-claim")


def take_step(told: ClaimStepV1, inbound: Inbound) -> TakenV1:
    """Keep a step and do it. Raise ``Refusal``: 403, 404, 409 or 422, with why."""
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        state = seen_claim(cursor, told.claim_ref, inbound.caller)
    kept = structs.replace(_kept(told, inbound.caller), carrier_ref=state.carrier_ref)
    if not inbound.was_taken("step-claim"):
        refuse_step(state, _said(kept, _now(inbound)), inbound)
    return structs.replace(inbound, body=json.encode(kept)).take("step-claim")


def read_opening(body: bytes, receipt: Receipt) -> Reading:
    """Read an opening; the sender of the message is who claims."""
    return Reading(facts=(_opened(decoded(body, ClaimOpeningV1), receipt),))


def read_step(body: bytes, receipt: Receipt) -> Reading:
    """Read a step; the sender of the message is who took it."""
    return Reading(facts=(_said(decoded(body, ClaimStepKeptV1), receipt),))


def seen_claim(cursor: Rows, claim_ref: str, caller: Caller) -> ClaimState:
    """Return a claim. Raise ``Refusal`` (404) where there is none that the caller may see.

    A carrier learns of a claim when it is filed, not before.
    """
    found = stream(cursor, StreamKey(StreamKind.CLAIM, claim_ref))
    state = found.state if found else None
    if not isinstance(state, ClaimState) or caller.carrier_ref not in {"", state.carrier_ref}:
        raise unknown("claim")
    if caller.carrier_ref and found is not None and found.status == "found":
        raise unknown("claim")
    return state


def _kept(told: ClaimStepV1, caller: Caller) -> ClaimStepKeptV1:
    is_carriers = bool(caller.carrier_ref) or told.for_carrier
    return ClaimStepKeptV1(
        claim_ref=told.claim_ref,
        step=told.step,
        money=told.money,
        papers=told.papers,
        code=told.code,
        words=told.words,
        voice=Voice.CARRIER if is_carriers else Voice.OURS,
        role=caller.role.value,
    )


def _opened(told: ClaimOpeningV1, receipt: Receipt) -> ClaimOpened:
    return ClaimOpened(
        key=fact_key("claim", told.bill_ref, str(told.line), body=told),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        bill_ref=told.bill_ref,
        line=told.line,
        money=told.money.money(),
        opened_by=receipt.sender,
        reason=told.reason,
    )


def _said(kept: ClaimStepKeptV1, receipt: Receipt) -> ClaimSaid:
    return ClaimSaid(
        key=key_for("api", "claim-step", kept.claim_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        claim_ref=kept.claim_ref,
        carrier_ref=kept.carrier_ref,
        step=kept.step,
        voice=kept.voice,
        money=kept.money.money() if kept.money else None,
        papers=tuple(ClaimPaper(paper=one.paper, document=one.sha256) for one in kept.papers),
        code=kept.code,
        words=kept.words,
        said_by=receipt.sender,
        role=kept.role,
    )


def _now(inbound: Inbound) -> Receipt:
    """Return a receipt to try a fact with before its message is kept."""
    return Receipt(
        message_ref="", sender=inbound.caller.sender, learned_at=inbound.settings.clock.now()
    )


def _row(row: dict[str, Any]) -> ClaimRowV1:
    def money(name: str) -> AmountV1 | None:
        known = row[name] is not None and row["currency"]
        return AmountV1(amount=f"{row[name]:f}", currency=row["currency"]) if known else None

    return ClaimRowV1(
        claim_ref=row["ref"],
        kind=row["kind"],
        status=row["status"],
        carrier_ref=row["carrier_ref"],
        shipment_ref=row["shipment_ref"],
        bill_ref=row["bill_ref"],
        claimed=money("claimed"),
        open=money("open"),
        recovered=money("recovered"),
        due_at=row["due_at"],
        found_at=row["found_at"],
    )

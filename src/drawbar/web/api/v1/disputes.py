"""Disputes over HTTP: read them, answer a round, end one. A carrier has its own and no others.

Who speaks, and in what role, is whose key it is, never a field of the body.
"""

from typing import Annotated, Any

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct, json, structs

from drawbar.flow.dispute_state import DisputeState
from drawbar.freight.dispute import (
    DisputeAnswered,
    DisputeSettled,
    Ending,
    PartAmount,
    RestCode,
    Voice,
)
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import DISPUTES, leaf
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.dispute import DisputeRowV1, DisputesV1, DisputeV1, dispute_v1
from drawbar.web.api.v1.disputes_check import refuse_answer, refuse_settlement, refuse_stale
from drawbar.web.api.v1.finance import Because, LineNumber
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.pods import Sha256
from drawbar.web.api.v1.tender_answers import Remark
from drawbar.web.api.v1.term import AmountV1, MoneyV1
from drawbar.web.api.v1.text import Name, NamePath
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads
from drawbar.web.problem import unknown

Turn = Annotated[int, Meta(ge=1, le=1_000_000)]


class PartFigureV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What of one open line is to be paid."""

    bill_ref: Name
    line: LineNumber
    money: MoneyV1


class DisputeAnswerV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One round: figures for open lines, or ``accept`` for what the other side said last.

    ``turn`` is that of the dispute as it was read: an answer to an older turn is refused. One of us
    may record what a carrier said, with ``for_carrier``.
    """

    dispute_ref: Name
    turn: Turn
    figures: Annotated[tuple[PartFigureV1, ...], Meta(max_length=200)] = ()
    accept: bool = False
    words: Remark = ""
    document_sha256: Sha256 = ""
    for_carrier: bool = False

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where it says nothing, or both."""
        if self.accept == bool(self.figures):
            raise ValueError('say either "accept": true, or figures for open lines')


class DisputeAnswerKeptV1(Struct, frozen=True, kw_only=True):
    """A round as it is kept: with its figures, whose word it is, and in what role it was said."""

    dispute_ref: str
    turn: int
    figures: tuple[PartFigureV1, ...]
    accept: bool
    words: str
    document_sha256: str
    voice: Voice
    role: str


class DisputeSettlementV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End what is open: ``how`` is paid, credited or written_off.

    ``money`` is that of a credit memo that does not cover everything: the rest stays in dispute.
    """

    dispute_ref: Name
    turn: Turn
    how: Ending
    code: RestCode
    reason: Because
    money: MoneyV1 | None = None
    document_sha256: Sha256 = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an ending that nobody decides, or an amount without meaning."""
        if self.how is Ending.GRANTED:
            raise ValueError("what is owed after all shows by judging it again; nobody says so")
        if self.money is None:
            return
        self.money.refuse_negative()
        if self.how is not Ending.CREDITED or not self.money.money().amount:
            raise ValueError("an amount belongs to a credit memo, and is above zero")


class DisputeSettlementKeptV1(DisputeSettlementV1, frozen=True, kw_only=True):
    """An ending as it is kept: with the role of who decided, and whose dispute it is."""

    role: str
    carrier_ref: str = ""


_reading = policy(Scope.DISPUTE_READ, writes=False)


@get("/v1/disputes", **_reading)
def list_disputes(
    caller: GivenCaller,
    reads: GivenReads,
    status: Filter = "",
    carrier: Filter = "",
    shipment: Filter = "",
    after: After = "",
    limit: Limit = 50,
) -> DisputesV1:
    """List disputes, the highest reference first. A carrier sees its own."""
    if caller.carrier_ref and carrier not in {"", caller.carrier_ref}:
        return DisputesV1(items=(), next=None)
    wanted = {
        "status": status,
        "carrier_ref": caller.carrier_ref or carrier,
        "shipment_ref": shipment,
    }
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, DISPUTES, wanted=wanted, before=place_of(after, str), limit=limit)
    return DisputesV1(items=tuple(map(_row, found.rows)), next=cursor_of(found.last))


@get("/v1/disputes/{dispute_ref:str}", **_reading)
def read_dispute(dispute_ref: NamePath, caller: GivenCaller, reads: GivenReads) -> DisputeV1:
    """Read one dispute with its rounds."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return dispute_v1(seen_dispute(cursor, dispute_ref, caller))


@post("/v1/dispute-answers", status_code=HTTP_202_ACCEPTED, **policy(Scope.DISPUTE_ANSWER))
def answer_dispute(data: JSONBody[DisputeAnswerV1], inbound: Arriving) -> TakenV1:
    """Answer a dispute: what of its open lines is to be paid, with words and a document."""
    return take_answer(data, inbound)


@post("/v1/dispute-settlements", status_code=HTTP_202_ACCEPTED, **policy(Scope.DISPUTE_CLOSE))
def settle_dispute(data: JSONBody[DisputeSettlementV1], inbound: Arriving) -> TakenV1:
    """End a dispute: we pay, the carrier credits, or a named person writes it off."""
    return take_settlement(data, inbound)


def take_answer(told: DisputeAnswerV1, inbound: Inbound) -> TakenV1:
    """Keep a round and do it. Raise ``Refusal``: 403, 404, 409 or 422, with why."""
    kept = _kept(told, inbound.caller)
    if not inbound.was_taken("answer-dispute"):
        state = _dispute(inbound, told.dispute_ref)
        refuse_stale(state, told.turn)
        refuse_answer(state, _answered(kept, _now(inbound)), inbound)
    return structs.replace(inbound, body=json.encode(kept)).take("answer-dispute")


def take_settlement(told: DisputeSettlementV1, inbound: Inbound) -> TakenV1:
    """Keep an ending and do it. Raise ``Refusal``: 403, 404, 409 or 422, with why."""
    state = _dispute(inbound, told.dispute_ref)
    kept = DisputeSettlementKeptV1(
        **structs.asdict(told), role=inbound.caller.role.value, carrier_ref=state.carrier_ref
    )
    if not inbound.was_taken("settle-dispute"):
        refuse_stale(state, told.turn)
        refuse_settlement(state, _settled(kept, _now(inbound)), inbound)
    return structs.replace(inbound, body=json.encode(kept)).take("settle-dispute")


def read_answer(body: bytes, receipt: Receipt) -> Reading:
    """Read a round; the sender of the message is who spoke."""
    return Reading(facts=(_answered(decoded(body, DisputeAnswerKeptV1), receipt),))


def read_settlement(body: bytes, receipt: Receipt) -> Reading:
    """Read an ending; the sender of the message is who decided."""
    return Reading(facts=(_settled(decoded(body, DisputeSettlementKeptV1), receipt),))


def seen_dispute(cursor: Rows, dispute_ref: str, caller: Caller) -> DisputeState:
    """Return a dispute. Raise ``Refusal`` (404) where there is none that the caller may see."""
    found = stream(cursor, StreamKey(StreamKind.DISPUTE, dispute_ref))
    state = found.state if found else None
    if not isinstance(state, DisputeState) or caller.carrier_ref not in {"", state.carrier_ref}:
        raise unknown("dispute")
    return state


def _dispute(inbound: Inbound, ref: str) -> DisputeState:
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        return seen_dispute(cursor, ref, inbound.caller)


def _kept(told: DisputeAnswerV1, caller: Caller) -> DisputeAnswerKeptV1:
    is_carriers = bool(caller.carrier_ref) or told.for_carrier
    return DisputeAnswerKeptV1(
        dispute_ref=told.dispute_ref,
        turn=told.turn,
        figures=told.figures,
        accept=told.accept,
        words=told.words,
        document_sha256=told.document_sha256,
        voice=Voice.CARRIER if is_carriers else Voice.OURS,
        role=caller.role.value,
    )


def _answered(kept: DisputeAnswerKeptV1, receipt: Receipt) -> DisputeAnswered:
    return DisputeAnswered(
        key=key_for("api", "dispute-answer", kept.dispute_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        dispute_ref=kept.dispute_ref,
        turn=kept.turn,
        voice=kept.voice,
        amounts=tuple(
            PartAmount(bill_ref=one.bill_ref, line=one.line, money=one.money.money())
            for one in kept.figures
        ),
        accepts=kept.accept,
        words=kept.words,
        document=kept.document_sha256,
        said_by=receipt.sender,
        role=kept.role,
    )


def _settled(kept: DisputeSettlementKeptV1, receipt: Receipt) -> DisputeSettled:
    return DisputeSettled(
        key=key_for("api", "dispute-settled", kept.dispute_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        dispute_ref=kept.dispute_ref,
        carrier_ref=kept.carrier_ref,
        turn=kept.turn,
        how=kept.how,
        money=kept.money.money() if kept.money else None,
        code=kept.code,
        reason=kept.reason,
        document=kept.document_sha256,
        settled_by=receipt.sender,
        role=kept.role,
    )


def _now(inbound: Inbound) -> Receipt:
    """Return a receipt to try a fact with before its message is kept."""
    return Receipt(
        message_ref="", sender=inbound.caller.sender, learned_at=inbound.settings.clock.now()
    )


def _row(row: dict[str, Any]) -> DisputeRowV1:
    def money(name: str) -> AmountV1:
        return AmountV1(amount=f"{row[name]:f}", currency=row["currency"])

    return DisputeRowV1(
        dispute_ref=row["ref"],
        status=row["status"],
        carrier_ref=row["carrier_ref"],
        shipment_ref=row["shipment_ref"],
        item=row["item"],
        bill_refs=tuple(row["bills"].split()),
        contested=money("contested"),
        open=money("disputed"),
        rounds=row["rounds"],
        waits_for=row["waits_for"],
        answer_by=row["answer_by"],
        opened_at=row["opened_at"],
    )

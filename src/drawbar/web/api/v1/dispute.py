"""Disputes as version 1 says them: lines, rounds, who has to answer, and what came of it."""

from datetime import datetime

from msgspec import Struct

from drawbar.flow.dispute_state import DisputeState, Round
from drawbar.freight.dispute import Ending
from drawbar.freight.money import total
from drawbar.settlement.dispute_round import Part
from drawbar.web.api.v1.term import AmountV1, amount_v1


class DisputePartV1(Struct, frozen=True, kw_only=True):
    """A contested line. ``asked`` and ``offered`` are what of ``open`` each side would see paid.

    ``ended`` says what became of the rest: paid, credited, written off, or granted after all.
    """

    bill_ref: str
    invoice_number: str
    line: int
    contested: AmountV1
    open: AmountV1
    asked: AmountV1
    offered: AmountV1
    ended: dict[str, AmountV1]
    reason: str
    text: str


class RoundFigureV1(Struct, frozen=True, kw_only=True):
    """What of one line is to be paid, as one side saw it."""

    bill_ref: str
    line: int
    money: AmountV1


class RoundV1(Struct, frozen=True, kw_only=True):
    """What one side said once."""

    number: int
    voice: str
    figures: tuple[RoundFigureV1, ...]
    words: str
    document_sha256: str
    said_by: str
    said_at: datetime


class DisputeV1(Struct, frozen=True, kw_only=True):
    """One dispute about one item of a shipment. An answer names ``turn``, so none crosses another.

    ``waits_for`` is ours or carrier, null once nothing is open; ``answer_by`` until when.
    ``credit_waiting`` is what of the carrier's credits covers nothing that was billed yet.
    """

    dispute_ref: str
    status: str
    shipment_ref: str
    carrier_ref: str
    charge: str
    stop: int
    turn: int
    contested: AmountV1
    open: AmountV1
    paid: AmountV1
    credited: AmountV1
    written_off: AmountV1
    credit_waiting: AmountV1
    granted: AmountV1
    waits_for: str | None
    answer_by: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    parts: tuple[DisputePartV1, ...]
    rounds: tuple[RoundV1, ...]
    results: tuple[str, ...]


class DisputeRowV1(Struct, frozen=True, kw_only=True):
    """A dispute in a list."""

    dispute_ref: str
    status: str
    carrier_ref: str
    shipment_ref: str
    item: str
    bill_refs: tuple[str, ...]
    contested: AmountV1
    open: AmountV1
    rounds: int
    waits_for: str | None
    answer_by: datetime | None
    opened_at: datetime


class DisputesV1(Struct, frozen=True, kw_only=True):
    """One page of disputes; ``next`` leads on, null at the end."""

    items: tuple[DisputeRowV1, ...]
    next: str | None


def dispute_v1(state: DisputeState) -> DisputeV1:
    """Return a dispute as version 1 says it."""
    ended = {way: amount_v1(state.ended_as(way)) for way in Ending}
    return DisputeV1(
        dispute_ref=state.dispute_ref,
        status=state.status,
        shipment_ref=state.shipment_ref,
        carrier_ref=state.carrier_ref,
        charge=state.kind.value,
        stop=state.stop,
        turn=state.turn,
        contested=amount_v1(state.contested),
        open=amount_v1(state.open),
        paid=ended[Ending.PAID],
        credited=ended[Ending.CREDITED],
        written_off=ended[Ending.WRITTEN_OFF],
        credit_waiting=amount_v1(
            total((one.left for one in state.credits), currency=state.currency)
        ),
        granted=ended[Ending.GRANTED],
        waits_for=state.waits_for.value if state.waits_for else None,
        answer_by=state.answer_by,
        opened_at=state.opened_at,
        closed_at=state.closed_at,
        parts=tuple(map(_part, state.parts)),
        rounds=tuple(map(_round, state.rounds)),
        results=state.results,
    )


def _part(part: Part) -> DisputePartV1:
    return DisputePartV1(
        bill_ref=part.bill_ref,
        invoice_number=part.invoice_number,
        line=part.line,
        contested=amount_v1(part.contested),
        open=amount_v1(part.open),
        asked=amount_v1(part.asked),
        offered=amount_v1(part.offered),
        ended={way.value: amount_v1(money) for way, money in part.ended.items()},
        reason=part.reason,
        text=part.text,
    )


def _round(said: Round) -> RoundV1:
    return RoundV1(
        number=said.number,
        voice=said.voice.value,
        figures=tuple(
            RoundFigureV1(bill_ref=one.bill_ref, line=one.line, money=amount_v1(one.money))
            for one in said.amounts
        ),
        words=said.words,
        document_sha256=said.document,
        said_by=said.said_by,
        said_at=said.said_at,
    )

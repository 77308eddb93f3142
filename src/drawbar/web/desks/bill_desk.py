"""What whoever looks may decide about a bill: each answer with why not, before the click."""

from typing import Any

from msgspec import Struct

from drawbar.flow.bill_objection import (
    authority_of,
    limit_told,
    objection,
    unquestioned,
)
from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import BillAnswer, DecisionCode
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.settlement.authority import Authority, Person
from drawbar.web.auth.visitor import PRESENT
from drawbar.web.desks.state_mark import words_of
from drawbar.web.settings import WebSettings

_LABELS = {
    BillAnswer.SHORT_PAY: "Short-pay as judged",
    BillAnswer.PAY_AS_BILLED: "Pay as billed",
    BillAnswer.REJECT: "Reject what is contested",
    BillAnswer.ASK: "Ask the carrier for it",
    BillAnswer.IS_DUPLICATE: "Confirm: it is a duplicate",
    BillAnswer.BOTH_OWED: "Both are owed",
}
_OF_DUPLICATES = (BillAnswer.IS_DUPLICATE, BillAnswer.BOTH_OWED)
_OF_OTHERS = (
    BillAnswer.SHORT_PAY,
    BillAnswer.PAY_AS_BILLED,
    BillAnswer.REJECT,
    BillAnswer.ASK,
)


class Choice(Struct, frozen=True, kw_only=True):
    """One answer that a person may give, or ``why_not``."""

    answer: str
    label: str
    why_not: str


class ContestedLine(Struct, frozen=True, kw_only=True):
    """A line in dispute: what its closing or the approval of its charge would start from."""

    number: int
    kind: str
    stop: int
    disputed: Money
    text: str


class BillDesk(Struct, frozen=True, kw_only=True):
    """What may be done about a bill. ``limit`` says how far the word of whoever looks goes.

    ``assign_why_not`` is empty where a person may name the shipment; ``alike`` fit by attributes.
    """

    bill_ref: str
    choices: tuple[Choice, ...]
    disputed: Money
    limit: str
    needs_second: bool
    proposed: str
    assign_why_not: str
    contested: tuple[ContestedLine, ...]
    codes: tuple[tuple[str, str], ...]
    shipment_ref: str
    alike: tuple[str, ...] = ()


def bill_actions(cursor: Rows, bill_ref: str, settings: WebSettings) -> dict[str, Any]:
    """Return ``desk`` for the page of a bill, None where nothing can be decided about it."""
    found = stream(cursor, StreamKey(StreamKind.FREIGHT_BILL, bill_ref))
    visitor = PRESENT.get()
    if found is None or not isinstance(found.state, BillState) or visitor is None:
        return {"desk": None}
    state = found.state
    load = _load(cursor, state.shipment_ref)
    person = Person(name=visitor.caller.sender, role=visitor.caller.role.value)
    return {"desk": bill_desk(state, load, person, settings.company)}


def bill_desk(
    state: BillState, load: ShipmentState | None, person: Person, company: Company
) -> BillDesk:
    """Return what ``person`` may decide about a bill now."""
    is_duplicate = state.status is BillStatus.DUPLICATE
    may = authority_of(state, person, load=load, company=company)
    proposal = state.proposal
    return BillDesk(
        bill_ref=state.bill.bill_ref,
        choices=tuple(
            Choice(
                answer=answer.value,
                label=_LABELS[answer],
                why_not=objection(state, answer, person, load=load, company=company),
            )
            for answer in (_OF_DUPLICATES if is_duplicate else _OF_OTHERS)
        ),
        disputed=state.disputed,
        limit=limit_told(person, company),
        needs_second=may is Authority.WITH_A_SECOND and bool(state.contested),
        proposed=f"{proposal.by} would pay {proposal.money}: {proposal.reason}" if proposal else "",
        assign_why_not=unquestioned(state),
        contested=_contested(state),
        codes=tuple((code.value, words_of(code.value)) for code in DecisionCode),
        shipment_ref=state.shipment_ref,
        alike=state.alike,
    )


def _contested(state: BillState) -> tuple[ContestedLine, ...]:
    return tuple(
        ContestedLine(
            number=one.line.number,
            kind=one.line.kind.value,
            stop=one.line.stop,
            disputed=one.disputed,
            text=one.text,
        )
        for one in state.contested
    )


def _load(cursor: Rows, ref: str) -> ShipmentState | None:
    found = stream(cursor, StreamKey(StreamKind.SHIPMENT, ref)) if ref else None
    return found.state if found and isinstance(found.state, ShipmentState) else None

"""What people decide about a freight bill over HTTP: how it ends, and which shipment it is for.

Who decided, and in what role, is whose key or session it is, never a field of the body.
"""

from typing import Any

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct, json, structs

from drawbar.flow.bill_objection import assignment_objection, objection
from drawbar.flow.bill_state import BillState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import BillAnswer, BillAssigned, BillDecided, DecisionCode
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKind
from drawbar.settlement.authority import Person
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.term import MoneyV1
from drawbar.web.api.v1.text import Line, Name
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.problem import Flaw, Refusal, problem, unknown


class BillDecisionV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Decide about a bill, with a reason that stays for ever.

    To pay as billed, say what was in dispute when you looked: no more is approved than that. Asking
    the carrier for a document puts the ``reason`` into the message to it.
    """

    bill_ref: Name
    answer: BillAnswer
    code: DecisionCode
    reason: Because
    disputed: MoneyV1 | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where a payment does not say how much was seen."""
        if self.answer is BillAnswer.PAY_AS_BILLED and self.disputed is None:
            raise ValueError("to pay as billed, say what was in dispute (disputed)")


class BillDecisionKeptV1(BillDecisionV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision as it is kept: with the role in which it was made, which the server adds."""

    role: Line


class BillAssignmentV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say which shipment a bill is for; it is judged then like any other."""

    bill_ref: Name
    shipment_ref: Name
    reason: Because


@post("/v1/bill-decisions", status_code=HTTP_202_ACCEPTED, **policy(Scope.BILL_DECIDE))
def decide_bill(data: JSONBody[BillDecisionV1], inbound: Arriving) -> TakenV1:
    """Decide about a bill that stopped: pay as judged or as billed, reject it, ask for more."""
    return take_decision(data, inbound)


@post("/v1/bill-assignments", status_code=HTTP_202_ACCEPTED, **policy(Scope.BILL_DECIDE))
def assign_bill(data: JSONBody[BillAssignmentV1], inbound: Arriving) -> TakenV1:
    """Name the shipment of a bill that fits none or several."""
    return take_assignment(data, inbound)


def take_decision(told: BillDecisionV1, inbound: Inbound) -> TakenV1:
    """Keep a decision and do it. Raise ``Refusal``: 404, or 409 with why it cannot be now."""
    if not inbound.was_taken("decide-bill"):
        state = _bill(inbound, told.bill_ref)
        if told.answer is BillAnswer.PAY_AS_BILLED:
            inbound.refuse_editor(told.bill_ref)
        caller = Person(name=inbound.caller.sender, role=inbound.caller.role.value)
        company = inbound.settings.company
        load = _load(inbound, state.shipment_ref)
        _refuse(objection(state, told.answer, caller, load=load, company=company))
        if told.answer is BillAnswer.PAY_AS_BILLED and told.disputed is not None:
            _refuse_moved(state, told.disputed)
    kept = BillDecisionKeptV1(**structs.asdict(told), role=inbound.caller.role.value)
    return structs.replace(inbound, body=json.encode(kept)).take("decide-bill")


def take_assignment(told: BillAssignmentV1, inbound: Inbound) -> TakenV1:
    """Keep an assignment and do it. Raise ``Refusal``: 404, or 409 with why it cannot be now."""
    if not inbound.was_taken("assign-bill"):
        state = _bill(inbound, told.bill_ref)
        _refuse(assignment_objection(state, _load(inbound, told.shipment_ref)))
    return structs.replace(inbound, body=json.encode(told)).take("assign-bill")


def read_decision(body: bytes, receipt: Receipt) -> Reading:
    """Read a decision; the sender of the message is who decided."""
    told = decoded(body, BillDecisionKeptV1)
    fact = BillDecided(
        key=key_for("api", "bill-decision", told.bill_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        bill_ref=told.bill_ref,
        answer=told.answer,
        decided_by=receipt.sender,
        role=told.role,
        code=told.code,
        reason=told.reason,
        disputed=told.disputed.money() if told.disputed else None,
    )
    return Reading(facts=(fact,))


def read_assignment(body: bytes, receipt: Receipt) -> Reading:
    """Read which shipment a bill is for; the sender of the message is who said so."""
    told = decoded(body, BillAssignmentV1)
    fact = BillAssigned(
        key=key_for("api", "bill-assignment", told.bill_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        bill_ref=told.bill_ref,
        shipment_ref=told.shipment_ref,
        assigned_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def _bill(inbound: Inbound, ref: str) -> BillState:
    state: Any = inbound.must_know(StreamKind.FREIGHT_BILL, ref)
    if not isinstance(state, BillState):
        raise unknown("freight bill")
    return state


def _load(inbound: Inbound, ref: str) -> ShipmentState | None:
    if not ref:
        return None
    state = inbound.must_know(StreamKind.SHIPMENT, ref)
    return state if isinstance(state, ShipmentState) else None


def _refuse_moved(state: BillState, seen: MoneyV1) -> None:
    if seen.currency != state.bill.currency or seen.money() < state.disputed:
        _refuse(f"{state.disputed} is in dispute now, {seen.money()} was seen. Look again.")


def _refuse(why: str) -> None:
    if why:
        flaw = Flaw(path="$.answer", message=why, remedy="Look at the bill as it stands now.")
        raise Refusal(problem(409, "wrong-state", why, flaw))

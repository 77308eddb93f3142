"""Cases by cause over HTTP, and one decision for all bills that stopped for the same cause.

Each bill is decided by a fact of its own, within the limits of whoever decides; what cannot be done
is skipped and says why. The same key again goes on where it stopped and does nothing twice.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK
from msgspec import Meta, Struct, structs

from drawbar.flow.bill_state import BillState
from drawbar.flow.contested import cause_of
from drawbar.freight.freight_bill import BillAnswer, DecisionCode
from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.case_group import CaseGroup, bills_of_group, case_groups
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.bill_decisions import BillDecisionV1, take_decision
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.inbound import Arriving, Inbound
from drawbar.web.api.v1.paging import Filter, Limit
from drawbar.web.api.v1.term import AmountV1, MoneyV1, amount_v1
from drawbar.web.api.v1.text import Name
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads
from drawbar.web.problem import Refusal, problem, unknown

AT_ONCE = 200
"""How many bills one request decides; what is left is told, and the same key goes on."""

Cause = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]


class CaseGroupV1(Struct, frozen=True, kw_only=True):
    """Open cases of one kind and cause, with the money at risk where it is known and may be seen.

    ``unpriced`` counts the cases whose money nobody knows; ``first_case`` leads to one of them, and
    ``text`` says it in words: empty for who may see no money, as it may tell amounts.
    """

    kind: str
    cause: str
    owner: str
    count: int
    due_at: datetime
    money_at_risk: AmountV1 | None
    unpriced: int
    first_case: int
    text: str


class CaseGroupsV1(Struct, frozen=True, kw_only=True):
    """The groups, the one with the most cases first."""

    items: tuple[CaseGroupV1, ...]


class GroupDecisionV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision for every bill that has an open case of this kind and cause.

    To pay as billed, ``seen`` is what was in dispute over the whole group when you looked; if it is
    more by now, nothing is done.
    """

    kind: Name
    cause: Cause
    answer: BillAnswer
    code: DecisionCode
    reason: Because
    seen: MoneyV1 | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where a payment does not say how much was seen."""
        if self.answer is BillAnswer.PAY_AS_BILLED and self.seen is None:
            raise ValueError("to pay as billed, say what was in dispute (seen)")


class GroupItemV1(Struct, frozen=True, kw_only=True):
    """What became of one bill: ``done``, or not and ``why``."""

    bill_ref: str
    done: bool
    why: str
    disputed: AmountV1 | None


class GroupDecidedV1(Struct, frozen=True, kw_only=True):
    """What became of each bill. ``left`` are further ones: send the same again to go on."""

    done: int
    skipped: int
    left: int
    items: tuple[GroupItemV1, ...]


@get("/v1/case-groups", **policy(Scope.CASE_READ, writes=False))
def list_case_groups(
    caller: GivenCaller,
    reads: GivenReads,
    kind: Filter = "",
    owner: Filter = "",
    limit: Limit = 100,
) -> CaseGroupsV1:
    """List open cases by cause: what one answer would end."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = case_groups(cursor, kind=kind, owner=owner, limit=limit)
    return groups_v1(found, money=caller.may(Scope.MONEY_READ))


def groups_v1(found: Iterable[CaseGroup], *, money: bool) -> CaseGroupsV1:
    """Return groups as version 1 says them, without ``money`` for who may not see any."""
    return CaseGroupsV1(items=tuple(_group(one, money=money) for one in found))


@post("/v1/case-group-decisions", status_code=HTTP_200_OK, **policy(Scope.BILL_DECIDE))
def decide_group(data: JSONBody[GroupDecisionV1], inbound: Arriving) -> GroupDecidedV1:
    """Decide about all bills of one cause at once, each by a fact of its own."""
    return take_group(data, inbound)


def take_group(told: GroupDecisionV1, inbound: Inbound) -> GroupDecidedV1:
    """Decide each bill of a group. Raise ``Refusal``: 404 for no such group, 409 if it grew."""
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        refs = bills_of_group(cursor, kind=told.kind, cause=told.cause, limit=AT_ONCE * 50)
        if not refs:
            raise unknown("open case of this kind and cause about a freight bill")
        states = [state for ref in refs if (state := _state(cursor, ref))]
    _refuse_grown(told, states)
    items = tuple(_decide(told, state, inbound) for state in states[:AT_ONCE])
    done = sum(one.done for one in items)
    left = max(len(states) - AT_ONCE, 0)
    return GroupDecidedV1(done=done, skipped=len(items) - done, left=left, items=items)


def preview(told: GroupDecisionV1, cursor: Rows) -> Iterator[GroupItemV1]:
    """Yield what would become of each bill, without deciding any."""
    for ref in bills_of_group(cursor, kind=told.kind, cause=told.cause, limit=AT_ONCE):
        state = _state(cursor, ref)
        if state is not None:
            why = _other_cause(told, state)
            yield _item(state, why)


def _refuse_grown(told: GroupDecisionV1, states: list[BillState]) -> None:
    if told.answer is not BillAnswer.PAY_AS_BILLED or told.seen is None:
        return
    seen = told.seen.money()
    alike = [one.disputed for one in states if one.bill.currency == seen.currency]
    if len(alike) < len(states) or total(alike, currency=seen.currency) > seen:
        text = "More is in dispute now than was seen, or in another currency. Look again."
        raise Refusal(problem(409, "wrong-state", text))


def _decide(told: GroupDecisionV1, state: BillState, inbound: Inbound) -> GroupItemV1:
    ref = state.bill.bill_ref
    why = _other_cause(told, state)
    if why:
        return _item(state, why)
    decision = BillDecisionV1(
        bill_ref=ref,
        answer=told.answer,
        code=told.code,
        reason=told.reason,
        disputed=_said(state.disputed),
    )
    own = structs.replace(inbound, key=f"{inbound.key}:{ref}")
    try:
        taken = take_decision(decision, own)
    except Refusal as refusal:
        return _item(state, refusal.problem.detail)
    flaws = " ".join(one.message for one in taken.problems)
    return _item(state, flaws if taken.outcome != "applied" else "")


def _other_cause(told: GroupDecisionV1, state: BillState) -> str:
    """Return why a bill is left alone: a decision about all of it would decide more than asked."""
    if told.answer is BillAnswer.ASK or not state.contested:
        return ""
    others = {cause_of(one, state) for one in state.contested} - {told.cause}
    if not others:
        return ""
    return f"Another line of it is in dispute for another cause: {', '.join(sorted(others))}."


def _said(money: Money) -> MoneyV1:
    return MoneyV1(amount=f"{money.amount:f}", currency=money.currency)


def _item(state: BillState, why: str) -> GroupItemV1:
    return GroupItemV1(
        bill_ref=state.bill.bill_ref,
        done=not why,
        why=why,
        disputed=amount_v1(state.disputed) if state.verdicts else None,
    )


def _state(cursor: Rows, ref: str) -> BillState | None:
    found = stream(cursor, StreamKey(StreamKind.FREIGHT_BILL, ref))
    return found.state if found and isinstance(found.state, BillState) else None


def _group(one: CaseGroup, *, money: bool) -> CaseGroupV1:
    return CaseGroupV1(
        kind=one.kind,
        cause=one.cause,
        owner=one.owner,
        count=one.count,
        due_at=one.due_at,
        money_at_risk=amount_v1(one.money) if one.money and money else None,
        unpriced=one.unpriced,
        first_case=one.first_case,
        text=one.text if money else "",
    )

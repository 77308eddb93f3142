"""Open cases over HTTP: what needs a person, who that is, and what would mend it."""

from datetime import datetime
from typing import Any

from litestar import get
from msgspec import Struct

from drawbar.freight.money import Money
from drawbar.records.desk.listing import CASES, leaf
from drawbar.records.desk.story import CaseSeen
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads


class CaseV1(Struct, frozen=True, kw_only=True):
    """An open case. ``money_at_risk`` is null where it is not known or not for the role."""

    case_id: int
    kind: str
    subject_kind: str
    subject_ref: str
    item: str
    cause: str
    text: str
    remedy: str
    owner: str
    due_at: datetime
    opened_at: datetime
    message_ref: str
    money_at_risk: AmountV1 | None


class CasesV1(Struct, frozen=True, kw_only=True):
    """One page of open cases, the newest first; ``next`` leads on, null at the end."""

    items: tuple[CaseV1, ...]
    next: str | None


@get("/v1/cases", **policy(Scope.CASE_READ, writes=False))
def list_cases(
    caller: GivenCaller,
    reads: GivenReads,
    owner: Filter = "",
    kind: Filter = "",
    subject: Filter = "",
    after: After = "",
    limit: Limit = 50,
) -> CasesV1:
    """List open cases by owner, kind or what they are about."""
    wanted = {"owner": owner, "kind": kind, "subject_ref": subject}
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, CASES, wanted=wanted, before=place_of(after, int), limit=limit)
    money = caller.may(Scope.MONEY_READ)
    items = tuple(case_v1(seen_case(row), money=money) for row in found.rows)
    return CasesV1(items=items, next=cursor_of(found.last))


def seen_case(row: dict[str, Any]) -> CaseSeen:
    """Return a row of the list as a case."""
    told = dict(row)
    amount, currency = told.pop("amount"), told.pop("currency")
    return CaseSeen(**told, money=Money(amount, currency) if amount is not None else None)


def case_v1(case: CaseSeen, *, money: bool = True) -> CaseV1:
    """Return a case as version 1 says it."""
    return CaseV1(
        case_id=case.case_id,
        kind=case.kind,
        subject_kind=case.subject_kind,
        subject_ref=case.subject_ref,
        item=case.item,
        cause=case.cause,
        text=case.text,
        remedy=case.remedy,
        owner=case.owner,
        due_at=case.due_at,
        opened_at=case.opened_at,
        message_ref=case.message_ref,
        money_at_risk=amount_v1(case.money) if case.money and money else None,
    )

"""Cases by cause on a page: the largest group first, and one decision for all of its bills."""

from collections.abc import Iterator
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from drawbar.freight.freight_bill import BillAnswer, DecisionCode
from drawbar.freight.money import Money, total
from drawbar.records.desk.case_group import CaseGroup, case_groups
from drawbar.web.api.v1.case_groups import (
    CaseGroupV1,
    GroupDecisionV1,
    GroupItemV1,
    groups_v1,
    preview,
    take_group,
)
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.item_twin import items_twin
from drawbar.web.desks.rendering import render
from drawbar.web.desks.state_mark import words_of
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings

GROUPS_SHOWN = 200
_LABELS = {
    BillAnswer.SHORT_PAY: "Short-pay all as judged",
    BillAnswer.PAY_AS_BILLED: "Pay all as billed",
    BillAnswer.REJECT: "Reject what is contested of all",
    BillAnswer.ASK: "Ask the carriers for it",
    BillAnswer.IS_DUPLICATE: "Confirm: all are duplicates",
}
_Text = Annotated[str, QueryParameter(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]


def case_group_routes() -> Iterator[HTTPRouteHandler]:
    """Return the pages of the groups and their form."""
    for ending in ("", ".json", ".csv"):
        yield get(f"/case-groups{ending}", **page(Scope.CASE_READ))(show_groups)
    yield show_group
    yield action("/case-group/decide", Scope.BILL_DECIDE, decide, back="/case-groups")


def show_groups(
    request: Request[Any, Any, Any],
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
) -> Response[Any]:
    """Show what one answer would end, the most cases first."""
    path, shows_money = request.url.path, caller.may(Scope.MONEY_READ)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = case_groups(cursor, limit=GROUPS_SHOWN)
    told = groups_v1(found, money=shows_money)
    if path.endswith(".json"):
        return Response(told)
    if path.endswith(".csv"):
        return items_twin("case-groups", CaseGroupV1, told.items)
    return render(
        "case_groups.html",
        here="/cases",
        groups=found,
        shows_money=shows_money,
        home_zone=settings.company.zone,
    )


@get("/case-group", **page(Scope.MONEY_READ))
def show_group(
    reads: GivenReads, settings: GivenSettings, kind: _Text = "", cause: _Text = ""
) -> Response[Any]:
    """Show the bills of one group: which a decision would change, and which it would skip."""
    asked = GroupDecisionV1(
        kind=kind or "-",
        cause=cause or "-",
        answer=BillAnswer.SHORT_PAY,
        code=DecisionCode.AS_AGREED,
        reason="a look before deciding",
    )
    with reads.connection() as connection, connection.cursor() as cursor:
        groups = case_groups(cursor, kind=kind, limit=GROUPS_SHOWN)
        items = tuple(preview(asked, cursor))
    return render(
        "case_group.html",
        here="/cases",
        kind=kind,
        cause=cause,
        group=_named(groups, cause),
        items=items,
        disputed=_disputed(items),
        answers=[(answer.value, label) for answer, label in _LABELS.items()],
        codes=[(code.value, words_of(code.value)) for code in DecisionCode],
        home_zone=settings.company.zone,
    )


def decide(acting: Acting) -> Done:
    """Decide about every bill of a group; the person reads how many were done, and why not all."""
    form = acting.form
    said: dict[str, object] = {
        "kind": form.needed("kind"),
        "cause": form.needed("cause"),
        "answer": form.needed("answer", "what is to happen"),
        "code": form.needed("code", "why, by its code"),
        "reason": form.reason(),
    }
    if form.text("seen"):
        said["seen"] = {"amount": form.text("seen"), "currency": form.needed("currency")}
    told = take_group(body_of(GroupDecisionV1, said), acting.inbound())
    return Done(says=_told(told.items, left=told.left), back="/case-groups")


def _told(items: tuple[GroupItemV1, ...], *, left: int) -> str:
    done = sum(one.done for one in items)
    skipped = [f"{one.bill_ref}: {one.why}" for one in items if not one.done]
    why = f" {'; '.join(skipped[:3])}" if skipped else ""
    more = f" {left} are left: send it again." if left else ""
    return f"{done} done, {len(skipped)} skipped.{why}{more}"


def _named(groups: tuple[CaseGroup, ...], cause: str) -> CaseGroup | None:
    return next((one for one in groups if one.cause == cause), None)


def _disputed(items: tuple[GroupItemV1, ...]) -> Money | None:
    """Return what is in dispute over all, None where it is in two currencies or nothing is."""
    amounts = [one.disputed.money() for one in items if one.disputed]
    currencies = {one.currency for one in amounts}
    return total(amounts, currency=currencies.pop()) if len(currencies) == 1 else None

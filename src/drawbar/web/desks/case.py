"""A case on a page: what, why, what would mend it, what shares its cause, what to do about it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import structs

from drawbar.engine.casework import CaseOrder, CaseWish, work_on_case
from drawbar.freight.case import CaseKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.case import CaseWorked, delivery_of, shared, worked_case
from drawbar.records.desk.lanes import acts
from drawbar.records.desk.story import story
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.code_maps import seen_code_maps
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action
from drawbar.web.desks.bill_desk import bill_actions
from drawbar.web.desks.delivery import STUCK, delivery_row
from drawbar.web.desks.form import unfilled
from drawbar.web.desks.invoice_desk import InvoiceDesk, credits_proposed
from drawbar.web.desks.rendering import render
from drawbar.web.desks.table import subject_link
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import Refusal, problem, unknown
from drawbar.web.settings import WebSettings

STEPS_SHOWN = 12


@get("/cases/{case_id:str}", **page(Scope.CASE_READ))
def case(
    case_id: NamePath, caller: GivenCaller, reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show one case, and what may be done about it."""
    number, as_data = split(case_id)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = _found(cursor, number, caller)
        group = shared(cursor, found)
        if not caller.may(Scope.MONEY_READ):
            group = structs.replace(group, money=None)
        if as_data:
            return Response({"case": found, "shared": group, "acts": acts(cursor, _about(found))})
        return render(
            "case.html",
            here="/cases",
            case=found,
            shared=group,
            acts=acts(cursor, _about(found)),
            link=subject_link,
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            **_behind(cursor, found, settings),
        )


def case_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page of a case and its forms."""
    yield case
    for wish, act in ((CaseWish.TAKE, take), (CaseWish.SNOOZE, snooze), (CaseWish.CLOSE, close)):
        path = f"/cases/{{case_id:str}}/{wish.value}"
        yield action(path, Scope.CASE_WORK, act, back="/cases")


def take(acting: Acting) -> Done:
    """Take a case, or give it to somebody by name."""
    person = acting.form.text("person") or acting.caller.name
    if len(person) > 60:
        raise unfilled("A name has at most 60 characters.")
    found = _do(acting, CaseWish.TAKE, person=person)
    return Done(says=f"{person} has case {found.case_id}.", back=f"/cases/{found.case_id}")


def snooze(acting: Acting) -> Done:
    """Let a case rest for some hours."""
    hours = acting.form.number("hours", "for how many hours")
    if not 1 <= hours <= 24 * 31:
        raise unfilled("Let it rest for 1 to 744 hours.")
    until = acting.settings.clock.now() + timedelta(hours=hours)
    found = _do(acting, CaseWish.SNOOZE, until=until)
    return Done(says=f"Case {found.case_id} rests.", back=f"/cases/{found.case_id}")


def close(acting: Acting) -> Done:
    """Close a case by a person's word; money is decided on its bill, never here."""
    found = _do(acting, CaseWish.CLOSE)
    return Done(says=f"Case {found.case_id} is closed.", back=f"/cases/{found.case_id}")


def _do(acting: Acting, wish: CaseWish, **more: Any) -> CaseWorked:
    reason = acting.form.reason()
    with acting.reads.connection() as connection, connection.cursor() as cursor:
        found = _found(cursor, acting.path["case_id"], acting.caller)
    if wish is CaseWish.CLOSE and why_not_closed(found, acting.caller):
        raise Refusal(problem(403, "not-allowed", why_not_closed(found, acting.caller)))
    order = CaseOrder(
        case_id=found.case_id, wish=wish, by=acting.caller.sender, because=reason, **more
    )
    if not work_on_case(acting.engine, order):
        raise Refusal(problem(409, "wrong-state", f"Case {found.case_id} was closed before."))
    return found


def why_not_closed(case: CaseWorked, caller: Caller) -> str:
    """Return why the caller may not close a case by their word, empty where they may."""
    if case.settled_at is not None:
        return "It is closed."
    if case.owner == "finance" and not caller.may(Scope.BILL_DECIDE):
        return "It is finance's to close."
    return ""


def _found(cursor: Rows, number: str, caller: Caller) -> CaseWorked:
    fits = number.isascii() and number.isdecimal() and len(number) < 18
    found = worked_case(cursor, int(number)) if fits else None
    if found is None:
        raise unknown("case")
    return found if caller.may(Scope.MONEY_READ) else structs.replace(found, money=None)


def _behind(cursor: Rows, found: CaseWorked, settings: WebSettings) -> dict[str, Any]:
    """Return what stands behind a case, and what its kind lets a person do."""
    is_bill = found.subject_kind == StreamKind.FREIGHT_BILL.value
    stuck = delivery_of(cursor, found) if found.kind in STUCK else None
    words = seen_code_maps(cursor, case_id=found.case_id).waiting
    nothing: dict[str, Any] = {"desk": None}
    return {
        **(bill_actions(cursor, found.subject_ref, settings) if is_bill else nothing),
        "words": words,
        "credits": _credits(cursor, found, settings),
        "delivery": delivery_row(cursor, stuck) if stuck else None,
        "steps": _steps(cursor, found),
        "is_message": found.message_ref and not found.subject_ref,
    }


def _credits(cursor: Rows, found: CaseWorked, settings: WebSettings) -> list[InvoiceDesk]:
    """Return the credit notes that a case about an overcharged load leads to."""
    if found.kind != CaseKind.CREDIT_DUE.value or found.subject_kind != StreamKind.SHIPMENT.value:
        return []
    return credits_proposed(cursor, found.subject_ref, settings.company)


def _steps(cursor: Rows, found: CaseWorked) -> list[Any]:
    if not found.subject_ref:
        return []
    key = StreamKey(StreamKind(found.subject_kind), found.subject_ref)
    return story(cursor, [key])[-STEPS_SHOWN:]


def _about(found: CaseWorked) -> str:
    return f"case {found.case_id}"

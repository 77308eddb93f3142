"""A delivery on a page: what is to reach which system, what it said, and a person's word on it."""

from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from drawbar.engine.resolving import Answer, Resolution
from drawbar.freight.case import CaseKind
from drawbar.records.codec import decode_payload
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action
from drawbar.web.desks.form import unfilled
from drawbar.web.desks.rendering import render
from drawbar.web.desks.table import subject_link
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import Refusal, problem, unknown

STUCK = frozenset({CaseKind.DELIVERY_REJECTED.value, CaseKind.DELIVERY_UNSURE.value})
"""Kinds of case that are about a delivery which does not go on by itself."""

RESOLVABLE = frozenset({"rejected", "unsure", "dead", "ready"})
_SQL = statements("delivery_desk")
_COLUMNS = (
    *("delivery_id", "system", "lane", "stream_kind", "stream_ref", "business_key", "kind"),
    *("state", "document", "error", "attempts", "created_at", "due_at", "settled_at"),
    *("settled_by", "outcome_unknown", "payload"),
)


class DeliveryShown(Struct, frozen=True, kw_only=True):
    """A delivery with what it says. ``messages`` are the bytes of its attempts and answers."""

    delivery: dict[str, Any]
    says: Any
    messages: tuple[str, ...]
    why_not: str


def delivery_row(cursor: Rows, delivery_id: int) -> DeliveryShown | None:
    """Return a delivery, None where there is none."""
    row = cursor.execute(_SQL["delivery"], {"delivery_id": delivery_id}).fetchone()
    if row is None:
        return None
    values = dict(zip(_COLUMNS, row, strict=True))
    payload = decode_payload(bytes(values.pop("payload")))
    refs = cursor.execute(_SQL["messages_of_delivery"], {"delivery_id": delivery_id})
    return DeliveryShown(
        delivery=values,
        says=msgspec.to_builtins(payload),
        messages=tuple(ref for (ref,) in refs),
        why_not="" if values["state"] in RESOLVABLE else f"It is {values['state']}.",
    )


@get("/deliveries/{delivery_id:str}", **page(Scope.MONEY_READ))
def delivery(
    delivery_id: NamePath, caller: GivenCaller, reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show one delivery."""
    number, as_data = split(delivery_id)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = _found(cursor, number)
    if as_data:
        return Response(found)
    return render(
        "delivery.html",
        here="/deliveries",
        shown=found,
        said=msgspec.json.format(msgspec.json.encode(found.says), indent=2).decode(),
        link=subject_link,
        home_zone=settings.company.zone,
    )


def delivery_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page of a delivery and its form."""
    yield delivery
    path = "/deliveries/{delivery_id:str}/resolve"
    yield action(path, Scope.DELIVERY_RESOLVE, resolve, back="/deliveries")


def resolve(acting: Acting) -> Done:
    """Send a stuck delivery again, note that it was done, or leave it out."""
    form, number = acting.form, acting.path["delivery_id"]
    answer = form.needed("answer", "what is to happen")
    if answer not in {one.value for one in Answer}:
        raise unfilled(f"{answer} is no answer.")
    document = form.text("document")
    if (answer == Answer.IT_WAS_DONE.value) != bool(document):
        raise unfilled("Their number belongs to what was done there, and to nothing else.")
    with acting.reads.connection() as connection, connection.cursor() as cursor:
        found = _found(cursor, number)
    resolution = Resolution(
        delivery_id=found.delivery["delivery_id"],
        answer=Answer(answer),
        by=acting.caller.sender,
        why=form.reason(),
        document=document,
    )
    if not acting.engine.resolve(resolution):
        text = "It is on its way or settled already; look again."
        raise Refusal(problem(409, "wrong-state", text))
    says = {
        Answer.SEND_AGAIN: "is sent again",
        Answer.IT_WAS_DONE: f"was done, as {document}",
        Answer.SKIP: "is left out",
    }
    return Done(says=f"Delivery {number} {says[Answer(answer)]}.", back=f"/deliveries/{number}")


def _found(cursor: Rows, number: str) -> DeliveryShown:
    fits = number.isascii() and number.isdecimal() and len(number) < 18
    found = delivery_row(cursor, int(number)) if fits else None
    if found is None:
        raise unknown("delivery")
    return found

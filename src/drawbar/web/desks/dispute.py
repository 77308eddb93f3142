"""A dispute on a page: what is open, whose turn it is and until when, and every round."""

from typing import Any

from litestar import Response, get

from drawbar.flow.bill_objection import limit_told
from drawbar.flow.dispute_state import DisputeState
from drawbar.freight.dispute import Ending, RestCode
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.settlement.authority import Person
from drawbar.web.api.v1.dispute import dispute_v1
from drawbar.web.api.v1.disputes import (
    DisputeAnswerV1,
    DisputeSettlementV1,
    take_answer,
    take_settlement,
)
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.auth.visitor import PRESENT
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.rendering import render
from drawbar.web.desks.state_mark import words_of
from drawbar.web.desks.story_timeline import Shown, told_of
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown
from drawbar.web.settings import WebSettings

SAYS = {
    Ending.PAID: "It is paid as the carrier asks, and the dispute ends.",
    Ending.CREDITED: "The credit memo is noted.",
    Ending.WRITTEN_OFF: "It is written off: nobody pays it, and nobody waits for it.",
}


@get("/disputes/{dispute_ref:str}", **page(Scope.DISPUTE_READ))
def dispute_page(
    dispute_ref: NamePath, reads: GivenReads, settings: GivenSettings, show: Shown = ""
) -> Response[Any]:
    """Show one dispute."""
    ref, as_data = split(dispute_ref)
    key = StreamKey(StreamKind.DISPUTE, ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, key)
        if found is None or not isinstance(found.state, DisputeState):
            raise unknown("dispute")
        if as_data:
            return Response(dispute_v1(found.state))
        return render(
            "dispute.html",
            here="/disputes",
            dispute=dispute_v1(found.state),
            open_parts=[one for one in found.state.parts if one.is_open],
            codes=tuple((code.value, words_of(code.value)) for code in RestCode),
            limit=_limit(settings),
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            **told_of(cursor, key, show=show),
        )


def answer(acting: Acting) -> Done:
    """Answer a dispute with a figure for one line, or take what the carrier asks."""
    ref, form = acting.path["dispute_ref"], acting.form
    said: dict[str, object] = {
        "dispute_ref": ref,
        "turn": form.number("turn"),
        "words": form.reason(),
        "for_carrier": form.text("voice") == "carrier",
    }
    if form.text("accept"):
        said["accept"] = True
    else:
        currency = form.needed("currency")
        figures = [
            {
                "bill_ref": bill_ref,
                "line": int(line),
                "money": {
                    "amount": f"{form.money(name, currency, 'the amount').amount:f}",
                    "currency": currency,
                },
            }
            for name, bill_ref, line in _lines(form.fields)
        ]
        said["figures"] = figures
    told = body_of(DisputeAnswerV1, said)
    take_answer(told, acting.inbound(told))
    return Done(says="What was said is kept, and the other side has to answer.", back=_back(ref))


def settle(acting: Acting) -> Done:
    """End a dispute by payment, credit memo or write-off."""
    ref, form = acting.path["dispute_ref"], acting.form
    said: dict[str, object] = {
        "dispute_ref": ref,
        "turn": form.number("turn"),
        "how": form.needed("how", "how it ends"),
        "code": form.needed("code", "why, by its code"),
        "reason": form.reason(),
    }
    if form.text("amount") and said["how"] == Ending.CREDITED.value:
        currency = form.needed("currency")
        money = form.money("amount", currency, "the amount of the memo")
        said["money"] = {"amount": f"{money.amount:f}", "currency": currency}
    told = body_of(DisputeSettlementV1, said)
    take_settlement(told, acting.inbound(told))
    return Done(says=SAYS[told.how], back=_back(ref))


def _lines(fields: Any) -> list[tuple[str, str, str]]:
    """Return the fields of the form that are figures: "figure:B-1:3" is line 3 of B-1."""
    found = []
    for name in fields:
        if name.startswith("figure:") and fields[name].strip():
            bill_ref, _, line = name.removeprefix("figure:").rpartition(":")
            if line.isdecimal():
                found.append((name, bill_ref, line))
    return found


def _limit(settings: WebSettings) -> str:
    visitor = PRESENT.get()
    if visitor is None:
        return ""
    person = Person(name=visitor.caller.sender, role=visitor.caller.role.value)
    return limit_told(person, settings.company)


def _back(ref: str) -> str:
    return f"/disputes/{ref}"


_PATH = "/disputes/{dispute_ref:str}"
DISPUTE_PAGES = (
    dispute_page,
    action(
        f"{_PATH}/answer",
        Scope.DISPUTE_ANSWER,
        answer,
        verb="answer-dispute",
        back="/disputes",
    ),
    action(
        f"{_PATH}/settle",
        Scope.DISPUTE_CLOSE,
        settle,
        verb="settle-dispute",
        back="/disputes",
    ),
)
"""The page of a dispute and its forms."""

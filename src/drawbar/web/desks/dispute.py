"""A dispute on a page: what is open, whose turn it is and until when, and every round."""

from typing import Any

from litestar import Response, get

from drawbar.flow.company import Company
from drawbar.flow.dispute_state import DisputeState
from drawbar.freight.dispute import Ending
from drawbar.freight.stream import StreamKind
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
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.contest import Contest, amount_said, contest_page
from drawbar.web.desks.story_timeline import Shown
from drawbar.web.given import GivenReads, GivenSettings

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
    with reads.connection() as connection, connection.cursor() as cursor:
        return contest_page(DISPUTE, dispute_ref, cursor, settings, show=show)


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
        said["figures"] = [
            {
                "bill_ref": bill_ref,
                "line": int(line),
                "money": amount_said(form, name, "the amount"),
            }
            for name, bill_ref, line in _lines(form.fields)
        ]
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
        said["money"] = amount_said(form, "amount", "the amount of the memo")
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


def _back(ref: str) -> str:
    return f"/disputes/{ref}"


def _shows(state: DisputeState, _company: Company) -> dict[str, object]:
    return {"open_parts": [one for one in state.parts if one.is_open]}


DISPUTE = Contest(
    word="dispute",
    here="/disputes",
    kind=StreamKind.DISPUTE,
    state=DisputeState,
    says=dispute_v1,
    shows=_shows,
)
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

"""A claim on a page: what for, how it stands, what is due when, and the next step."""

from typing import Any

from litestar import Response, get
from msgspec import Struct

from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.freight.claim import ClaimStep, Paper
from drawbar.freight.dispute import Voice
from drawbar.freight.stream import StreamKind
from drawbar.settlement.claim import next_steps
from drawbar.web.api.v1.claim import claim_v1
from drawbar.web.api.v1.claims import ClaimStepV1, take_step
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.contest import Contest, amount_said, contest_page
from drawbar.web.desks.state_mark import words_of
from drawbar.web.desks.story_timeline import Shown
from drawbar.web.given import GivenReads, GivenSettings

_LABELS = {
    (ClaimStep.FILE, Voice.OURS): "File it with the carrier",
    (ClaimStep.ACKNOWLEDGE, Voice.CARRIER): "The carrier acknowledged it",
    (ClaimStep.OFFER, Voice.CARRIER): "The carrier offers",
    (ClaimStep.ACCEPT, Voice.OURS): "Accept the offer",
    (ClaimStep.ACCEPT, Voice.CARRIER): "The carrier accepts it in full",
    (ClaimStep.DECLINE, Voice.OURS): "Decline the offer and insist",
    (ClaimStep.DECLINE, Voice.CARRIER): "The carrier declines",
    (ClaimStep.CREDIT, Voice.CARRIER): "A credit memo came",
    (ClaimStep.PAY, Voice.CARRIER): "The carrier paid",
    (ClaimStep.WITHDRAW, Voice.OURS): "Withdraw it",
    (ClaimStep.WRITE_OFF, Voice.OURS): "Write off what is open",
}
_WITH_MONEY = frozenset({ClaimStep.FILE, ClaimStep.OFFER, ClaimStep.CREDIT, ClaimStep.PAY})
_WITH_CODE = frozenset({ClaimStep.WITHDRAW, ClaimStep.WRITE_OFF})


class NextStep(Struct, frozen=True, kw_only=True):
    """A step that may be taken now, as a form."""

    step: str
    voice: str
    label: str
    needs_money: bool
    needs_code: bool
    needs_papers: bool


@get("/claims/{claim_ref:str}", **page(Scope.CLAIM_READ))
def claim_page(
    claim_ref: NamePath, reads: GivenReads, settings: GivenSettings, show: Shown = ""
) -> Response[Any]:
    """Show one claim."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return contest_page(CLAIM, claim_ref, cursor, settings, show=show)


def take(acting: Acting) -> Done:
    """Take the next step of a claim."""
    ref, form = acting.path["claim_ref"], acting.form
    said: dict[str, object] = {
        "claim_ref": ref,
        "step": form.needed("step", "the step"),
        "words": form.reason(),
        "for_carrier": form.text("voice") == Voice.CARRIER.value,
        "papers": [
            {"paper": name.removeprefix("paper:"), "sha256": value.strip()}
            for name, value in form.fields.items()
            if name.startswith("paper:") and value.strip()
        ],
    }
    if form.text("amount"):
        said["money"] = amount_said(form, "amount", "the amount")
    if form.text("code"):
        said["code"] = form.text("code")
    told = body_of(ClaimStepV1, said)
    take_step(told, acting.inbound(told))
    return Done(says="The step is taken.", back=f"/claims/{ref}")


def _steps(state: ClaimState) -> tuple[NextStep, ...]:
    return tuple(
        NextStep(
            step=step.value,
            voice=voice.value,
            label=_LABELS[step, voice],
            needs_money=step in _WITH_MONEY,
            needs_code=step in _WITH_CODE,
            needs_papers=step is ClaimStep.FILE,
        )
        for step, voice in next_steps(state.standing)
    )


def _shows(state: ClaimState, company: Company) -> dict[str, object]:
    claimed = state.standing.claimed
    return {
        "steps": _steps(state),
        "papers": tuple((one.value, words_of(one.value)) for one in Paper),
        "currency": claimed.currency if claimed else company.currency,
    }


CLAIM = Contest(
    word="claim",
    here="/claims",
    kind=StreamKind.CLAIM,
    state=ClaimState,
    says=claim_v1,
    shows=_shows,
)
CLAIM_PAGES = (
    claim_page,
    action(
        "/claims/{claim_ref:str}/step",
        Scope.CLAIM_WORK,
        take,
        verb="step-claim",
        back="/claims",
    ),
)
"""The page of a claim and its forms."""

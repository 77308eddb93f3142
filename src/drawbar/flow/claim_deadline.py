"""What is due of a claim and when: filing it, then the carrier's word, decision and payment.

Each time is a row that comes true; the step that it waits for clears it.
"""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import structs

from drawbar.flow.claim_state import ClaimState
from drawbar.flow.claim_window import sue_by, terms_for, zone_of
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.contest import claim
from drawbar.flow.decision import NOTHING, Deadline, DeadlineCleared, Decision, joined
from drawbar.flow.notice import told
from drawbar.flow.problem import raised, settled
from drawbar.freight.case import CaseKind
from drawbar.freight.claim import ClaimDue, ClaimFound, ClaimKind, ClaimTerms
from drawbar.freight.delivery import TellCarrier, Topic
from drawbar.freight.dispute import Voice
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant, local_day
from drawbar.settlement.claim import ClaimStatus
from drawbar.settlement.window import day_begins, last_moment

OURS = Voice.OURS
NAMES = ("file", "acknowledge", "decide", "sue", "pay")  # stored
_AWAITS: Mapping[ClaimStatus, tuple[str, ...]] = {
    ClaimStatus.FOUND: ("file",),
    ClaimStatus.FILED: ("acknowledge", "decide", "sue"),
    ClaimStatus.ACKNOWLEDGED: ("decide", "sue"),
    ClaimStatus.OFFERED: ("sue",),
    ClaimStatus.DECLINED: ("sue",),
    ClaimStatus.ACCEPTED: ("pay",),
}
"""What is awaited of a claim that stands so."""
_OURS_NOW = frozenset({ClaimStatus.OFFERED, ClaimStatus.DECLINED})


def standing(state: ClaimState, fact: Fact, company: Company) -> Decision:
    """Return the claim with what is due of it now, who is told, and the cases that hold."""
    state = structs.replace(state, sue_by=sue_by(state, company))
    wanted = {
        name: _kept(name, state) or _due(name, state, fact, company)
        for name in _AWAITS.get(state.standing.status, ())
        if name != "sue" or state.sue_by
    }
    now = structs.replace(state, due=wanted, ended_at=fact.learned_at if state.is_ended else None)
    stream = claim(state.claim_ref)
    return joined(
        Decision(
            states={stream: now},
            deadlines=tuple(
                _deadline(now, name, at, fact)
                for name, at in wanted.items()
                if state.due.get(name) != at
            ),
            cleared=tuple(
                DeadlineCleared(stream=stream, name=name) for name in NAMES if name not in wanted
            ),
        ),
        _cases(now, fact),
        *(
            settled(CaseKind.CLAIM_SILENT, stream, "It went on.", item=name)
            for name in NAMES
            if name not in wanted
        ),
        _notice(now, company),
    )


def came_back(state: ClaimState, fact: Fact) -> Decision:
    """Return the claim after money came back by a payment of ours; at its end nothing is due."""
    stream = claim(state.claim_ref)
    if not state.is_ended:
        return Decision(states={stream: state})
    over = structs.replace(state, due={}, ended_at=fact.learned_at)
    return joined(
        Decision(
            states={stream: over},
            cleared=tuple(DeadlineCleared(stream=stream, name=name) for name in NAMES),
        ),
        settled(CaseKind.CARGO_CLAIM, stream, "The money is back."),
        settled(CaseKind.CLAIM_ANSWER, stream, "The money is back."),
        *(
            settled(CaseKind.CLAIM_SILENT, stream, "The money is back.", item=name)
            for name in NAMES
        ),
    )


def came_due(state: ClaimState, fact: ClaimDue, company: Company) -> Decision:
    """Give a claim of which nothing came in time to a person; it waits on."""
    if fact.what not in state.due:
        return NOTHING
    who, terms = state.carrier_ref, terms_for(state, company)
    texts = {
        "file": f"{state.claim_ref} must be filed by {state.file_by}, {_time_to_file(terms)}"
        " after the delivery, or it is lost.",
        "sue": f"A suit about {state.claim_ref} must begin by {state.sue_by}, or it is lost.",
        "acknowledge": f"{who} did not acknowledge {state.claim_ref} in time.",
        "decide": f"{who} neither paid, declined nor made an offer for {state.claim_ref} in time.",
        "pay": f"{who} accepted {state.claim_ref} and did not pay in time.",
    }
    remedies = {
        "file": "File it with its documents, or withdraw it.",
        "sue": "Settle it with the carrier, give it to a lawyer, or write it off.",
    }
    return raised(
        CaseKind.CLAIM_SILENT,
        claim(state.claim_ref),
        texts[fact.what],
        remedy=remedies.get(
            fact.what, "Ask the carrier, its insurer or a lawyer; or write it off."
        ),
        now=fact.learned_at,
        item=fact.what,
        money=state.standing.open,
    )


def _time_to_file(terms: ClaimTerms) -> str:
    if terms.file_days is not None:
        return f"{terms.file_days} days"
    return f"{terms.file_months} months"


def differs(state: ClaimState, fact: ClaimFound) -> Decision:
    """Tell a person that what a filed claim rests on has changed; nobody changes a filed claim."""
    return raised(
        CaseKind.CLAIM_ANSWER,
        claim(state.claim_ref),
        f"{state.claim_ref} was filed for {state.standing.claimed}; by what came since it is"
        f" {fact.money or 'nothing'}. {fact.text}",
        remedy="Tell the carrier, and withdraw it or let go of the difference.",
        now=fact.learned_at,
        item="differs",
        money=state.standing.open,
    )


def _kept(name: str, state: ClaimState) -> Instant | None:
    """Return a time that runs already; a refusal alone moves the one to sue."""
    return state.due.get(name) if name != "sue" else None


def _due(name: str, state: ClaimState, fact: Fact, company: Company) -> Instant:
    terms, zone = terms_for(state, company), zone_of(state, company)
    if name in {"file", "sue"}:
        last_on = state.file_by if name == "file" else state.sue_by
        last_on = last_on or local_day(fact.learned_at, zone)
        return day_begins(last_on - timedelta(days=terms.remind_days), zone)
    is_cargo = state.kind is ClaimKind.CARGO
    days = {
        "acknowledge": terms.acknowledge_days if is_cargo else terms.overcharge_acknowledge_days,
        "decide": terms.decide_days if is_cargo else terms.overcharge_decide_days,
        "pay": terms.pay_days,
    }
    return last_moment(fact.learned_at, days=days[name], zone=company.zone)


def _deadline(state: ClaimState, name: str, at: Instant, fact: Fact) -> Deadline:
    due = following(
        ClaimDue,
        fact,
        about=f"{state.claim_ref}:{name}",
        at=at,
        claim_ref=state.claim_ref,
        what=name,
    )
    return Deadline(stream=claim(state.claim_ref), name=name, due_at=at, fact=due)


def _cases(state: ClaimState, fact: Fact) -> Decision:
    stream, status = claim(state.claim_ref), state.standing.status
    if status is ClaimStatus.FOUND:
        return raised(
            CaseKind.CARGO_CLAIM,
            stream,
            state.text,
            remedy=f"File it with the carrier by {state.file_by}, beside its freight bill.",
            now=fact.learned_at,
            money=state.standing.claimed,
        )
    filed = settled(CaseKind.CARGO_CLAIM, stream, f"The claim is {status.value}.")
    if status not in _OURS_NOW:
        went_on = settled(CaseKind.CLAIM_ANSWER, stream, f"The claim is {status.value}.")
        return joined(filed, went_on)
    offered = state.standing.offered
    said = f"offers {offered} for" if offered else "declined"
    case = raised(
        CaseKind.CLAIM_ANSWER,
        stream,
        f"{state.carrier_ref} {said} {state.claim_ref}, of which {state.standing.open} is open.",
        remedy="Accept the offer, insist, or let the claim go.",
        now=fact.learned_at,
        money=state.standing.open,
    )
    return joined(filed, case)


def _written(state: ClaimState, company: Company) -> str:
    """Return what a claim must say in writing: whose it is, what for, who is liable, how much.

    49 CFR 370.3(b) for cargo, 378.4(a) for an overcharge.
    """
    claimed, who = state.standing.claimed, state.carrier_ref
    if state.kind is ClaimKind.CARGO:
        return f"{state.text} {company.name} holds {who} liable and claims {claimed}."
    return f"{state.text} {company.name} claims {claimed} back from {who}."


def _notice(state: ClaimState, company: Company) -> Decision:
    """Tell the carrier of a claim once, when it is filed."""
    if state.standing.status is not ClaimStatus.FILED or state.standing.recovered:
        return NOTHING
    is_cargo = state.kind is ClaimKind.CARGO
    payload = TellCarrier(
        topic=Topic.CARGO_CLAIM if is_cargo else Topic.OVERCHARGE_CLAIM,
        about=state.claim_ref,
        carrier_ref=state.carrier_ref,
        shipment_ref=state.shipment_ref,
        invoice_number=state.invoice_number,
        text=_written(state, company),
        money=state.standing.claimed,
        answer_by=state.due.get("decide"),
    )
    return told(
        payload,
        stream=claim(state.claim_ref),
        key=f"filed-{state.found_at.isoformat()}",
        company=company,
    )

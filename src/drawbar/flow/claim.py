"""A claim from what gave rise to it until the money is back or somebody lets it go.

It stands beside the freight bill, which is paid as it is owed.
"""

from typing import assert_never

from msgspec import structs

from drawbar.flow import claim_deadline as clock
from drawbar.flow import letting_go
from drawbar.flow.bill_state import BillState, state_of
from drawbar.flow.claim_books import booked
from drawbar.flow.claim_return import came_by_hand, credited, netted, refuse_memo
from drawbar.flow.claim_state import ClaimState, again, claim_of, said_as
from drawbar.flow.claim_watch import charge_of, is_of_tax, when_delivered
from drawbar.flow.claim_window import file_by, terms_for
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.contest import claim
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.dispute_watch import terms_of
from drawbar.flow.letting_go import Letting
from drawbar.flow.needs import bill, shipment
from drawbar.flow.word import BeyondLimit
from drawbar.freight.claim import (
    ClaimCredited,
    ClaimDue,
    ClaimFound,
    ClaimKind,
    ClaimNetted,
    ClaimOpened,
    ClaimSaid,
    ClaimStep,
    overcharge_ref_of,
)
from drawbar.freight.money import Money, total, zero
from drawbar.settlement.authority import Person
from drawbar.settlement.claim import (
    BeyondClaim,
    ClaimStanding,
    ClaimStatus,
    NotNow,
    PapersMissing,
    gives_up,
    lacking,
    stepped,
)
from drawbar.settlement.window import TooLate, within

ClaimFact = ClaimFound | ClaimSaid | ClaimNetted | ClaimCredited | ClaimDue | ClaimOpened


class UnknownClaim(ValueError):
    """Somebody speaks of a claim that there is not. Correct the reference."""


class NotClaimable(ValueError):
    """Nothing of this line can be claimed back, or not any more, or it is claimed already."""


Refused = (NotNow, BeyondClaim, PapersMissing, NotClaimable, BeyondLimit)
"""Why what somebody says of a claim is not done: it is noted there, and changes nothing."""


def decide(fact: ClaimFact, known: Known, company: Company) -> Decision:
    """Return what follows from ``fact``; what cannot be done any more is only noted."""
    try:
        return tried(fact, known, company)
    except Refused as error:
        stream = bill(fact.bill_ref) if isinstance(fact, ClaimOpened) else claim(fact.claim_ref)
        return Decision(notes=((stream, f"Not done with the claim: {error}"),))


def tried(fact: ClaimFact, known: Known, company: Company) -> Decision:
    """Return what follows from ``fact`` for its claim. Raise one of ``Refused``."""
    if isinstance(fact, ClaimOpened):
        return _opened(fact, known, company)
    state = claim_of(fact.claim_ref, known)
    if isinstance(fact, ClaimFound):
        return _found(state, fact, company)
    if isinstance(fact, ClaimCredited):
        return credited(state, fact, company)
    if state is None:
        raise UnknownClaim(f"no claim is called {fact.claim_ref}")
    match fact:
        case ClaimSaid():
            return _said(state, fact, known, company)
        case ClaimNetted():
            return netted(state, fact, company)
        case ClaimDue():
            return clock.came_due(state, fact, company)
        case _:
            assert_never(fact)


def objection(
    billed: BillState | None, fact: ClaimOpened, earlier: ClaimState | None, company: Company
) -> str:
    """Return why nothing can be claimed of a line, empty where it can."""
    if billed is None:
        return f"There is no freight bill {fact.bill_ref} under way."
    verdict = next((one for one in billed.verdicts if one.line.number == fact.line), None)
    if verdict is None:
        return f"Line {fact.line} of {fact.bill_ref} was not judged, or there is no such line."
    if earlier is not None and not earlier.is_ended:
        return f"It is claimed already, as {earlier.claim_ref}."
    conceded = billed.conceded.get(fact.line)
    paid = verdict.payable if conceded is None else verdict.payable + conceded
    if earlier is not None:
        paid = paid - (earlier.came_back or zero(paid.currency))
    if fact.money.currency != paid.currency or not 0 < fact.money.amount <= paid.amount:
        return f"{fact.money} is not a part of the {paid} that we pay for it."
    contract = terms_of(billed, company)
    days = contract.late_days if contract else None
    came = within(billed.received_at, fact.learned_at, days=days, zone=company.zone)
    return came.text if isinstance(came, TooLate) else ""


def _opened(fact: ClaimOpened, known: Known, company: Company) -> Decision:
    billed = state_of(fact.bill_ref, known)
    ref = overcharge_ref_of(fact.bill_ref, fact.line)
    against = objection(billed, fact, claim_of(ref, known), company)
    if against or billed is None:
        raise NotClaimable(against)
    contract = terms_of(billed, company)
    load = known.states.get(shipment(billed.shipment_ref))
    found = following(
        ClaimFound,
        fact,
        about=ref,
        claim_ref=ref,
        kind=ClaimKind.OVERCHARGE,
        shipment_ref=billed.shipment_ref,
        carrier_ref=billed.bill.carrier_ref,
        bill_ref=fact.bill_ref,
        invoice_number=billed.bill.invoice_number,
        line=fact.line,
        money=fact.money,
        charge_ref=charge_of(billed, fact.line),
        text=f"{billed.bill.invoice_number}, line {fact.line}: {fact.reason}",
        since_at=billed.received_at,
        **when_delivered(load, company),
        set_off_allowed=contract.set_off_allowed if contract else False,
        opened_by=fact.opened_by,
        of_tax=is_of_tax(billed, fact.line, load),
    )
    return Decision(follows=(found,))


def _found(state: ClaimState | None, fact: ClaimFound, company: Company) -> Decision:
    if state is None or state.is_ended:
        left = fact if state is None else _beyond(state, fact)
        return _new(state, left, company) if _is_claim(left) else NOTHING
    if state.standing.status is not ClaimStatus.FOUND:
        return clock.differs(state, fact) if fact.money != state.standing.claimed else NOTHING
    if not _is_claim(fact):
        over = stepped(state.standing, ClaimStep.WITHDRAW, voice=clock.OURS)
        gone = structs.replace(state, standing=over, osd=())
        return joined(clock.standing(gone, fact, company), _note(gone, fact.text))
    now = structs.replace(
        state,
        osd=fact.osd,
        text=fact.text,
        carrier_ref=fact.carrier_ref,
        standing=structs.replace(state.standing, claimed=fact.money),
    )
    return joined(clock.standing(now, fact, company), _note(now, fact.text))


def _is_claim(fact: ClaimFound) -> bool:
    return fact.money is not None or bool(fact.osd)


def _beyond(state: ClaimState, fact: ClaimFound) -> ClaimFound:
    """Return what is found beyond what an ended claim brought or let go of; a person says so."""
    settled = [one for one in (state.came_back, state.given_up) if one is not None]
    if fact.money is None or fact.opened_by or not settled:
        return fact
    left = fact.money - total(settled, currency=fact.money.currency)
    return structs.replace(fact, money=left) if left.amount > 0 else _nothing(fact)


def _nothing(fact: ClaimFound) -> ClaimFound:
    return structs.replace(fact, money=None, osd=())


def _new(before: ClaimState | None, fact: ClaimFound, company: Company) -> Decision:
    state = ClaimState(
        claim_ref=fact.claim_ref,
        kind=fact.kind,
        shipment_ref=fact.shipment_ref,
        carrier_ref=fact.carrier_ref,
        bill_ref=fact.bill_ref,
        invoice_number=fact.invoice_number,
        line=fact.line,
        osd=fact.osd,
        text=fact.text,
        since_at=fact.since_at,
        charge_ref=fact.charge_ref,
        zone=fact.zone,
        delivered_at=fact.delivered_at,
        found_at=fact.learned_at,
        set_off_allowed=fact.set_off_allowed,
        opened_by=fact.opened_by,
        of_tax=fact.of_tax,
        standing=ClaimStanding(claimed=fact.money),
    )
    state = again(before, state) if before else state
    state = structs.replace(state, file_by=file_by(state, company))
    if fact.kind is ClaimKind.OVERCHARGE:  # the bill is its document: it goes out by itself
        filed = stepped(state.standing, ClaimStep.FILE, voice=clock.OURS)
        state = structs.replace(state, standing=filed)
    return joined(clock.standing(state, fact, company), _note(state, fact.text))


def _said(state: ClaimState, fact: ClaimSaid, known: Known, company: Company) -> Decision:
    if fact.carrier_ref not in ("", state.carrier_ref):
        raise NotNow(f"{state.claim_ref} is a claim on {state.carrier_ref}")
    papers = tuple(dict.fromkeys((*state.papers, *fact.papers)))
    if fact.step is ClaimStep.FILE and state.kind is ClaimKind.CARGO:
        missing = lacking(
            frozenset(one.paper for one in papers), needed=terms_for(state, company).papers
        )
        if missing:
            raise PapersMissing(f"the claim lacks {', '.join(missing)}")
    refuse_memo(fact, company)
    standing = stepped(state.standing, fact.step, voice=fact.voice, money=fact.money)
    asked = _letting(state, fact)
    letting_go.refuse(asked, known, company)
    kept = structs.replace(
        state,
        standing=standing,
        papers=papers,
        said=(*state.said, said_as(fact)),
        let_go=asked.after(),
    )
    now, came = came_by_hand(kept, fact)
    now, entry = booked(state, now, fact, company, came=came)
    kept_too = letting_go.remembered(asked, known, company)
    return joined(clock.standing(now, fact, company), entry, kept_too, _note(now, _words(fact)))


def _letting(state: ClaimState, fact: ClaimSaid) -> Letting:
    """Return what somebody of ours lets go of by a step; the carrier's word lets go of nothing."""
    return Letting(
        about=state.claim_ref,
        carrier_ref=fact.carrier_ref,
        money=gives_up(state.standing, fact.step) if fact.voice is clock.OURS else None,
        person=Person(name=fact.said_by, role=fact.role),
        at=fact.learned_at,
        before=state.let_go,
    )


def nettable(state: ClaimState) -> Money | None:
    """Return what may be taken off the next payment: what is accepted, or set off by contract."""
    status = state.standing.status
    accepted = status is ClaimStatus.ACCEPTED
    by_contract = state.set_off_allowed and not state.is_ended and status is not ClaimStatus.FOUND
    return state.standing.open if accepted or by_contract else None


def _words(fact: ClaimSaid) -> str:
    step = fact.step.value.replace("_", " ")
    money = f" {fact.money}" if fact.money else ""
    code = f" ({fact.code.value.replace('_', ' ')})" if fact.code else ""
    words = f": {fact.words}" if fact.words else ""
    return f"{step.capitalize()}{money} by {fact.said_by}{words}{code}"


def _note(state: ClaimState, text: str) -> Decision:
    return Decision(notes=((claim(state.claim_ref), text),))

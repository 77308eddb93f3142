"""A payment run, from proposal to bank: agreed to by others than its proposer, sent once.

Bills and claims of a run are locked with it, so nothing is paid twice and nothing that changed.
"""

from typing import assert_never

from msgspec import structs

from drawbar.flow import payment_outcome, payment_release
from drawbar.flow.bill_state import BillState
from drawbar.flow.books import payment_run
from drawbar.flow.company import Company, PaidBy
from drawbar.flow.contest import claim
from drawbar.flow.decision import NOTHING, Decision, Known, Naming, joined
from drawbar.flow.needs import bill
from drawbar.flow.payment_open import Asked, proposal
from drawbar.flow.payment_state import RunState, RunStatus, Signature, run_among, run_of
from drawbar.freight.money import Money, total
from drawbar.freight.payment import (
    PaymentConfirmed,
    PaymentOrder,
    PaymentReturned,
    PaymentRunApproved,
    PaymentRunDropped,
    PaymentRunProposed,
    PaymentRunReleased,
)
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey
from drawbar.settlement.authority import Authority, Person, authority

RunFact = (
    PaymentRunProposed
    | PaymentRunApproved
    | PaymentRunReleased
    | PaymentRunDropped
    | PaymentConfirmed
    | PaymentReturned
)


def decide(fact: RunFact, known: Known, company: Company) -> Decision:
    """Return what follows from ``fact``; what cannot be done any more leaves a note."""
    if isinstance(fact, PaymentRunProposed):
        return _proposed(fact, known, company)
    state = run_among(known)
    if state is None:
        return NOTHING  # a bank tells of payments that are not ours, too
    match fact:
        case PaymentRunApproved():
            return _approved(state, fact, known, company)
        case PaymentRunReleased():
            return payment_release.released(state, fact, known, company)
        case PaymentRunDropped():
            return _dropped(state, fact, known)
        case PaymentConfirmed() | PaymentReturned():
            return payment_outcome.heard(state, fact, known, company)
        case _:
            assert_never(fact)


def approval_objection(state: RunState, person: Person, seen: tuple[Money, ...]) -> str:
    """Return why ``person`` may not agree to a run now, empty where they may."""
    if state.status is not RunStatus.PROPOSED:
        return f"It is {state.status.value}."
    if person.name == state.proposed_by:
        return "Whoever proposed a run does not approve it: another person does."
    if any(one.by == person.name for one in state.signatures):
        return "They agreed to it before; a second, other person is still needed."
    if tuple(sorted(seen)) != tuple(sorted(state.totals)):
        return f"It pays {_sums(state)}; they saw something else."
    return ""


def beyond_limit(state: RunState, person: Person, company: Company) -> Authority:
    """Return how far a person's word goes for a run."""
    return authority(
        total(state.totals[:1], currency=_currency(state, company)),
        person,
        before=state.totals[1:],
        limits=company.policy.payment_limits,
        currency=company.currency,
    )


def drop_objection(state: RunState) -> str:
    """Return why a run cannot be given up, empty where it can."""
    open_yet = (RunStatus.PROPOSED, RunStatus.APPROVED)
    return "" if state.status in open_yet else f"It is {state.status.value}."


def _currency(state: RunState, company: Company) -> str:
    return state.totals[0].currency if state.totals else company.currency


def _proposed(fact: PaymentRunProposed, known: Known, company: Company) -> Decision:
    if run_of(fact.run_ref, known) or company.policy.payments is not PaidBy.DRAWBAR:
        return NOTHING  # proposed before, or the ERP pays by its vouchers
    asked = Asked(run_ref=fact.run_ref, until=fact.until, pay_on=fact.pay_on, at=fact.learned_at)
    found = proposal(asked, known, company)
    state = RunState(
        run_ref=fact.run_ref,
        status=RunStatus.PROPOSED,
        until=fact.until,
        pay_on=fact.pay_on,
        proposed_by=fact.proposed_by,
        proposed_at=fact.learned_at,
        orders=found.orders,
        left_out=found.left_out,
    )
    stream = payment_run(fact.run_ref)
    note = f"{fact.proposed_by} proposes to pay {_sums(state)} until {fact.until}"
    return joined(
        Decision(
            states={stream: state} | _in_run(state, known, fact.run_ref),
            names=tuple(_names(state)),
            notes=((stream, note),),
        ),
    )


def _in_run(state: RunState, known: Known, run_ref: str) -> dict[StreamKey, BillState]:
    """Return the bills of a run, marked as paid by ``run_ref``, empty for none."""
    held = {}
    for ref in state.bill_refs:
        found = known.states[bill(ref)]
        assert isinstance(found, BillState)
        held[bill(ref)] = structs.replace(found, payment_run=run_ref)
    return held


def _names(state: RunState) -> list[Naming]:
    """Return the names under which a run and all that it pays are locked together."""
    stream = payment_run(state.run_ref)
    names = [_naming(state.run_ref, stream)]
    for order in state.orders:
        for one in (stream, *_streams(order)):
            names += [_naming(order.payment_ref, one), _naming(state.run_ref, one)]
    return list(dict.fromkeys(names))


def _streams(order: PaymentOrder) -> tuple[StreamKey, ...]:
    claims = (claim(one.claim_ref) for one in order.claims)
    return (*(bill(one.bill_ref) for one in order.bills), *claims)


def _naming(ref: str, stream: StreamKey) -> Naming:
    return Naming(key=ReferenceKey(ReferenceKind.PAYMENT, ref), stream=stream, spelled=ref)


def _approved(
    state: RunState, fact: PaymentRunApproved, known: Known, company: Company
) -> Decision:
    person = Person(name=fact.approved_by, role=fact.role)
    stream = payment_run(state.run_ref)
    against = approval_objection(state, person, fact.seen) or _resolved_it(state, person, known)
    may = beyond_limit(state, person, company)
    if may is Authority.BEYOND:
        against = against or f"{_sums(state)} is beyond what {person.name} may approve."
    if against:
        return Decision(notes=((stream, f"Not approved by {person.name}: {against}"),))
    signed = Signature(by=fact.approved_by, role=fact.role, at=fact.learned_at)
    now = structs.replace(state, signatures=(*state.signatures, signed))
    enough = may is Authority.ALONE or len(now.signatures) > 1
    if enough:
        now = structs.replace(now, status=RunStatus.APPROVED)
    rest = "" if enough else "; a second person is needed"
    note = f"{fact.approved_by} approves {_sums(state)}{rest}"
    return Decision(states={stream: now}, notes=((stream, note),))


def _resolved_it(state: RunState, person: Person, known: Known) -> str:
    """Return that somebody said of a bill which load it is for, and so may not pay it too."""
    for ref in state.bill_refs:
        found = known.states.get(bill(ref))
        if isinstance(found, BillState) and person.name in found.resolved_by:
            return f"They decided what {ref} is for; somebody else agrees to pay it."
    return ""


def _dropped(state: RunState, fact: PaymentRunDropped, known: Known) -> Decision:
    stream = payment_run(state.run_ref)
    against = drop_objection(state)
    if against:
        return Decision(notes=((stream, f"Not dropped: {against}"),))
    now = structs.replace(state, status=RunStatus.DROPPED, dropped_by=fact.dropped_by)
    note = f"Dropped by {fact.dropped_by} because {fact.reason}"
    states = {stream: now} | _in_run(state, known, "")
    return joined(
        Decision(states=states, notes=((stream, note),)),
        payment_release.no_longer_stopped(stream, note),
    )


def _sums(state: RunState) -> str:
    return " and ".join(map(str, state.totals)) or "nothing"

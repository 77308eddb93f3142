"""The last days of a claim: to file it, and to sue for it; by contract, else by the firm's policy.

Days are those of the place of delivery, where it is known.
"""

from datetime import date, timedelta

from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.freight.claim import ClaimKind, ClaimStep, ClaimTerms
from drawbar.freight.contract import Side
from drawbar.freight.dispute import Voice
from drawbar.freight.instant import local_day
from drawbar.settlement.window import months_after


def terms_for(state: ClaimState, company: Company) -> ClaimTerms:
    """Return the times of a claim: those of the carrier's newest contract then, else the policy."""
    since_on = local_day(state.since_at, zone_of(state, company))
    own = [
        one
        for one in company.contracts
        if one.party_ref == state.carrier_ref
        and one.side is Side.BUY
        and one.valid_from <= since_on
    ]
    newest = max(own, key=lambda one: (one.valid_from, one.version), default=None)
    return newest.claims if newest and newest.claims else company.policy.claims


def zone_of(state: ClaimState, company: Company) -> str:
    """Return where the days of a claim are counted."""
    return state.zone or company.zone


def file_by(state: ClaimState, company: Company) -> date | None:
    """Return the last day to file a cargo claim; an overcharge is filed as soon as it is found."""
    if state.kind is not ClaimKind.CARGO:
        return None
    terms = terms_for(state, company)
    delivered_on = local_day(state.since_at, zone_of(state, company))
    if terms.file_days is not None:
        return delivered_on + timedelta(days=terms.file_days)
    return months_after(delivered_on, terms.file_months)


def sue_by(state: ClaimState, company: Company) -> date | None:
    """Return the last day to begin a suit, None while none is known.

    For cargo it counts from the carrier's first refusal; an overcharge has one from the beginning.
    """
    terms, refused_on = terms_for(state, company), _refused_on(state, company)
    if state.kind is ClaimKind.CARGO:
        if refused_on is None:
            return None
        return months_after(refused_on, terms.sue_months) + timedelta(days=terms.sue_days)
    since_on = local_day(state.delivered_at or state.since_at, zone_of(state, company))
    last_on = months_after(since_on, terms.overcharge_sue_months)
    if refused_on is None:
        return last_on
    return max(last_on, months_after(refused_on, terms.overcharge_refused_months))


def _refused_on(state: ClaimState, company: Company) -> date | None:
    said = (
        one.said_at
        for one in state.said
        if one.step is ClaimStep.DECLINE and one.voice is Voice.CARRIER
    )
    first = next(said, None)
    return local_day(first, zone_of(state, company)) if first else None

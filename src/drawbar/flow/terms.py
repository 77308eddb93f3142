"""Changed terms reach a shipment: what is open is priced anew, what is settled is only listed.

A corrected fuel price or exchange rate reaches it the same way. A side that is settled keeps the
terms as they were known when it was; so no later event moves it.
"""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion, charged, concluded
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.reassessment import reassessed
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.flow.tally import Tally
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Side
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReviewed
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total, zero
from drawbar.freight.terms import CandidateKind, ClaimCandidate, TermsChanged
from drawbar.subledger.expected import open_amount

JUST_BEFORE = timedelta(microseconds=1)


class Change(Struct, frozen=True, kw_only=True):
    """New terms, or figures, as they reach one shipment; ``name`` is theirs alone.

    ``since`` is when they were known. A settled side that they leave as it is stays free of them,
    unless they ``bind_all``. What they change of an invoice is only listed, or with
    ``re_rates_invoices`` asked for, and proposed as a credit.
    """

    name: str
    company_version: int
    since: Instant
    said: str
    why: str
    bind_all: bool = False
    re_rates_invoices: bool = False


def changed(fact: TermsChanged, known: Known, company: Company) -> Decision:
    """Return what new terms lead to for one shipment; the same terms again change nothing."""
    state = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(state, ShipmentState):
        return NOTHING  # history was settled elsewhere
    # a clock that is behind the one of the apply must not hide the very terms that it brought
    fact = structs.replace(fact, learned_at=max(fact.learned_at, fact.happened_at))
    version = fact.company_version
    change = Change(
        name=str(version),
        company_version=version,
        since=fact.happened_at,
        said=_told(fact),
        why=f"company version {version} holds",
        bind_all=True,
    )
    return reached(state, change, fact, company)


def reached(state: ShipmentState, change: Change, fact: Fact, company: Company) -> Decision:
    """Return what a change leads to for a shipment: by what is known when ``fact`` was learned."""
    if state.cancelled_at:
        return NOTHING  # a TONU stands as it was granted
    seen = concluded(state, company)
    fresh = repriced(state, seen, fact, company)
    candidates = tuple(_new(differences(state, fresh, change, fact), state))
    listed = {one.candidate_ref: one.difference for one in candidates}
    held = structs.replace(_held(state, fresh, change), listed=state.listed | listed)
    stream = shipment(state.shipment_ref)
    if held == state and _same(state, fresh) and not state.open_bills:
        return NOTHING
    priced = reassessed(state, held, fact, company)
    return joined(
        Decision(
            notes=tuple((stream, text) for text in (change.said, *_texts(candidates))),
            candidates=candidates,
        ),
        priced,
        _judged_again(state, priced, change, fact),
    )


def _judged_again(state: ShipmentState, priced: Decision, change: Change, fact: Fact) -> Decision:
    """Let every open bill be judged anew: tolerances may have changed where no charge did."""
    asked = {one.bill_ref for one in priced.follows if isinstance(one, BillReviewed)}
    return Decision(
        follows=tuple(
            following(
                BillReviewed,
                fact,
                about=ref,
                bill_ref=ref,
                shipment_ref=state.shipment_ref,
                why=change.why,
            )
            for ref in state.open_bills
            if ref not in asked
        )
    )


def repriced(state: ShipmentState, seen: Conclusion, fact: Fact, company: Company) -> ShipmentState:
    """Return the shipment with the charges that the newest terms alone would give it."""
    unbound = structs.replace(state, cost_known_at=None, price_known_at=None)
    return charged(unbound, seen, company, known_at=fact.learned_at).state


class _Settled(Struct, frozen=True):
    """One side of a shipment's money: what is settled of which charges, before and by new terms."""

    side: Side
    party_ref: str
    settled: Tally
    before: tuple[AgreedCharge, ...]
    after: tuple[AgreedCharge, ...]
    documents: tuple[str, ...]


def differences(
    state: ShipmentState, fresh: ShipmentState, change: Change, fact: Fact
) -> Iterable[ClaimCandidate]:
    """Return what the new terms would change of what was approved, and of what was invoiced."""
    bills = tuple(dict.fromkeys(one.bill_ref for one in state.bills))
    cost = _Settled(Side.BUY, state.payee_ref, state.used, state.buy, fresh.buy, bills)
    payer, refs = state.order.customer_ref, state.invoice_refs
    price = _Settled(Side.SELL, payer, state.invoiced, state.sell, fresh.sell, refs)
    for one in (cost,) if change.re_rates_invoices else (cost, price):
        found = _difference(one, state.shipment_ref, change, fact)
        if found is not None:
            yield found


def _difference(
    one: _Settled, shipment_ref: str, change: Change, fact: Fact
) -> ClaimCandidate | None:
    if not one.settled or not one.after:
        return None
    moved = [part for ref in one.settled if (part := _moved(ref, one)) is not None]
    if not moved:
        return None
    currency = moved[0].settled.currency
    settled = total((part.settled for part in moved), currency=currency)
    corrected = total((part.corrected for part in moved), currency=currency)
    difference = corrected - settled
    if not difference.amount:
        return None
    why = (moved[0].charge or one.after[0]).why
    is_less = difference.amount < 0
    name = f"{why.contract_ref} version {why.contract_version}"
    return ClaimCandidate(
        candidate_ref=f"{shipment_ref}-{one.side.value}-{change.name}",
        kind=_KINDS[one.side, is_less],
        side=one.side,
        shipment_ref=shipment_ref,
        party_ref=one.party_ref,
        company_version=change.company_version,
        contract_ref=why.contract_ref,
        contract_version=why.contract_version,
        settled=settled,
        corrected=corrected,
        difference=-difference if is_less else difference,
        documents=one.documents,
        text=f"{name}: {'; '.join(part.text for part in moved)}.",
        found_at=fact.learned_at,
    )


_KINDS = {
    (Side.BUY, True): CandidateKind.OVERCHARGE,
    (Side.BUY, False): CandidateKind.UNDERCHARGE,
    (Side.SELL, True): CandidateKind.CREDIT,
    (Side.SELL, False): CandidateKind.UNBILLED,
}


class _Moved(Struct, frozen=True):
    settled: Money
    corrected: Money
    text: str
    charge: AgreedCharge | None


def _moved(ref: str, one: _Settled) -> _Moved | None:
    """Return a settled charge that new terms change.

    What tolerance let pass is neither claimed nor owed: a change counts from the nearer of what
    was settled and what was agreed.
    """
    settled = one.settled[ref]
    before = next((part for part in one.before if part.charge_ref == ref), None)
    after = next((part for part in one.after if part.charge_ref == ref), None)
    nothing = zero(settled.currency)
    agreed = before.charge.money if before else nothing
    now = after.charge.money if after else nothing
    if {settled.currency, agreed.currency, now.currency} != {settled.currency} or now == agreed:
        return None
    base = min(settled, agreed) if now < agreed else max(settled, agreed)
    if (now < agreed and base <= now) or (now > agreed and base >= now):
        return None
    return _Moved(base, now, f"{ref.replace('_', ' ')} {now} instead of {base}", after)


def _new(found: Iterable[ClaimCandidate], state: ShipmentState) -> Iterable[ClaimCandidate]:
    """Leave out what an earlier version led to in the same amount: it is listed already."""
    for one in found:
        same_side = f"{one.shipment_ref}-{one.side.value}-"
        earlier = [money for ref, money in state.listed.items() if ref.startswith(same_side)]
        if not earlier or earlier[-1] != one.difference:
            yield one


def _held(state: ShipmentState, fresh: ShipmentState, change: Change) -> ShipmentState:
    """Return the shipment with its settled sides bound to the terms of their time."""
    before = change.since - JUST_BEFORE
    if not cost_is_settled(state):
        state = structs.replace(state, released=_not_expected(state, fresh))
    elif change.bind_all or fresh.buy != state.buy:
        state = structs.replace(state, cost_known_at=state.cost_known_at or before)
    binds_price = change.bind_all or fresh.sell != state.sell
    if state.invoiced and not supplement(state) and binds_price and not change.re_rates_invoices:
        state = structs.replace(state, price_known_at=state.price_known_at or before)
    return state


def cost_is_settled(state: ShipmentState) -> bool:
    """Return whether every agreed charge was billed and decided, and nothing is contested."""
    if not state.used or state.open_bills or not state.buy:
        return False
    currency = state.buy[0].charge.money.currency
    left = open_amount(state.buy, used=state.used, released=state.released, currency=currency)
    return not left.amount


def _not_expected(state: ShipmentState, fresh: ShipmentState) -> dict[str, Money]:
    """Release what new terms add to what was paid: no bill is expected for it."""
    released = dict(state.released)
    agreed = {one.charge_ref: one.charge.money for one in state.buy}
    for one in fresh.buy:
        ref, now = one.charge_ref, one.charge.money
        if ref in state.used and ref in agreed and now.currency == agreed[ref].currency:
            more = now - max(agreed[ref], state.used[ref])
            if more.amount > 0:
                released[ref] = released.get(ref, zero(now.currency)) + more
    return released


def _same(state: ShipmentState, fresh: ShipmentState) -> bool:
    return state.buy == fresh.buy and state.sell == fresh.sell


def _told(fact: TermsChanged) -> str:
    said = ", ".join(fact.changes) or "the firm's policies"
    return f"Company version {fact.company_version} holds: {said}."


def _texts(candidates: Iterable[ClaimCandidate]) -> Iterable[str]:
    for one in candidates:
        yield f"Settled money stays; {one.kind.value} candidate of {one.difference}: {one.text}"

"""What a new version of the company folder would do to one load: decided, and never written.

The same pure functions as in the run, so that a plan and what follows an apply cannot disagree.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from drawbar.flow import approval
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.conclusion import charged, concluded
from drawbar.flow.decision import Decision, Known
from drawbar.flow.needs import bill, shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.flow.terms import changed
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.freight_bill import BillReviewed
from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKey
from drawbar.freight.terms import ClaimCandidate, TermsChanged


class Unpriced(Struct, frozen=True, kw_only=True):
    """A load that would have no price with a party, and why."""

    shipment_ref: str
    party_ref: str
    lane: str
    text: str
    remedy: str


class BillChange(Struct, frozen=True, kw_only=True):
    """An open bill that would be judged otherwise."""

    bill_ref: str
    shipment_ref: str
    status_before: str
    status_after: str
    payable_before: Money
    payable_after: Money


class Foreseen(Struct, frozen=True, kw_only=True):
    """What would change for one load. Amounts are None where nothing changes, or nothing was."""

    shipment_ref: str
    carrier_ref: str
    customer_ref: str
    lane: str
    cost_before: Money | None = None
    cost_after: Money | None = None
    accrual: Money | None = None
    invoice: Money | None = None
    unpriced: tuple[Unpriced, ...] = ()
    bills: tuple[BillChange, ...] = ()
    candidates: tuple[ClaimCandidate, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Return whether nothing would change."""
        amounts = (self.cost_after, self.accrual, self.invoice)
        return not (any(amounts) or self.unpriced or self.bills or self.candidates)


def foreseen(
    state: ShipmentState,
    bills: Mapping[str, BillState],
    fact: TermsChanged,
    *,
    before: Company,
    after: Company,
) -> Foreseen:
    """Return what ``fact`` would change for a load and its bills under the terms ``after``."""
    key = shipment(state.shipment_ref)
    decision = changed(fact, Known(states={key: state}), after)
    then = decision.states.get(key, state)
    assert isinstance(then, ShipmentState)
    lane = f"{state.order.pickup.place.label} - {state.order.delivery.place.label}"
    moved = state.buy != then.buy
    is_unrated = any(case.kind is CaseKind.UNRATED for case in decision.cases)
    return Foreseen(
        shipment_ref=state.shipment_ref,
        carrier_ref=state.payee_ref,
        customer_ref=state.order.customer_ref,
        lane=lane,
        cost_before=_sum(state.buy) if moved else None,
        cost_after=_sum(then.buy) if moved else None,
        accrual=_difference(state.cost.money, then.cost.money),
        invoice=_difference(_sum(supplement(state)), _sum(supplement(then))),
        unpriced=tuple(_unpriced(state, lane, before, after, fact)) if is_unrated else (),
        bills=tuple(_bills(decision, then, bills, after)),
        candidates=decision.candidates,
    )


def _unpriced(
    state: ShipmentState, lane: str, before: Company, after: Company, fact: TermsChanged
) -> Iterable[Unpriced]:
    """Return with whom the load would have no price any more; who has none now is no news."""
    at = fact.learned_at
    told = charged(state, concluded(state, after), after, known_at=at)
    if not told.unrated:
        return
    now = charged(state, concluded(state, before), before, known_at=at)
    already = {side for side, _ in now.unrated}
    for side, why in told.unrated:
        if side not in already:
            party = state.payee_ref if side.value == "buy" else state.order.customer_ref
            yield Unpriced(
                shipment_ref=state.shipment_ref,
                party_ref=party,
                lane=lane,
                text=why.text,
                remedy=why.remedy,
            )


def _bills(
    decision: Decision, then: ShipmentState, bills: Mapping[str, BillState], after: Company
) -> Iterable[BillChange]:
    states: dict[StreamKey, object] = {shipment(then.shipment_ref): then}
    for review in decision.follows:
        state = bills.get(review.bill_ref) if isinstance(review, BillReviewed) else None
        if state is None or not isinstance(review, BillReviewed):
            continue
        known = Known(states={**states, bill(review.bill_ref): state})
        judged = approval.reviewed(state, review, known, after)
        states |= {key: one for key, one in judged.states.items() if key in states}
        again = judged.states.get(bill(review.bill_ref), state)
        assert isinstance(again, BillState)
        if (again.status, again.payable) != (state.status, state.payable):
            yield BillChange(
                bill_ref=review.bill_ref,
                shipment_ref=then.shipment_ref,
                status_before=state.status.value,
                status_after=again.status.value,
                payable_before=state.payable,
                payable_after=again.payable,
            )


def _sum(charges: tuple[AgreedCharge, ...]) -> Money | None:
    if not charges:
        return None
    currency = charges[0].charge.money.currency
    alike = (one.charge.money for one in charges if one.charge.money.currency == currency)
    return total(alike, currency=currency)


def _difference(before: Money | None, after: Money | None) -> Money | None:
    """Return what is more by now, None where nothing is; another currency counts by itself."""
    if before == after:
        return None
    if before is None:
        return after
    if after is None:
        return -before
    return after - before if before.currency == after.currency else after

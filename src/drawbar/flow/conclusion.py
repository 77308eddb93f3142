"""What a shipment's reports and proofs come to: picked up, delivered, possible, proven, priced."""

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from msgspec import Struct, structs

from drawbar.billing.readiness import Proof, Standing
from drawbar.flow import pricing, spot
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.accessorial import Evidence
from drawbar.freight.billing_terms import PaperKind
from drawbar.freight.contract import Side
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.movement import Movement
from drawbar.freight.party import PodRule
from drawbar.freight.visit import Visit
from drawbar.milestones import pod
from drawbar.milestones.account import Account
from drawbar.milestones.sequence import InOrder, SequenceInvalid, TimeInconsistent, sequence
from drawbar.milestones.status import Status, status
from drawbar.milestones.visits import visits
from drawbar.rating.denied import Denied
from drawbar.rating.shipment import Rated
from drawbar.rating.unrated import Unrated


class Conclusion(Struct, frozen=True, kw_only=True):
    """What is true of a shipment by all that was reported so far."""

    account: Account
    visits: tuple[Visit, ...]
    status: Status
    order_of_events: InOrder | SequenceInvalid | TimeInconsistent
    proof: pod.PodVerdict

    @property
    def picked_up(self) -> bool:
        """Return whether the freight has left its pickup, or must have."""
        gone = (K.DEPARTED_PICKUP, K.IN_TRANSIT, K.ARRIVED_DELIVERY, K.DELIVERED, K.REFUSED)
        return self.account.first(*gone) is not None

    @property
    def departed_at(self) -> Instant | None:
        """Return when the freight left its first pickup, or was first seen beyond it."""
        gone = (K.DEPARTED_PICKUP, K.IN_TRANSIT, K.ARRIVED_DELIVERY, K.DELIVERED)
        seen = self.account.first(*gone)
        return seen.happened_at if seen else None

    @property
    def delivered(self) -> bool:
        """Return whether every delivery was made."""
        return self.status is Status.DELIVERED

    @property
    def contradiction(self) -> str:
        """Return why what was reported cannot all be true, empty while it can."""
        return "" if isinstance(self.order_of_events, InOrder) else self.order_of_events.text

    @property
    def delivered_at(self) -> Instant | None:
        """Return when the last delivery was made."""
        made = [one.happened_at for one in self.account.actuals if one.kind is K.DELIVERED]
        return max(made, default=None) if self.delivered else None


def concluded(state: ShipmentState, company: Company) -> Conclusion:
    """Return the conclusions from all reports and proofs of a shipment."""
    stops = state.order.stops
    account = pricing.account_of(state, company)
    payer = company.customers.get(state.order.customer_ref)
    return Conclusion(
        account=account,
        visits=visits(account, stops=stops),
        status=status(account, stops=stops),
        order_of_events=sequence(account, stops=stops),
        proof=pod.judge(
            state.counted_pods(company.carriers),
            rule=payer.pod if payer else PodRule(),
            pieces_shipped=state.order.pieces,
        ),
    )


class Charged(Struct, frozen=True, kw_only=True):
    """A shipment with its charges; why it has none; why a stop has no detention."""

    state: ShipmentState
    unrated: tuple[tuple[Side, Unrated], ...] = ()
    denied: tuple[Denied, ...] = ()


def charged(
    state: ShipmentState, seen: Conclusion, company: Company, *, known_at: Instant
) -> Charged:
    """Return the shipment with what it costs and earns now."""
    if state.cancelled_at:
        kept = pricing.with_approved(state, state.cancel_charges, company, known_at=known_at)
        fixed = structs.replace(state, buy=kept, sell=state.cancel_revenue)
        return Charged(state=fixed)
    driven = pricing.as_driven(state, company, seen.visits)
    unrated: list[tuple[Side, Unrated]] = []
    denied: tuple[Denied, ...] = ()
    if state.carrier_ref:
        bound = state.cost_known_at or known_at
        cost = spot.cost(state, seen.visits, company, known_at=bound) or pricing.charges_of(
            driven, state.carrier_ref, Side.BUY, company, known_at=bound
        )
        if isinstance(cost, Rated):
            state, denied = structs.replace(state, buy=cost.charges), cost.denied
        else:
            unrated.append((Side.BUY, cost))
    price = _sold(state, seen, driven, company, known_at=state.price_known_at or known_at)
    if isinstance(price, Rated):
        state = structs.replace(state, sell=price.charges)
    else:
        unrated.append((Side.SELL, price))
    return Charged(state=state, unrated=tuple(unrated), denied=denied)


def _sold(
    state: ShipmentState, seen: Conclusion, driven: Movement, company: Company, *, known_at: Instant
) -> Rated | Unrated:
    today = local_day(known_at, company.zone) if seen.delivered else None
    billed_on = state.first_invoiced_on or today
    sold = structs.replace(driven, approvals=(), costs=state.buy, invoiced_on=billed_on)
    payer = state.order.customer_ref
    return pricing.charges_of(sold, payer, Side.SELL, company, known_at=known_at)


def standing(state: ShipmentState, seen: Conclusion, company: Company) -> Standing:
    """Return the shipment in the words of billing. A truck not used needs no delivery."""
    names = frozenset(one.kind for one in state.order.references)
    borne = bool(cost_centres_of(state, company))
    if state.cancelled_at:
        return Standing(
            delivered=True,
            proof=Proof.COMPLETE,
            references=names,
            has_cost_centre=borne,
            cancelled=True,
        )
    lacks = seen.proof.missing if isinstance(seen.proof, pod.PodIncomplete) else ()
    return Standing(
        delivered=seen.delivered,
        proof=_proof(seen.proof),
        proof_lacks=lacks,
        sequence_ok=isinstance(seen.order_of_events, InOrder),
        delivered_at=seen.delivered_at,
        papers=_on_file(state),
        references=names,
        has_cost_centre=borne,
        contested=contested_costs(state),
    )


def _on_file(state: ShipmentState) -> frozenset[PaperKind]:
    """Return the papers that are filed, also those that came as evidence for a charge."""
    evidence = {one.evidence for one in state.proofs}
    weighed = state.certificates or Evidence.CERTIFICATE in evidence
    return frozenset(one.kind for one in state.papers).union(
        {PaperKind.RECEIPT} if Evidence.RECEIPT in evidence else (),
        {PaperKind.WEIGHT_CERTIFICATE} if weighed else (),
    )


def cost_centres_of(state: ShipmentState, company: Company) -> Mapping[str, Decimal]:
    """Return who bears a load, by weight: as its order says, its customer, or the firm's policy."""
    payer = company.customers.get(state.order.customer_ref)
    of_customer = payer.cost_centres if payer else {}
    return state.order.cost_centres or of_customer or company.policy.cost_centres


def contested_costs(state: ShipmentState) -> tuple[str, ...]:
    """Return the carrier's charges that an open bill asks for and nobody approved in full yet."""
    if not state.open_bills:
        return ()
    used = ((one, state.used.get(one.charge_ref)) for one in state.buy)
    return tuple(
        one.charge_ref
        for one, money in used
        if money is None or money.amount < one.charge.money.amount
    )


def _proof(verdict: pod.PodVerdict) -> Proof:
    match verdict:
        case pod.PodMissing():
            return Proof.MISSING
        case pod.PodIncomplete():
            return Proof.INCOMPLETE
        case pod.PodComplete():
            return Proof.COMPLETE
        case pod.PodShort():
            return Proof.SHORT
        case pod.PodOver():
            return Proof.OVER
        case _:
            assert_never(verdict)

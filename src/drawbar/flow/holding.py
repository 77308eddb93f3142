"""A load that a dispatcher stops and lets go on, also because the ERP's change is refused.

While it is on hold nobody is asked to take it; who has it keeps it, and is owed nothing for that.
"""

from msgspec import structs

from drawbar.dispatch.calling_off import call_off
from drawbar.dispatch.ending import Withdrawn, withdraw
from drawbar.dispatch.hold import Hold, held, lifted
from drawbar.dispatch.waterfall import Offer, Waterfall
from drawbar.flow import planning
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import order, shipment
from drawbar.flow.order_state import OrderStatus, state_of
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.order import ChangeRefused
from drawbar.freight.tender import HoldLifted, LoadHeld, TenderExpired


def stopped(fact: LoadHeld, load: ShipmentState, company: Company) -> Decision:
    """Return the load on hold; carriers that only think about it are told not to."""
    hold = Hold(by=fact.held_by, because=fact.reason, since=fact.happened_at)
    ref = load.shipment_ref
    words = f"{fact.held_by} put {ref} on hold because {fact.reason}"
    case = raised(
        CaseKind.LOAD_ON_HOLD,
        shipment(ref),
        f"{words}. No carrier is asked meanwhile.",
        remedy="Let it go on, or cancel the order.",
        now=fact.learned_at,
    )
    return _on_hold(load, hold, words, case, fact, company)


def change_refused(fact: ChangeRefused, known: Known, company: Company) -> Decision:
    """Return the load on hold until the ERP says something else, and who has to get it to.

    What the ERP said stays in force here too: two truths about one order would be worse.
    """
    placed = state_of(fact.order_ref, known)
    if placed is None:
        raise UnknownOrder(f"no order is called {fact.order_ref}; refuse a change of one that is")
    load = known.states.get(shipment(shipment_ref_of(fact.order_ref)))
    gone = placed.status is OrderStatus.CANCELLED or placed.order.revision > fact.revision
    if gone or not isinstance(load, ShipmentState):
        return NOTHING  # another revision, or its end, came since
    words = f"{fact.refused_by} refused revision {fact.revision} because {fact.reason}"
    case = raised(
        CaseKind.CHANGE_REFUSED,
        order(fact.order_ref),
        f"{words}. The load stops until the ERP says something else.",
        remedy="Agree with the customer, then send another revision or cancel in the ERP.",
        now=fact.learned_at,
    )
    hold = Hold(by=fact.refused_by, because=words, since=fact.happened_at, revision=fact.revision)
    return _on_hold(load, hold, words, case, fact, company)


class UnknownOrder(ValueError):
    """A person speaks of an order that does not exist. Correct the reference."""


def _on_hold(
    load: ShipmentState, hold: Hold, words: str, case: Decision, fact: Fact, company: Company
) -> Decision:
    now = held(load.holding, hold)
    stream = shipment(load.shipment_ref)
    if now == load.holding or load.cancelled_at or load.delivered:
        return Decision(notes=((stream, f"{words}, but that was over already"),))
    waterfall, told = _not_asked_any_more(load, f"on hold: {hold.because}", fact, company)
    kept = structs.replace(load, holding=now, waterfall=waterfall)
    return joined(Decision(states={stream: kept}, notes=((stream, words),)), told, case)


def _not_asked_any_more(
    load: ShipmentState, reason: str, fact: Fact, company: Company
) -> tuple[Waterfall, Decision]:
    """Take back what was asked of carriers that have planned nothing yet."""
    waterfall, back = load.waterfall, list[Offer]()
    for offer in load.waterfall.open_offers:
        outcome = withdraw(waterfall, offer.tender_ref, reason=reason)
        if isinstance(outcome, Withdrawn) and not offer.committed:
            waterfall = outcome.waterfall
            back.append(offer)
    over = call_off(waterfall, *back)
    told = planning.called_off(load, over.offers, fact, company)
    return over.waterfall, joined(told, planning.no_longer_due(load, *back))


def let_go(fact: HoldLifted, load: ShipmentState, company: Company) -> Decision:
    """Return the load as it goes on: the next carrier is asked where none has it."""
    now = lifted(load.holding, at=fact.happened_at)
    going = structs.replace(load, holding=now)
    stream = shipment(load.shipment_ref)
    noted = Decision(states={stream: going}, notes=((stream, _let_go_by(fact)),))
    if load.holding.hold is None or now.hold is not None:
        return noted
    return joined(noted, over(load, _let_go_by(fact)), _onward(going, fact, company))


def over(load: ShipmentState, because: str) -> Decision:
    """Return the cases of a hold as settled."""
    return joined(
        settled(CaseKind.LOAD_ON_HOLD, shipment(load.shipment_ref), f"{because}."),
        settled(CaseKind.CHANGE_REFUSED, order(load.order.order_ref), f"{because}."),
    )


def revised(load: ShipmentState, revision: int, fact: Fact) -> tuple[ShipmentState, Decision]:
    """Return the load without a hold that only refused an earlier revision than this."""
    hold = load.holding.hold
    if hold is None or not 0 < hold.revision < revision:
        return load, NOTHING
    going = structs.replace(load, holding=lifted(load.holding, at=fact.learned_at))
    return going, over(load, f"Revision {revision} came since")


def _onward(going: ShipmentState, fact: Fact, company: Company) -> Decision:
    if going.cancelled_at or not going.stocked:
        return NOTHING
    unanswered = [one for one in going.waterfall.open_offers if one.answer_by <= fact.learned_at]
    if unanswered:
        return Decision(follows=tuple(_expired(going, one, fact) for one in unanswered))
    return planning.offered(going, fact, company)


def _expired(going: ShipmentState, offer: Offer, fact: Fact) -> TenderExpired:
    """Return the end of a time to answer that ran out while the load was on hold."""
    ref = offer.tender_ref
    return following(
        TenderExpired, fact, about=ref, shipment_ref=going.shipment_ref, tender_ref=ref
    )


def _let_go_by(fact: HoldLifted) -> str:
    return f"{fact.lifted_by} let it go on because {fact.reason}"

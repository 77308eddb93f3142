"""A truck that is due and not heard of: somebody calls its carrier, once for each silence.

The moment follows from what was reported, so it is the same for every order in which that came in.
"""

from datetime import timedelta

from msgspec import structs

from drawbar.dispatch.waterfall import OfferState
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion, concluded
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Deadline, DeadlineCleared, Decision, Known, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised
from drawbar.flow.shipment_state import Flag, ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import TruckSilent
from drawbar.milestones.silence import Patience, last_heard_at, next_stop, word_due_at
from drawbar.milestones.status import Status

DEADLINE = "silence"  # stored
REMEDY = "Call the carrier or its driver, and record what they say as an event by hand."
_THERE = frozenset({Status.DELIVERED, Status.REFUSED})


def listened(
    load: ShipmentState, seen: Conclusion, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    """Return the load with the time by which it must be heard of, and the deadline that says so."""
    due = expected(load, seen, company)
    silent_at = _still_silent(load, due, fact)
    kept = structs.replace(load, word_due_at=due, silent_at=silent_at)
    if due == load.word_due_at or (due is not None and silent_at):
        return kept, NOTHING
    stream = shipment(load.shipment_ref)
    if due is None:
        return kept, Decision(cleared=(DeadlineCleared(stream=stream, name=DEADLINE),))
    return kept, _deadline(load, due, fact)


def expected(load: ShipmentState, seen: Conclusion, company: Company) -> Instant | None:
    """Return by when somebody must have been heard of the truck; None while none is driving."""
    policy = company.policy
    if policy.silent_after_hours <= 0 or load.waterfall.committed is None or load.cancelled_at:
        return None
    driven = load.as_driven
    known = seen if driven is load else concluded(driven, company)
    if known.status in _THERE:
        return None
    return word_due_at(
        known.account,
        stops=load.order.stops,
        heard_at=heard_at(driven, company),
        patience=Patience(
            on_the_way=timedelta(hours=policy.silent_after_hours),
            at_the_end=timedelta(hours=policy.silent_at_end_after_hours),
        ),
    )


def heard_at(driven: ShipmentState, company: Company) -> Instant:
    """Return when somebody was last heard of the load; its carrier's acceptance is the first."""
    reported = last_heard_at(driven.counted_log(company.carriers), stops=driven.order.stops)
    proofs = (min(p.happened_at, p.learned_at) for p in driven.counted_pods(company.carriers))
    words = (_accepted_at(driven), driven.driver_dispatched_at, reported, *proofs)
    return max(word for word in words if word is not None)


def fell(fact: TruckSilent, known: Known, company: Company) -> Decision:
    """Return the case of a truck that fell silent; nothing where it was heard of since."""
    load = known.states.get(shipment(fact.shipment_ref))
    if not isinstance(load, ShipmentState):
        return NOTHING
    seen = concluded(load, company)
    due = expected(load, seen, company)
    if due is None or load.silent_at:
        return NOTHING
    if due > fact.learned_at:
        return _later(load, due, fact)
    flags = {*load.flags, Flag(CaseKind.SILENT_TRUCK, "")}
    kept = structs.replace(
        load, word_due_at=due, silent_at=fact.learned_at, flags=tuple(sorted(flags))
    )
    case = raised(
        CaseKind.SILENT_TRUCK,
        shipment(load.shipment_ref),
        words(load, seen, company),
        remedy=REMEDY,
        now=fact.learned_at,
    )
    return joined(Decision(states={shipment(load.shipment_ref): kept}), case)


def words(load: ShipmentState, seen: Conclusion, company: Company) -> str:
    """Return what is known of a silent truck: who drives it, since when, and where it is due."""
    driven, driver = load.as_driven, load.waterfall.committed
    assert driver is not None
    account = seen.account if driven is load else concluded(driven, company).account
    stop = next_stop(account, stops=load.order.stops)
    where = f"{stop.purpose.value} at stop {stop.number}, {stop.place.label}"
    since = f"{heard_at(driven, company):%Y-%m-%d %H:%M} UTC"
    return (
        f"Nothing was heard of {load.shipment_ref} with {driver.carrier_ref} since {since};"
        f" it is due for {where}."
    )


def _still_silent(load: ShipmentState, due: Instant | None, fact: Fact) -> Instant | None:
    """Return the last moment at which the truck was silent; None once it was heard of again."""
    if load.silent_at is None or due is None:
        return None
    now = max(load.silent_at, fact.learned_at)
    return now if due <= now else None


def _later(load: ShipmentState, due: Instant, fact: TruckSilent) -> Decision:
    """Wait on where the firm has become more patient since the deadline was set."""
    if due == load.word_due_at:
        return NOTHING
    kept = structs.replace(load, word_due_at=due)
    return joined(Decision(states={shipment(load.shipment_ref): kept}), _deadline(load, due, fact))


def _deadline(load: ShipmentState, due: Instant, fact: Fact) -> Decision:
    ref = load.shipment_ref
    silent = following(TruckSilent, fact, about=ref, at=due, shipment_ref=ref)
    deadline = Deadline(stream=shipment(ref), name=DEADLINE, due_at=due, fact=silent)
    return Decision(deadlines=(deadline,))


def _accepted_at(driven: ShipmentState) -> Instant:
    """Return when the carrier last said that it takes the load, in whichever version."""
    driver = driven.waterfall.committed
    assert driver is not None
    said = (
        offer.answered_at
        for offer in driven.waterfall.offers
        if offer.carrier_ref == driver.carrier_ref and offer.state is not OfferState.DECLINED
    )
    return max((at for at in said if at is not None), default=driver.offered_at)

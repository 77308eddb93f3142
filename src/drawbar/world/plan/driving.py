"""What becomes of an accepted load: the truth, and everything that is said about it."""

from msgspec import structs

from drawbar.freight.charge import ChargeKind as C
from drawbar.world.plan.agreement import Agreement
from drawbar.world.plan.billing import bills, case_of
from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.guide import guide_of, reason, reply
from drawbar.world.plan.journey import Journey, happened, journey, route_at
from drawbar.world.plan.kind import Incident, Kind
from drawbar.world.plan.owed import Visit, end_of, owed, tonu_cents, total
from drawbar.world.plan.proof import proofs
from drawbar.world.plan.report import SILENT_FOR, reports
from drawbar.world.plan.shape import Acceptance, Drive, Json, OrderPlan, Plan, Saying
from drawbar.world.truth import LoadTruth, Owed

BILLED_THOUGH_CANCELLED = frozenset(
    {Kind.TONU_JUSTIFIED.value, Kind.TONU_UNJUSTIFIED.value, Kind.CANCELLED_LOAD_BILLED.value}
)

SLOW_TO_AGREE = 8 * 60
"""After how many minutes a carrier agrees by itself to what was changed under its hands."""


def behaviour_of(plan: Plan, order: OrderPlan, carrier: str) -> Json:
    """Return how a carrier answers the tender of an order, as its desk is told."""
    serial = int(order.number.removeprefix("SO-"))
    pro = CARRIERS[carrier].pro_of(serial)
    if order.quick:
        return _quick_answer(order, carrier, pro)
    said = reply(plan.asked.seed, order.number, carrier, order.route[0].metro)
    return {
        "answer": said.answer,
        "after_minutes": said.after_minutes,
        "reason": said.reason,
        "pro": pro,
    }


def drive(plan: Plan, order: OrderPlan, acceptance: Acceptance) -> Drive:
    """Return what really happens to a load, and what each mouth says of it, by instant.

    Where a change of the order is still to come nothing is said: the carrier will be asked again,
    and what it says follows from its later acceptance.
    """
    if order.cancelled_at is not None:
        return _cancelled(plan, order, acceptance)
    done = journey(plan, order, acceptance)
    due = (*_owed(plan, acceptance, done.visits), *_approved(plan, order))
    revenue = total(owed(_sells(plan, order), done.visits))
    truth = _truth(order, acceptance, done, due, revenue)
    if any(one.at > acceptance.at and one.what != "note" for one in order.revisions):
        return Drive(truth=truth, sayings=())
    sayings: tuple[Saying, ...] = tuple(reports(plan, order, acceptance, done))
    case = case_of(plan, order, acceptance, done, due)
    paper = (*proofs(plan, order, acceptance, done), *bills(case))
    if order.noise == Incident.SILENT_TRUCK.value:
        paper = tuple(structs.replace(one, at=one.at + SILENT_FOR) for one in paper)
    sayings += paper
    return Drive(truth=truth, sayings=_in_order(sayings))


def _quick_answer(order: OrderPlan, carrier: str, pro: str) -> Json:
    """Return an answer within a minute; who declined takes the load when asked by hand."""
    behaviour: Json = {"answer": "accept", "after_minutes": 1, "reason": "", "pro": pro}
    guide = guide_of(order.route[0].metro)
    declining = guide if order.noise == Incident.DECLINED_BY_ALL.value else ()
    if order.revisions:  # nobody steps in while the first is asked to agree to the change
        behaviour["again"] = {"answer": "accept", "after_minutes": SLOW_TO_AGREE}
        declining = guide[1:]
    if carrier in declining:
        behaviour |= {"answer": "decline", "reason": reason(carrier, "CPT")}
        behaviour["again"] = {"answer": "accept", "after_minutes": 1}
    return behaviour


def _owed(plan: Plan, acceptance: Acceptance, visits: tuple[Visit, ...]) -> tuple[Owed, ...]:
    carrier = next(one for one in plan.carriers if one.ref == acceptance.carrier)
    return owed(carrier.agreement, visits)


def _approved(plan: Plan, order: OrderPlan) -> tuple[Owed, ...]:
    """Return what people approved on top of the agreement."""
    if order.lot != Kind.APPROVED_EXCEPTION.value:
        return ()
    cents = Dice(plan.asked.seed, "lumper", order.number).between(28, 52) * 500
    return (Owed(code=C.LUMPER.value, cents=cents, clause="approved"),)


def _sells(plan: Plan, order: OrderPlan) -> Agreement:
    return next(one.sells for one in plan.customers if one.ref == order.customer)


def _cancelled(plan: Plan, order: OrderPlan, acceptance: Acceptance) -> Drive:
    """Return a load that nobody drove: at most a truck that came for nothing is owed."""
    assert order.cancelled_at is not None
    due_at, at = route_at(order, order.cancelled_at)[0].due_at, order.cancelled_at
    carrier = next(one for one in plan.carriers if one.ref == acceptance.carrier)
    cents = tonu_cents(carrier.agreement, due_at=due_at, cancelled_at=at)
    clause = carrier.agreement.tonu.clause
    due = (Owed(code=C.TONU.value, cents=cents, clause=clause),) if cents else ()
    revenue = tonu_cents(_sells(plan, order), due_at=due_at, cancelled_at=at)
    done = Journey(visits=_as_planned(order))
    sayings: tuple[Saying, ...] = ()
    if order.lot in BILLED_THOUGH_CANCELLED:
        sayings = tuple(bills(case_of(plan, order, acceptance, done, due)))
    nothing = Journey(visits=())
    return Drive(truth=_truth(order, acceptance, nothing, due, revenue), sayings=_in_order(sayings))


def _as_planned(order: OrderPlan) -> tuple[Visit, ...]:
    return tuple(
        Visit(
            number=stop.number,
            end=end_of(stop.metro),
            zone=stop.zone,
            due_at=stop.due_at,
            arrived_at=stop.due_at,
            departed_at=stop.due_at,
        )
        for stop in order.route
    )


def _truth(
    order: OrderPlan,
    acceptance: Acceptance,
    done: Journey,
    due: tuple[Owed, ...],
    revenue: int,
) -> LoadTruth:
    return LoadTruth(
        order=order.number,
        carrier=acceptance.carrier,
        tender=acceptance.tender,
        shipment=acceptance.shipment,
        pro=acceptance.pro,
        accepted_at=acceptance.at,
        happened=happened(done) if done.visits else (),
        owed=due,
        revenue_cents=revenue,
    )


def _in_order(sayings: tuple[Saying, ...]) -> tuple[Saying, ...]:
    return tuple(sorted(sayings, key=lambda one: (one.at, one.key)))

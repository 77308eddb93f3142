"""When a carrier bills a load, and how its bills are said and written down as truth."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from drawbar.freight.charge import ChargeKind as C
from drawbar.freight.instant import Instant, local_day
from drawbar.world.plan import innocent, wrong_amount, wrong_line, wrong_name
from drawbar.world.plan.bill import CODES, Bill, Case, Line, Recipe
from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.journey import Journey, whole_minute
from drawbar.world.plan.kind import Kind
from drawbar.world.plan.other_kinds import entry_of
from drawbar.world.plan.proof import proof_at
from drawbar.world.plan.shape import Acceptance, Json, OrderPlan, Plan, Saying
from drawbar.world.truth import BilledLine, BillTruth, FaultTruth, Owed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DELAYS = (((12, 24), 42), ((24, 48), 36), ((48, 96), 16), ((96, 144), 6))
"""Hours from delivery to bill, and how many of a hundred. An assumption."""

QUICKLY = 3 * MINUTE
SOON = (12, 40)
"""For loads about which there is something to see: within a run of two weeks it shall be seen."""

RECIPES: Mapping[Kind, Recipe] = {
    **wrong_amount.RECIPES,
    **wrong_line.RECIPES,
    **wrong_name.RECIPES,
    **innocent.RECIPES,
}
"""How each kind of bill is written."""


def case_of(
    plan: Plan,
    order: OrderPlan,
    acceptance: Acceptance,
    done: Journey,
    owed: tuple[Owed, ...],
) -> Case:
    """Return everything that the bills of a load are made of."""
    carrier = next(one for one in plan.carriers if one.ref == acceptance.carrier)
    dice = Dice(plan.asked.seed, "bill", (order.number, acceptance.carrier))
    return Case(
        plan=plan,
        order=order,
        acceptance=acceptance,
        habit=CARRIERS[acceptance.carrier],
        agreement=carrier.agreement,
        old=carrier.old,
        journey=done,
        owed=owed,
        dice=dice,
        sent_at=_sent_at(order, done, dice),
        proof_at=proof_at(plan, order, done),
    )


def bills(case: Case) -> Iterator[Saying]:
    """Yield the bills of a load, and the approval that one of them needs."""
    lot = case.order.lot
    recipe = innocent.as_owed if lot == Kind.CLEAN.value else RECIPES[Kind(lot)]
    for bill in recipe(case):
        yield _saying(case, bill)
    if lot == Kind.APPROVED_EXCEPTION.value:
        yield from _approvals(case)
    if case.order.noise in {Kind.INTERCHANGE_AGAIN.value, Kind.TRUNCATED_FILE.value}:
        yield _file_trouble(case)


def _sent_at(order: OrderPlan, done: Journey, dice: Dice) -> Instant:
    least, most = dice.weighted(DELAYS)
    if order.lot != Kind.CLEAN.value:
        least, most = SOON
    delay = dice.between(least * 60, most * 60) * MINUTE
    if order.quick:
        return done.delivered_at + 4 * MINUTE
    if order.cancelled_at:
        return whole_minute(order.cancelled_at) + delay
    if order.lot == Kind.BILL_BEFORE_DELIVERY.value:
        left, came = done.visits[0].departed_at, done.visits[-1].arrived_at
        return left + (came - left) // 2 // MINUTE * MINUTE
    if order.lot == Kind.BILL_BEFORE_PROOF.value:
        return done.delivered_at + MINUTE
    return done.delivered_at + delay


def _saying(case: Case, bill: Bill) -> Saying:
    at = case.sent_at + (min(bill.after, QUICKLY) if case.order.quick else bill.after)
    name = f"bill-{bill.tag}" if bill.tag else "bill"
    key = f"{case.order.number}/{case.acceptance.carrier}/{name}"
    body: Json = {"key": key, "ref": case.acceptance.tender, "bill": _written(case, bill, at)}
    return Saying(key=key, at=at, mouth="carrier", body=body, truth=_truth(case, bill, key, at))


def _written(case: Case, bill: Bill, at: Instant) -> Json:
    """Return the bill as the carrier's mouth takes it."""
    day = local_day(at, case.journey.visits[-1].zone) - timedelta(days=bill.days_old)
    told: Json = {
        "number": bill.number,
        "on": day.isoformat(),
        "charges": [_charge(line) for line in bill.lines],
        "currency": bill.currency,
    }
    if bill.total is not None:
        told["total"] = dollars(bill.total)
    if bill.remit_to:
        told["remit_to"] = bill.remit_to
    if bill.names is not None:
        told["names"] = bill.names
    return told


def _charge(line: Line) -> Json:
    code = line.code or CODES[line.kind]
    return {"code": code, "amount": dollars(line.cents), "text": line.text}


def _truth(case: Case, bill: Bill, key: str, at: Instant) -> BillTruth:
    kind = bill.kind or case.order.lot
    row = entry_of(kind)
    return BillTruth(
        key=key,
        carrier=case.acceptance.carrier,
        number=bill.number,
        order=bill.order or case.order.number,
        sent_at=at,
        currency=bill.currency,
        billed_cents=bill.cents,
        payable_cents=bill.payable,
        lines=tuple(
            BilledLine(code=one.code or one.kind, cents=one.cents, payable_cents=one.payable)
            for one in bill.lines
        ),
        nature=row.nature if row else "clean",
        kind=kind,
        judged=row.judged if row else True,
    )


def _approvals(case: Case) -> Iterator[Saying]:
    """Yield the desk's word that a lumper is agreed, said before the bill comes."""
    lumpers = [one for one in case.owed if one.code == C.LUMPER.value]
    at = case.journey.delivered_at + 2 * HOUR
    for one in lumpers:
        key = f"{case.order.number}/{case.acceptance.carrier}/approval"
        posted = {
            "shipment_ref": case.acceptance.shipment,
            "kind": one.code,
            "money": {"amount": dollars(one.cents), "currency": "USD"},
            "approved_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "reason": "Receipt of the lumper was sent by the driver.",
            "stop": case.journey.visits[-1].number,
        }
        body: Json = {"key": key, "path": "/v1/charge-approvals", "body": posted}
        yield Saying(key=key, at=at, mouth="desk", body=body)


def _file_trouble(case: Case) -> Saying:
    """Return the file of the bill once more, or the half of a file before it."""
    stem = f"{case.order.number}/{case.acceptance.carrier}"
    key, again = f"{stem}/{case.order.noise}", case.order.noise == Kind.INTERCHANGE_AGAIN.value
    at = case.sent_at + (3 * HOUR if again else -10 * MINUTE)
    fault = FaultTruth(kind=case.order.noise, subject=case.order.number, at=at)
    what = {"again": f"{stem}/bill"} if again else {"raw": _half_a_file(case, at)}
    body: Json = {"key": key, "ref": case.acceptance.tender, **what}
    return Saying(key=key, at=at, mouth="carrier", body=body, truth=fault)


def _half_a_file(case: Case, at: Instant) -> str:
    """Return the beginning of an interchange that breaks off in its first segment of a bill."""
    scac = f"{case.habit.ref:<15}"
    return (
        f"ISA*00*          *00*          *02*{scac}*ZZ*{'DRAWBAR':<15}*{at:%y%m%d}*{at:%H%M}"
        f"*U*00401*900000001*0*P*>~GS*IM*{case.habit.ref}*DRAWBAR*{at:%Y%m%d}*{at:%H%M}"
        f"*900000001*X*004010~ST*210*0001~B3**{case.number}*"
    )


def dollars(cents: int) -> str:
    """Return cents as an amount in dollars."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"

"""An order that nobody planned: made by hand, driven by a quick truck, billed at once as agreed."""

from datetime import timedelta

from drawbar.freight.charge import ChargeKind as C
from drawbar.freight.instant import Instant, local_day
from drawbar.world.plan.agreement import Agreement, End
from drawbar.world.plan.bill import CODES
from drawbar.world.plan.billing import dollars
from drawbar.world.plan.business_day import wall
from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.journey import whole_minute
from drawbar.world.plan.metro import CENTRAL, METROS
from drawbar.world.plan.owed import percent_of
from drawbar.world.plan.shape import Acceptance, Drive, Json, Plan, Saying
from drawbar.world.truth import BilledLine, BillTruth, Happened, LoadTruth, Owed, ProofTruth

MINUTE = timedelta(minutes=1)
TIMES = {"X3": 15, "AF": 25, "X1": 50, "D1": 60}
"""Minutes after the acceptance at which a visitor's truck is where."""

MILESTONES = {
    "X3": "arrived_pickup",
    "AF": "departed_pickup",
    "X1": "arrived_delivery",
    "D1": "delivered",
}
ZONES = {metro.state: metro.zone for metro in METROS.values()}


def visitor(
    order_ref: str, acceptance: Acceptance, tendered: Json, plan: Plan | None = None
) -> Drive:
    """Return how an order goes that nobody planned, told by what its carrier's book says of it.

    Without a ``plan`` the bill is one line of what the tender pays; with it, linehaul and fuel as
    the agreement splits them on the day.
    """
    stops = tendered.get("stops") or []
    pays = _cents(tendered.get("pay") or "0")
    done_at = whole_minute(acceptance.at) + TIMES["D1"] * MINUTE
    due = _owed(acceptance, stops, pays, plan)
    sayings = (
        *_reports(order_ref, acceptance, stops),
        _proof(order_ref, acceptance, tendered, done_at, _zone(stops, -1)),
        _bill(order_ref, acceptance, due, done_at + 10 * MINUTE),
    )
    truth = LoadTruth(
        order=order_ref,
        carrier=acceptance.carrier,
        tender=acceptance.tender,
        shipment=acceptance.shipment,
        pro=acceptance.pro,
        accepted_at=acceptance.at,
        happened=tuple(
            Happened(
                milestone=MILESTONES[code],
                stop=1 if code in {"X3", "AF"} else max(len(stops), 2),
                at=whole_minute(acceptance.at) + minutes * MINUTE,
            )
            for code, minutes in TIMES.items()
        ),
        owed=due,
    )
    return Drive(truth=truth, sayings=sayings)


def _cents(amount: str) -> int:
    whole, _, part = str(amount).partition(".")
    return int(whole) * 100 + int(f"{part}00"[:2])


def _zone(stops: list[Json], place: int) -> str:
    return ZONES.get(str(stops[place].get("state", "")), CENTRAL) if stops else CENTRAL


def _owed(
    acceptance: Acceptance, stops: list[Json], pays: int, plan: Plan | None
) -> tuple[Owed, ...]:
    """Return linehaul and fuel by the agreement, where there is one to ask, else what is paid."""
    if plan is None or not stops:
        return (Owed(code=C.LINEHAUL.value, cents=pays, clause="tender"),)
    carrier = next(one for one in plan.carriers if one.ref == acceptance.carrier)
    left_at = whole_minute(acceptance.at) + TIMES["AF"] * MINUTE
    return _priced(carrier.agreement, stops, left_at)


def _priced(agreement: Agreement, stops: list[Json], left_at: Instant) -> tuple[Owed, ...]:
    ends = [End(str(one.get("state", "")), str(one.get("city", ""))) for one in stops]
    lane = agreement.lane(ends[0], ends[-1])
    week = agreement.week(local_day(left_at, _zone(stops, 0)))
    fuel = percent_of(lane.cents, week.tenths)
    row = agreement.accessorial(C.STOP_OFF.value)
    extra = Owed(code=C.STOP_OFF.value, cents=row.cents if row else 0, clause="stop off")
    return (
        Owed(code=C.LINEHAUL.value, cents=lane.cents, clause=lane.clause),
        Owed(code=C.FUEL_SURCHARGE.value, cents=fuel, clause=week.clause),
        *((extra,) * (len(stops) - 2)),
    )


def _reports(order_ref: str, acceptance: Acceptance, stops: list[Json]) -> tuple[Saying, ...]:
    """Return the four reports that count for every stop: quick, and each on time."""
    start, told = whole_minute(acceptance.at), []
    for code, minutes in TIMES.items():
        numbers = [1] if code in {"X3", "AF"} else range(2, max(len(stops), 2) + 1)
        for stop in numbers:
            at = start + (minutes - (max(len(stops), 2) - stop) * 12 * (stop > 1)) * MINUTE
            zone = _zone(stops, stop - 1) if stops else CENTRAL
            key = f"{order_ref}/{acceptance.carrier}/{code}-{stop}"
            report = {"status": code, "stop": stop, "at": wall(at, zone).isoformat(), "zone": "LT"}
            body: Json = {"key": key, "ref": acceptance.tender, "report": report}
            told.append(Saying(key=key, at=at + MINUTE, mouth="carrier", body=body))
    return tuple(told)


def _proof(
    order_ref: str, acceptance: Acceptance, tendered: Json, done_at: Instant, zone: str
) -> Saying:
    at, key = done_at + 4 * MINUTE, f"{order_ref}/{acceptance.carrier}/proof"
    pieces = int(tendered.get("pieces") or 0)
    paper: Json = {"signer": "R. Diaz", "signed_on": local_day(done_at, zone).isoformat()}
    paper |= {"pieces": pieces} if pieces else {}
    truth = ProofTruth(order=order_ref, sent_at=at, pieces=pieces, signer="R. Diaz")
    if CARRIERS[acceptance.carrier].channel != "x12":
        body: Json = {"key": key, "ref": acceptance.tender, "pod": paper}
        return Saying(key=key, at=at, mouth="carrier", body=body, truth=truth)
    posted = {
        "references": [{"kind": "shipment", "value": acceptance.shipment}],
        "delivered_at": f"{done_at:%Y-%m-%dT%H:%M:%SZ}",
        **paper,
    }
    body = {"key": key, "path": "/v1/pods", "body": posted}
    return Saying(key=key, at=at, mouth="desk", body=body, truth=truth)


def _bill(order_ref: str, acceptance: Acceptance, due: tuple[Owed, ...], at: Instant) -> Saying:
    key = f"{order_ref}/{acceptance.carrier}/bill"
    number = f"V-{acceptance.pro or acceptance.tender}"
    charges = [{"code": CODES[one.code], "amount": dollars(one.cents)} for one in due]
    bill: Json = {"number": number, "on": at.date().isoformat(), "charges": charges}
    cents = sum(one.cents for one in due)
    lines = (BilledLine(code=one.code, cents=one.cents, payable_cents=one.cents) for one in due)
    truth = BillTruth(
        key=key,
        carrier=acceptance.carrier,
        number=number,
        order=order_ref,
        sent_at=at,
        currency="USD",
        billed_cents=cents,
        payable_cents=cents,
        lines=tuple(lines),
        nature="clean",
        kind="clean",
    )
    body: Json = {"key": key, "ref": acceptance.tender, "bill": bill}
    return Saying(key=key, at=at, mouth="carrier", body=body, truth=truth)

"""The firm that fits the plan, as the files of a company folder and the parties of its books."""

import json
from collections.abc import Iterator

from drawbar.world.plan.agreement import Agreement, End, FuelWeek, Lane
from drawbar.world.plan.business_day import HOME
from drawbar.world.plan.carrier import CARRIERS, Habit
from drawbar.world.plan.metro import METROS
from drawbar.world.plan.shape import CustomerPlan, Json, Plan

HEAD = f'name = "Drawbar Freight"\nzone = "{HOME}"\ncurrency = "USD"\n'

DESK = """\
# How the firm wants it done.
erp: erp
wms: wms
bill_waits_days: 5
event_waits_days: 7
answer_waits_days: 1
tolerance:
  policy_ref: TOL-A
  version: 1
  bill_over_percent: "2.00"
  bill_over: "25.00"
  bill_under_percent: "10.00"
  bill_under: "200.00"
  line_over_percent: "5.00"
approval_limits:
  finance: {alone: "500.00", together: "5000.00"}
  admin: {alone: "2500.00", together: "25000.00"}
"""


def company_files(plan: Plan) -> dict[str, str]:
    """Return the firm's files by their path in its folder; its systems are not among them."""
    files = {
        "drawbar.toml": HEAD,
        "policies/desk.yaml": DESK,
        "policies/routing.yaml": _routing(plan),
    }
    for customer in plan.customers:
        files[f"customers/{customer.ref}.yaml"] = _customer(customer)
        files[f"contracts/{customer.sells.ref}.yaml"] = _contract(customer.sells)
    for carrier in plan.carriers:
        files[f"partners/{carrier.ref}.yaml"] = _partner(CARRIERS[carrier.ref])
        for one in (carrier.old, carrier.agreement):
            files[f"contracts/{one.ref}-v{one.version}.yaml"] = _contract(one)
    return files


def parties_of(plan: Plan) -> tuple[Json, ...]:
    """Return whom the ERP's books know."""
    buyers = ({"code": one.ref, "name": one.name, "role": "customer"} for one in plan.customers)
    sellers = ({"code": one.ref, "name": one.name, "role": "supplier"} for one in CARRIERS.values())
    return (*buyers, *sellers)


def stock_of(plan: Plan) -> tuple[Json, ...]:
    """Return what lies in the warehouse: enough of all, and of whatever a visitor orders."""
    items = ({"item": one.sku, "available": 1_000_000} for one in plan.customers)
    return (*items, {"item": "*", "available": 1})


def _said(value: object) -> str:
    """Return a value as YAML reads it on one line."""
    if isinstance(value, dict):
        inside = ", ".join(f"{key}: {_said(one)}" for key, one in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(_said(one) for one in value)}]"
    return json.dumps(value) if isinstance(value, str) else str(value).lower()


def _lines(fields: Json) -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, list):
            yield f"{key}:"
            yield from (f"  - {_said(one)}" for one in value)
        else:
            yield f"{key}: {_said(value)}"


def _text(fields: Json) -> str:
    return "\n".join(_lines(fields)) + "\n"


def _dollars(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _routing(plan: Plan) -> str:
    return _text({"guides": [_guide(start, carriers) for start, carriers in plan.guides]})


def _guide(start: str, carriers: tuple[str, ...]) -> Json:
    if not start:
        return {"guide_ref": "everywhere", "carriers": list(carriers)}
    metro = METROS[start]
    ref = f"from-{metro.city}".lower().replace(" ", "-")
    origin = {"country": "US", "region": metro.state, "city": metro.city}
    return {"guide_ref": ref, "origin": origin, "carriers": list(carriers)}


def _customer(customer: CustomerPlan) -> str:
    limit = {"amount": f"{customer.credit_limit}.00", "currency": "USD"}
    pod = {
        "signer_required": True,
        "signed_on_required": customer.strict,
        "pieces_required": customer.strict,
    }
    return _text(
        {
            "customer_ref": customer.ref,
            "name": customer.name,
            "credit_limit": limit,
            "payment_days": customer.payment_days,
            "pod": pod,
        }
    )


def _partner(habit: Habit) -> str:
    rule = {"drop_leading_zeros": habit.drops_zeros, "suffixes": list(habit.suffixes)}
    return _text(
        {
            "carrier_ref": habit.ref,
            "name": habit.name,
            "system": habit.system,
            "response_minutes": habit.response_minutes,
            "references": rule,
        }
    )


def _contract(one: Agreement) -> str:
    head = {
        "contract_ref": one.ref,
        "version": one.version,
        "side": one.side,
        "party_ref": one.party,
        "currency": "USD",
        "valid_from": str(one.valid_from),
        "known_at": f"{one.valid_from}T06:00:00Z",
        "basis": "pickup",
        "payment_days": one.payment_days,
    }
    tonu = {
        "clause": one.tonu.clause,
        "amount": _dollars(one.tonu.cents),
        "hours_before_pickup": str(one.tonu.hours),
    }
    extras = [
        {
            "clause": row.clause,
            "kind": row.kind,
            "amount": _dollars(row.cents),
            "needs_approval": row.needs_approval,
        }
        for row in one.extras
    ]
    body = {
        "lanes": [_lane(lane) for lane in one.lanes],
        "fuel": [_fuel(week) for week in one.fuel],
        "detention": _detention(one),
        "tonu": tonu,
        "accessorials": extras,
    }
    return _text(head | body)


def _lane(lane: Lane) -> Json:
    fields: Json = {
        "clause": lane.clause,
        "origin": _end(lane.origin),
        "destination": _end(lane.destination),
    }
    if lane.flat is not None:
        return fields | {"flat": _dollars(lane.flat)}
    per_mile = {"per_mile": _dollars(lane.per_mile), "distance_mi": str(lane.miles)}
    return fields | per_mile | {"minimum": _dollars(lane.minimum)}


def _end(end: End) -> Json:
    named = {"country": "US", "region": end.state, "city": end.city}
    return {key: value for key, value in named.items() if value}


def _fuel(week: FuelWeek) -> Json:
    return {
        "clause": week.clause,
        "percent": f"{week.tenths // 10}.{week.tenths % 10}",
        "valid_from": str(week.valid_from),
        "valid_to": str(week.valid_to),
    }


def _detention(one: Agreement) -> Json:
    rate = one.detention
    fields: Json = {
        "clause": rate.clause,
        "free_time_minutes": rate.free,
        "increment_minutes": rate.increment,
        "rate": _dollars(rate.cents),
        "late_grace_minutes": rate.grace,
    }
    return fields if rate.cap is None else fields | {"cap": _dollars(rate.cap)}

"""The orders of a run as the ERP's clerk enters them, changes them and cancels them."""

from datetime import timedelta

from msgspec import structs

from drawbar.freight.instant import Instant
from drawbar.world.plan.business_day import moved, wall
from drawbar.world.plan.customer import ACCOUNTS
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.draft import Draft
from drawbar.world.plan.metro import METROS
from drawbar.world.plan.shape import Json, OrderPlan, Revision, StopPlan
from drawbar.world.truth import OrderTruth

CHANGES = (("nothing", 870), ("date", 50), ("quantity", 40), ("note", 40))
STREETS = ("Commerce St", "Industrial Pkwy", "Depot Rd", "Harbor Ave", "Mill St", "Airport Blvd")
RECEIVERS = ("DC", "Supply", "Warehouse", "Cross Dock", "Depot", "Hub")
SETTLED_STATES = frozenset({"GA", "NC", "IL", "MO", "CA", "NJ", "PA", "OH", "CO", "MN", "LA"})
"""States in one zone: there an address often comes without one."""

NOTICE = timedelta(hours=20)
DOCK_HOURS = timedelta(hours=4)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def order_plan(seed: int, draft: Draft) -> OrderPlan:
    """Return a draft as an order, with what becomes of it before anybody drives."""
    dice = Dice(seed, "changes", draft.serial)
    revisions = _revisions(seed, draft, dice) if _may_change(draft) else ()
    last = revisions[-1].sales_order if revisions else sales_order(seed, draft)
    cancelled_at = _cancelled_at(draft, dice)
    return OrderPlan(
        number=draft.number,
        customer=draft.customer,
        entered_at=draft.entered_at,
        sales_order=sales_order(seed, draft),
        route=draft.route,
        revisions=revisions,
        cancelled_at=cancelled_at,
        truth=OrderTruth(
            order=draft.number,
            customer=draft.customer,
            entered_at=draft.entered_at,
            names=(draft.number, draft.po, draft.bol),
            pieces=last["lines"][0]["quantity"],
            cancelled_at=cancelled_at,
        ),
        lot=draft.lot,
        proof=draft.proof,
        noise=draft.noise,
        mates=draft.mates,
    )


def sales_order(seed: int, draft: Draft, *, memo: str = "") -> Json:
    """Return the body that the ERP takes; times are those of the stops' walls."""
    line = {
        "item": ACCOUNTS[draft.customer].sku,
        "description": ACCOUNTS[draft.customer].sku.title(),
        "quantity": draft.pieces,
        "weight_lb": str(draft.pounds),
        "unit_price": f"{Dice(seed, 'price', draft.customer).between(60, 400)}.00",
    }
    return {
        "number": draft.number,
        "customer": draft.customer,
        "customer_po": draft.po,
        "bill_of_lading": draft.bol,
        "legs": [_leg(seed, draft.customer, stop) for stop in draft.route],
        "lines": [line],
        "memo": memo,
    }


def _leg(seed: int, customer: str, stop: StopPlan) -> Json:
    metro, dice = METROS[stop.metro], Dice(seed, "dock", (customer, stop.metro))
    is_pickup = stop.number == 1
    name = f"{ACCOUNTS[customer].name} {metro.city}"
    receiver = f"{metro.city} {dice.pick(RECEIVERS)} {dice.between(1, 9)}"
    hides_zone = metro.state in SETTLED_STATES and dice.chance(300)
    address = {
        "name": name if is_pickup else receiver,
        "street": f"{dice.between(100, 9800)} {dice.pick(STREETS)}",
        "city": metro.city,
        "state": metro.state,
        "zip": metro.zip,
        "timezone": "" if hides_zone else metro.zone,
    }
    return {
        "type": "ship_from" if is_pickup else "ship_to",
        "address": address,
        "window_from": wall(stop.due_at, stop.zone).isoformat(),
        "window_to": wall(stop.due_at + DOCK_HOURS, stop.zone).isoformat(),
        "appointment": wall(stop.due_at, stop.zone).isoformat(),
    }


def _may_change(draft: Draft) -> bool:
    has_notice = draft.due_at - draft.entered_at >= 2 * NOTICE
    return has_notice and not draft.mates and not draft.cancel


def _revisions(seed: int, draft: Draft, dice: Dice) -> tuple[Revision, ...]:
    what = dice.weighted(CHANGES)
    at = draft.entered_at + dice.between(60, 600) * MINUTE
    match what:
        case "date":
            days = 1 if wall(draft.due_at, draft.route[0].zone).weekday() < 4 else 3
            route = tuple(_moved(stop, days) for stop in draft.route)
            changed = structs.replace(draft, route=route)
            return (_revision(seed, changed, at, what),)
        case "quantity":
            changed = structs.replace(draft, pieces=max(draft.pieces - dice.between(1, 4), 4))
            return (_revision(seed, changed, at, what),)
        case "note":
            memo = dice.pick(("Call before delivery.", "Use dock 4.", "Driver needs a hard hat."))
            return (_revision(seed, draft, at, what, memo=memo),)
        case _:
            return ()


def _revision(seed: int, draft: Draft, at: Instant, what: str, *, memo: str = "") -> Revision:
    body = sales_order(seed, draft, memo=memo)
    return Revision(at=at, sales_order=body, route=draft.route, what=what)


def _moved(stop: StopPlan, days: int) -> StopPlan:
    return structs.replace(stop, due_at=moved(stop.due_at, days, stop.zone))


def _cancelled_at(draft: Draft, dice: Dice) -> Instant | None:
    """Return when the ERP cancels it: hours after it came, or an hour before the truck is due."""
    match draft.cancel:
        case "early":
            return draft.entered_at + dice.between(280, 420) * MINUTE
        case "late":
            return draft.due_at - dice.between(60, 90) * MINUTE
        case _:
            return None

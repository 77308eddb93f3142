"""An order released by hand: a form that says what the API says, and runs on like any other.

What the person writes as the clock on a stop's wall becomes an instant in the zone of that stop.
"""

from datetime import datetime
from typing import Any

from litestar import Response, get

from drawbar.connectors.us_zone import us_zone
from drawbar.freight.instant import zone
from drawbar.freight.order import StopPurpose
from drawbar.web.api.v1.order import OrderV1
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.form import Form, unfilled
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenSettings

STOPS = (
    (StopPurpose.PICKUP, "pickup", "Pick up"),
    (StopPurpose.DELIVERY, "delivery", "Deliver"),
)
EQUIPMENT = ("dry van", "reefer", "flatbed")


@get("/orders/new", **page(Scope.ORDER_WRITE))
def new_order(settings: GivenSettings) -> Response[Any]:
    """Show the form of an order."""
    now = settings.clock.now().astimezone(zone(settings.company.zone))
    customers = sorted(settings.company.customers.values(), key=lambda one: one.name)
    return render(
        "new_order.html",
        here="/orders",
        customers=[(one.customer_ref, one.name) for one in customers],
        suggested=f"HAND-{now:%m%d%H%M}",
        today=f"{now:%Y-%m-%d}",
        equipment=EQUIPMENT,
        stops=STOPS,
    )


def release(acting: Acting) -> Done:
    """Release the order that a form describes."""
    form = acting.form
    order_ref = form.needed("order_ref", "the order number")
    told = {
        "order_ref": order_ref,
        "stated_at": acting.settings.clock.now(),
        "customer_ref": form.needed("customer_ref", "the customer"),
        "references": [
            {"kind": kind, "value": form.text(kind)} for kind in ("po", "bol") if form.text(kind)
        ],
        "stops": [_stop(form, purpose, name) for purpose, name, _ in STOPS],
        "goods": [
            {
                "sku": form.needed("sku", "what is moved"),
                "pieces": form.number("pieces", "the pieces"),
                "weight_lb": form.needed("weight_lb", "the weight").replace(",", ""),
            }
        ],
        "equipment": form.needed("equipment"),
        "note": form.reason(),
    }
    acting.take(body_of(OrderV1, told))
    return Done(
        says=f"Released {order_ref}. What becomes of it is told here.", back=f"/orders/{order_ref}"
    )


def _stop(form: Form, purpose: StopPurpose, name: str) -> dict[str, Any]:
    state = form.needed(f"{name}_region", f"the state of the {name}").upper()
    zip_code = form.needed(f"{name}_zip", f"the ZIP code of the {name}")
    zone_name = us_zone(state, zip_code)
    if not zone_name:
        raise unfilled(
            f"In which time zone is {state} {zip_code}? Name a ZIP code that settles it."
        )
    return {
        "purpose": purpose.value,
        "place": {
            "name": form.needed(f"{name}_name", f"the name of the {name}"),
            "street": form.needed(f"{name}_street", f"the street of the {name}"),
            "city": form.needed(f"{name}_city", f"the city of the {name}"),
            "region": state,
            "postal_code": zip_code,
            "zone": zone_name,
        },
        "earliest_at": _instant(form, f"{name}_from", zone_name),
        "latest_at": _instant(form, f"{name}_to", zone_name),
    }


def _instant(form: Form, name: str, zone_name: str) -> datetime:
    day, clock = form.needed(f"{name}_day", "the day"), form.needed(name, "the time")
    try:
        wall = datetime.fromisoformat(f"{day}T{clock}")
    except ValueError as error:
        raise unfilled(f"{day} {clock} is no time: write 2026-03-10 and 14:30.") from error
    if wall.tzinfo is not None:
        raise unfilled("Write the clock on the wall of the stop, without a zone.")
    return wall.replace(tzinfo=zone(zone_name))


ORDER_PAGES = (
    new_order,
    action("/orders/new", Scope.ORDER_WRITE, release, verb="release-order", back="/orders/new"),
)

"""Who took each order of a plan, when nobody is late to answer and nothing is asked twice."""

from datetime import datetime, timedelta

from drawbar.world.behaviour import Behaviour
from drawbar.world.load import Load, LoadStop
from drawbar.world.plan import Acceptance, OrderPlan, Plan, behaviour_of
from drawbar.world.plan.business_day import wall
from drawbar.world.plan.guide import taker
from drawbar.world.plan.metro import METROS
from drawbar.world.trucker import Known

ANSWERS_AFTER = timedelta(minutes=30)


def acceptance_of(plan: Plan, order: OrderPlan) -> Acceptance:
    """Return how an order is taken: by its carrier, half an hour after it last changed."""
    last = order.revisions[-1].at if order.revisions else order.entered_at
    carrier = taker(plan.asked.seed, order.number, order.route[0].metro)
    return Acceptance(
        carrier=carrier,
        tender=f"T-{order.number}",
        shipment=f"S-{order.number}",
        pro=behaviour_of(plan, order, carrier)["pro"],
        at=last + ANSWERS_AFTER,
        seq=1,
    )


def known_by(order: OrderPlan, taken: Acceptance) -> Known:
    """Return the load as its carrier knows it, with every name that the tender mentions."""
    number, po, bol = order.truth.names
    named = {"shipment": taken.shipment, "order": number, "po": po, "bol": bol}
    route = order.revisions[-1].route if order.revisions else order.route
    load = Load(
        tender=taken.tender,
        purpose="offer",
        names=(taken.tender, *named.values()),
        shipment=taken.shipment,
        named=named,
        stops=tuple(
            LoadStop(
                number=stop.number,
                opens=_on_the_wall(wall(stop.due_at, stop.zone)),
                purpose="pickup" if stop.number == 1 else "delivery",
                city=METROS[stop.metro].city,
                state=METROS[stop.metro].state,
            )
            for stop in route
        ),
        pieces=order.truth.pieces,
    )
    return Known(load, "", taken.pro, Behaviour())


def _on_the_wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)

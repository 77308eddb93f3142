"""Eight incidents that can be put into a running world, each to be seen within minutes.

Their trucks are as quick as no truck is; what their carriers do wrong is what any carrier may do.
"""

from datetime import timedelta

from msgspec import Struct, structs

from drawbar.freight.instant import Instant
from drawbar.world.plan.draft import Draft
from drawbar.world.plan.guide import guide_of
from drawbar.world.plan.journey import whole_minute
from drawbar.world.plan.kind import Incident, Kind
from drawbar.world.plan.metro import METROS
from drawbar.world.plan.order import order_plan, sales_order
from drawbar.world.plan.shape import OrderPlan, Plan, Revision, Staged, StopPlan

MINUTE = timedelta(minutes=1)
DUE_MINUTES = (15, 30)
CHANGED_AFTER = 4 * MINUTE
FIRST_SERIAL, MINUTES = 1_000_000, 100_000


class Scene(Struct, frozen=True, kw_only=True):
    """One incident: whose order, where to, and what is special about it."""

    incident: Incident
    customer: str
    path: tuple[str, str]
    text: str
    lot: Kind = Kind.CLEAN
    noise: str = ""


SCENES = (
    Scene(
        incident=Incident.ERP_CHANGE,
        customer="GLOBEX",
        path=("Dallas TX", "Kansas City MO"),
        text="The ERP changes the quantity minutes after the carrier took the load.",
    ),
    Scene(
        incident=Incident.DECLINED_BY_ALL,
        customer="PACIFICA",
        path=("Ontario CA", "Salt Lake City UT"),
        text="Every carrier of the routing guide declines.",
        noise=Incident.DECLINED_BY_ALL.value,
    ),
    Scene(
        incident=Incident.SILENT_TRUCK,
        customer="LAKEVIEW",
        path=("Chicago IL", "Omaha NE"),
        text="A truck leaves the pickup and is not heard of for hours.",
        noise=Incident.SILENT_TRUCK.value,
    ),
    Scene(
        incident=Incident.WRONG_DETENTION,
        customer="GLOBEX",
        path=("Dallas TX", "Atlanta GA"),
        text="Detention is billed, and the events say that nobody waited.",
        lot=Kind.DETENTION_WITHOUT_EVENT,
    ),
    Scene(
        incident=Incident.WRONG_FUEL_WEEK,
        customer="INITECH",
        path=("Atlanta GA", "Miami FL"),
        text="The fuel surcharge is that of another week.",
        lot=Kind.FUEL_WRONG_WEEK,
    ),
    Scene(
        incident=Incident.DUPLICATE_NEW_NUMBER,
        customer="KEYSTONE",
        path=("Harrisburg PA", "Boston MA"),
        text="A bill comes a second time under another number.",
        lot=Kind.DUPLICATE_NEW_NUMBER,
    ),
    Scene(
        incident=Incident.UNKNOWN_STATUS_CODE,
        customer="INITECH",
        path=("Charlotte NC", "Nashville TN"),
        text="Cedar River Lines reports a status ZQ that nobody has a meaning for.",
        noise=Kind.UNKNOWN_STATUS_CODE.value,
    ),
)
"""All but the outage of the ERP, which needs no order."""


def staged(plan: Plan, now: Instant) -> tuple[Staged, ...]:
    """Return the incidents as they would begin at ``now``; the orders are entered at once.

    Numbers are made of the minute, so incidents of two minutes never meet.
    """
    begun = whole_minute(now)
    outage = Staged(
        kind=Incident.ERP_OUTAGE.value,
        order=None,
        text="The ERP is away; what is to be posted waits, and nothing is posted twice.",
    )
    scenes = (
        Staged(kind=scene.incident.value, order=_order(plan, scene, n, begun), text=scene.text)
        for n, scene in enumerate(SCENES)
    )
    return (*scenes, outage)


def _order(plan: Plan, scene: Scene, place: int, now: Instant) -> OrderPlan:
    minute = int(now.timestamp()) // 60 % MINUTES
    draft = Draft(
        serial=FIRST_SERIAL + minute * 10 + place,
        customer=scene.customer,
        entered_at=now,
        route=tuple(_stop(n, metro, now) for n, metro in enumerate(scene.path)),
        pieces=18,
        pounds=17_400,
        po=f"PO-{FIRST_SERIAL + minute * 10 + place}",
        carrier=guide_of(scene.path[0])[0],
        lot=scene.lot.value,
        noise=scene.noise,
    )
    return _quick(plan, draft, scene)


def _stop(place: int, metro: str, now: Instant) -> StopPlan:
    due_at = now + DUE_MINUTES[place] * MINUTE
    return StopPlan(number=place + 1, metro=metro, zone=METROS[metro].zone, due_at=due_at)


def _quick(plan: Plan, draft: Draft, scene: Scene) -> OrderPlan:
    order = structs.replace(order_plan(plan.asked.seed, draft), quick=True)
    if scene.incident is not Incident.ERP_CHANGE:
        return order
    fewer = structs.replace(draft, pieces=draft.pieces - 4)
    body = sales_order(plan.asked.seed, fewer)
    at = draft.entered_at + CHANGED_AFTER
    change = Revision(at=at, sales_order=body, route=draft.route, what="quantity")
    truth = structs.replace(order.truth, pieces=fewer.pieces)
    return structs.replace(order, revisions=(change,), truth=truth)

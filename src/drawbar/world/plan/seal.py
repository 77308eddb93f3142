"""The plan of a run as a whole, and the seal under which its truth is kept."""

from hashlib import sha256

import msgspec
from msgspec import structs

from drawbar.freight.instant import Instant
from drawbar.world.plan.draft import drafts
from drawbar.world.plan.guide import EVERYWHERE, GUIDES
from drawbar.world.plan.lot import with_lots
from drawbar.world.plan.order import order_plan
from drawbar.world.plan.outage import lapses_of, outages_of
from drawbar.world.plan.rate_book import carriers_of, customers_of
from drawbar.world.plan.shape import VERSION, Asked, OrderPlan, Plan
from drawbar.world.truth import Seal


def plan_of(asked: Asked) -> Plan:
    """Return the plan of a run. The same question gets the same bytes, on every machine."""
    dealt = with_lots(asked, drafts(asked))
    orders = sorted((order_plan(asked.seed, one) for one in dealt), key=_entered)
    plan = Plan(
        asked=asked,
        customers=customers_of(asked),
        carriers=carriers_of(asked),
        guides=(*GUIDES.items(), ("", EVERYWHERE)),
        orders=tuple(orders),
        outages=outages_of(asked),
        lapses=lapses_of(asked),
    )
    digest = sha256(VERSION.encode() + msgspec.json.encode(plan)).hexdigest()
    return structs.replace(plan, digest=digest)


def seal_of(plan: Plan) -> Seal:
    """Return the first line of the truth file of a run."""
    asked = plan.asked
    return Seal(
        seed=asked.seed,
        loads_per_day=asked.loads_per_day,
        begins_on=asked.begins_on,
        days=asked.days,
        version=VERSION,
        digest=plan.digest,
        wrong_per_mille=asked.wrong_per_mille,
    )


def _entered(order: OrderPlan) -> tuple[Instant, str]:
    return order.entered_at, order.number

"""Why a billed charge is not owed: what the rating denies, and that nobody drove a cancelled load.

A load that was cancelled before its pickup owes at most the truck that was ordered and not used.
"""

from drawbar.flow import pricing
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.fact import Fact
from drawbar.freight.order import OrderCancelled
from drawbar.freight.verdict import Reason
from drawbar.matching.reason import WhyNot
from drawbar.rating.pricing import Priced
from drawbar.rating.unrated import Unrated


def why_not(load: ShipmentState, priced: Priced | Unrated, fact: Fact, company: Company) -> WhyNot:
    """Return why charges of a load are not owed, by kind and stop."""
    if load.cancelled_at is not None:
        return _not_driven(load, fact, company)
    return priced.rated.why_not() if isinstance(priced, Priced) else {}


def _not_driven(load: ShipmentState, fact: Fact, company: Company) -> WhyNot:
    assert load.cancelled_at is not None
    asked = OrderCancelled(
        key=f"{fact.key}:tonu",
        happened_at=load.cancelled_at,
        learned_at=fact.learned_at,
        lineage=fact.lineage,
        order_ref=load.order.order_ref,
    )
    truck = pricing.not_used(load, load.payee_ref, Side.BUY, asked, company)
    owed = f"{truck.text} is owed" if truck.charges else f"no TONU is owed, {truck.text}"
    nobody = f"the load was cancelled before its pickup, nobody drove it; {owed}"
    denials = {(kind, 0): (Reason.NO_EVENT, nobody) for kind in ChargeKind}
    return denials | {(ChargeKind.TONU, 0): (Reason.NOT_AUTHORISED, truck.text)}

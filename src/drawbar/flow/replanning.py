"""A load planned again: its order says something new, and who was asked about it must know.

What the warehouse set aside stays planned until other goods are asked for.
"""

from msgspec import structs

from drawbar.dispatch.change import Material, amended
from drawbar.dispatch.offering import Changed, change
from drawbar.dispatch.stock import PartlyReserved, reserve
from drawbar.flow import holding, planning, pricing, reassessment
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import shipment
from drawbar.flow.order_state import OrderState, OrderStatus
from drawbar.flow.shipment_state import Amendment, ShipmentState
from drawbar.freight.delivery import TenderPurpose
from drawbar.freight.order import Goods, Order, OrderChanged, OrderReleased

Revised = OrderChanged | OrderReleased


def needs_stock(before: OrderState, new: Order, company: Company) -> bool:
    """Return whether a material change asks the warehouse again: other goods, or none set aside."""
    if not company.policy.wms:
        return False
    nothing = before.status is OrderStatus.BACK_ORDERED
    return nothing or _amounts(before.order.goods) != _amounts(new.goods)


def noted(planned: ShipmentState, fact: Revised, company: Company) -> Decision:
    """Return the load with what no carrier must agree to; its goods and stops stay as planned."""
    new = fact.order
    planned, going = holding.revised(planned, new.revision, fact)
    kept = structs.replace(
        planned.order,
        revision=new.revision,
        customer_ref=new.customer_ref,
        references=new.references,
        note=new.note,
        goods=_still_planned(planned, new),
    )
    revised = structs.replace(planned, order=kept)
    return joined(reassessment.reassessed(planned, revised, fact, company), going)


def asked_again(
    before: OrderState,
    planned: ShipmentState,
    fact: Revised,
    changed: Material,
    company: Company,
) -> Decision:
    """Return the new version of the load, put to whoever has it or was asked about it."""
    planned, going = holding.revised(planned, fact.order.revision, fact)
    revised = _revised(before, planned, fact.order, company)
    outcome = change(
        planned.waterfall,
        shipment_ref=planned.shipment_ref,
        now=fact.learned_at,
        response_minutes={ref: one.response_minutes for ref, one in company.carriers.items()},
    )
    kept = structs.replace(
        revised,
        waterfall=structs.replace(outcome.waterfall, guide=pricing.guide_for(fact.order, company)),
        tendered_at=fact.learned_at if outcome.offers else revised.tendered_at,
        amended=_amended(planned, outcome, fact, changed),
        buy=(),
    )
    priced = reassessment.reassessed(planned, kept, fact, company)
    load: ShipmentState = priced.states[shipment(planned.shipment_ref)]
    ended = planning.no_longer_due(planned, *planned.waterfall.open_offers)
    asked = [planning.tendered(load, offer, fact, company) for offer in outcome.offers]
    onward = NOTHING
    if load.stocked and not outcome.offers:
        onward = planning.offered(load, fact, company)
    return joined(priced, ended, *asked, _stock(planned, load, company), onward, going)


def _amended(
    planned: ShipmentState, outcome: Changed, fact: Revised, changed: Material
) -> Amendment | None:
    """Return what whoever is asked again has not agreed to, over all changes since it did."""
    if not outcome.offers:
        return None
    still = any(one.purpose is TenderPurpose.CHANGE for one in planned.waterfall.open_offers)
    before = planned.amended.differences if planned.amended and still else ()
    return Amendment(
        revision=fact.order.revision,
        learned_at=fact.learned_at,
        differences=amended(before, changed.material),
    )


def _revised(
    before: OrderState, planned: ShipmentState, new: Order, company: Company
) -> ShipmentState:
    if needs_stock(before, new, company):
        return structs.replace(planned, order=new, stocked=False, reserving_revision=new.revision)
    if not company.policy.wms:
        return structs.replace(planned, order=new, stocked=True)
    return structs.replace(planned, order=structs.replace(new, goods=_still_planned(planned, new)))


def _stock(planned: ShipmentState, load: ShipmentState, company: Company) -> Decision:
    """Return the stock asked for anew; the WMS adds up, so what was set aside goes back first."""
    if load.reserving_revision == planned.reserving_revision:
        return NOTHING
    return joined(planning.stock_back(planned, company), planning.reservation(load, company))


def _still_planned(planned: ShipmentState, new: Order) -> tuple[Goods, ...]:
    """Return the lines of a revision as far as their goods are planned."""
    cut = reserve(new, _amounts(planned.order.goods))
    return cut.goods_to_ship if isinstance(cut, PartlyReserved) else new.goods


def _amounts(goods: tuple[Goods, ...]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in goods:
        sums[line.sku] = sums.get(line.sku, 0) + line.pieces
    return sums

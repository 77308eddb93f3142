"""Whatever the ERP says of an order, and in whatever turn, it uses its customer's credit once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.flow.account import CustomerState
from drawbar.flow.order_state import OrderState, OrderStatus
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.fact import Fact
from drawbar.freight.money import total
from drawbar.freight.order import CustomerPaid
from tests.flow.stage import acme, answered, driven, order, released, usd, when
from tests.flow.test_orders_under_attack import (
    Guarded,
    again,
    cancelled,
    changed,
    owing,
    pumps,
    reserved,
)

REVISIONS = st.tuples(
    st.integers(2, 5),
    st.sampled_from(["GLOBEX", "INITECH"]),
    st.sampled_from([24, 30]),
    st.sampled_from(["", "ring the bell"]),
)
PAYMENT = CustomerPaid(key="p", customer_ref="GLOBEX", money=usd("49000.00"), **when(-450))


def revision(said: tuple[int, str, int, str]) -> Fact:
    number, customer, pieces, note = said
    return changed(
        order(revision=number, customer=customer, goods=pumps(pieces), note=note), at=-500 + number
    )


EVENTS = st.one_of(
    REVISIONS.map(revision),
    st.sampled_from([reserved(n, revision=r) for n in (0, 20, 24) for r in (1, 2, 3)]),
    st.sampled_from([PAYMENT, cancelled(), cancelled("1001-B1"), answered("S-1001-V1T1")]),
    st.sampled_from([again(order(f"1001-B{n}", goods=pumps(4))) for n in (1, 2)]),
    st.sampled_from(driven()),
)


@settings(max_examples=150, deadline=None)
@given(events=st.lists(EVENTS, max_size=12), hold=st.booleans(), wms=st.booleans())
def test_an_order_counts_for_its_own_customer_and_once(events: list[Fact], hold: bool, wms: bool):
    stage = Guarded(acme(wms="wms" if wms else ""))
    owing(stage, "49000.00" if hold else "0.00")

    stage.learn(released(), *events)

    accounts = [one for one in stage.states.values() if isinstance(one, CustomerState)]
    orders = [one for one in stage.states.values() if isinstance(one, OrderState)]
    for one in accounts:
        assert one.uninvoiced == total(one.orders.values(), currency="USD")
    loads = [one for one in stage.states.values() if isinstance(one, ShipmentState)]
    invoiced = {one.order.order_ref for one in loads if one.invoice_refs}
    for placed in orders:
        ref, payer = placed.order.order_ref, placed.order.customer_ref
        counts = placed.status is OrderStatus.RELEASED and ref not in invoiced
        waits = placed.status is OrderStatus.ON_HOLD
        assert [one.customer_ref for one in accounts if ref in one.held] == [payer] * waits
        assert [one.customer_ref for one in accounts if ref in one.orders] == [payer] * counts

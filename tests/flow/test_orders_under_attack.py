"""What a hasty ERP, a carrier of second thoughts and a short warehouse may not do to an order."""

from datetime import timedelta

import pytest
from msgspec import structs

from drawbar.flow.company import Company
from drawbar.flow.decision import Known
from drawbar.flow.order_state import OrderStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import Fact
from drawbar.freight.order import (
    CustomerPaid,
    Goods,
    HoldReviewed,
    Order,
    OrderCancelled,
    OrderChanged,
    OrderReleased,
    ReceivablesStated,
    StockReserved,
    StopPurpose,
)
from drawbar.freight.stream import StreamKind
from tests.flow.stage import (
    Stage,
    acme,
    answered,
    driven,
    order,
    released,
    usd,
    when,
)

TENDER = "S-1001-V1T1"
LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")


class Guarded(Stage):
    """A stage that refuses, as the engine does, what was decided about without asking for it."""

    def _apply(self, fact: Fact) -> list[Fact]:
        needs = self.run.needs(fact)
        found = {key: tuple(sorted(self.names.get(key, ()))) for key in needs.found_by}
        asked = {*needs.streams, *(one for some in found.values() for one in some)}
        states = {key: self.states[key] for key in asked if key in self.states}
        decision = self.run.decide(fact, Known(states=states, found=found))
        assert not (decision.states.keys() & self.states.keys()) - asked
        return super()._apply(fact)


def changed(placed: Order, *, at: float = -500) -> OrderChanged:
    key = f"changed:{placed.order_ref}:{placed.revision}"
    return OrderChanged(key=key, order=placed, **when(at))


def noted(revision: int, *, note: str = "ring the bell", at: float = -500, **other: object) -> Fact:
    return changed(order(revision=revision, note=note, **other), at=at)


def later(placed: Order) -> Order:
    stops = [structs.replace(one, appointment_at=one.latest_at) for one in placed.stops]
    return structs.replace(placed, stops=tuple(stops))


def cancelled(ref: str = "1001", *, at: float = -400) -> OrderCancelled:
    return OrderCancelled(key=f"cancel:{ref}", order_ref=ref, **when(at))


def reserved(pieces: int, *, ref: str = "1001", revision: int = 1, at: float = -595) -> Fact:
    return StockReserved(
        key=f"reserved:{ref}:{revision}:{pieces}",
        order_ref=ref,
        revision=revision,
        reservation=f"R-{ref}-{revision}",
        pieces={"PUMP": pieces},
        **when(at),
    )


def pumps(pieces: int) -> tuple[Goods, ...]:
    (line,) = order().goods
    return (structs.replace(line, pieces=pieces, weight_lb=line.weight_lb * pieces / 24),)


def stored(company: Company | None = None) -> Guarded:
    """Return an order of 24 pumps that the warehouse was asked to set aside."""
    stage = Guarded(company or acme(wms="wms"))
    stage.learn(released())
    return stage


def covered() -> Guarded:
    stage = Guarded()
    stage.learn(released(), answered(TENDER))
    return stage


def order_of(stage: Stage, ref: str = "1001") -> object:
    return stage.state(StreamKind.ORDER, ref)


def account_of(stage: Stage, ref: str = "GLOBEX") -> object:
    return stage.state(StreamKind.CUSTOMER, ref)


def test_a_change_refused_on_the_road_is_not_let_in_by_a_later_note():
    stage = covered()
    stage.learn(*driven()[:2])
    before = stage.shipment("S-1001")
    far = later(order(revision=2))

    stage.learn(changed(far, at=200), changed(structs.replace(far, revision=3, note="!"), at=210))

    assert stage.shipment("S-1001") == before
    assert order_of(stage).order == order()
    assert {item for _, _, item in stage.cases} == {"revision 3"}


def test_a_revision_that_takes_a_refused_change_back_is_in_force_and_ends_the_case():
    stage = covered()
    stage.learn(*driven()[:2], changed(later(order(revision=2)), at=200))

    stage.learn(noted(3, at=210))

    assert order_of(stage).order.revision == 3
    assert stage.open_cases() == set()


def test_a_note_that_comes_after_a_newer_refused_revision_is_old():
    stage = covered()
    stage.learn(*driven()[:2], changed(later(order(revision=3)), at=200))

    stage.learn(noted(2, at=210))

    assert order_of(stage).order.revision == 1


def test_a_note_does_not_bring_back_the_goods_that_the_warehouse_did_not_have():
    stage = stored()
    stage.learn(reserved(20), answered(TENDER))

    stage.learn(noted(2))

    state = stage.shipment("S-1001")
    assert (state.order.pieces, state.order.note) == (20, "ring the bell")
    assert order_of(stage).order.pieces == 24
    assert len(stage.sent("ReserveStock")) == 1


def test_a_new_appointment_does_not_bring_them_back_either():
    stage = stored()
    stage.learn(reserved(20), answered(TENDER))

    stage.learn(changed(later(order(revision=2))))

    state = stage.shipment("S-1001")
    assert (state.order.pieces, state.stocked) == (20, True)
    assert state.order.pickup.appointment_at == later(order()).pickup.appointment_at
    assert len(stage.sent("ReserveStock")) == 1


def test_a_note_while_the_warehouse_is_asked_does_not_stall_the_load():
    stage = stored()

    stage.learn(noted(2, at=-598), reserved(24))

    assert stage.shipment("S-1001").stocked
    assert len(stage.sent("TenderLoad")) == 1


def test_an_answer_for_goods_that_were_changed_meanwhile_does_not_count():
    stage = stored()
    more = order(revision=2, goods=pumps(30))

    stage.learn(changed(more, at=-598), noted(3, goods=pumps(30), at=-597), reserved(24))
    assert not stage.shipment("S-1001").stocked

    stage.learn(reserved(30, revision=2))
    assert (stage.shipment("S-1001").stocked, stage.shipment("S-1001").order.pieces) == (True, 30)
    assert [one.business_key for one in stage.sent("ReleaseStock")] == ["release:1001:1"]


def owing(stage: Stage, amount: str, customer: str = "GLOBEX") -> None:
    stated = ReceivablesStated(
        key=f"owed:{customer}",
        customer_ref=customer,
        open_receivables=usd(amount),
        **when(-900),
    )
    stage.learn(stated)


def test_an_order_on_hold_that_changes_its_customer_leaves_the_old_account():
    stage = Guarded()
    owing(stage, "49000.00")
    owing(stage, "19000.00", "INITECH")
    stage.learn(released())

    stage.learn(changed(order(revision=2, customer="INITECH")))

    assert (account_of(stage).held, account_of(stage, "INITECH").held) == ((), ("1001",))
    stage.learn(CustomerPaid(key="p", customer_ref="GLOBEX", money=usd("9000.00"), **when(-490)))
    assert order_of(stage).status is OrderStatus.ON_HOLD
    assert account_of(stage).exposure == usd("40000.00")


def test_a_review_for_another_customer_than_the_orders_is_dropped():
    stage = Guarded()
    owing(stage, "49000.00")
    stage.learn(released())
    review = HoldReviewed(key="r", customer_ref="INITECH", order_ref="1001", **when(-490))
    notes = len(stage.notes)

    stage.learn(review)

    assert order_of(stage).status is OrderStatus.ON_HOLD
    assert len(stage.notes) == notes


def test_a_released_order_that_changes_its_customer_counts_for_the_new_one_only():
    stage = covered()
    before = account_of(stage).exposure

    stage.learn(changed(order(revision=2, customer="INITECH")))

    assert before.amount > 0
    assert account_of(stage).exposure == usd("0.00")
    assert set(account_of(stage, "INITECH").orders) == {"1001"}


def test_a_customer_changed_there_and_back_at_once_still_counts_the_order():
    stage = covered()
    before = account_of(stage).exposure

    stage.learn(changed(order(revision=2, customer="INITECH")), noted(3))

    assert account_of(stage).exposure == before
    assert account_of(stage, "INITECH").exposure == usd("0.00")


def test_a_note_after_the_invoice_uses_no_credit_again():
    stage = covered()
    stage.learn(*driven())
    before = account_of(stage)
    assert before.invoices

    stage.learn(noted(2, at=5000))

    assert account_of(stage) == before
    assert order_of(stage).order.note == "ring the bell"


def test_who_was_invoiced_stays_the_customer():
    stage = covered()
    stage.learn(*driven())

    stage.learn(changed(order(revision=2, customer="INITECH"), at=5000))

    assert stage.shipment("S-1001").order.customer_ref == "GLOBEX"
    assert stage.open_cases() == {CaseKind.CANCELLED_TOO_LATE}
    assert len(stage.sent("PostInvoice")) == 1


def again(placed: Order, *, at: float = -500) -> OrderReleased:
    key = f"released:{placed.order_ref}:{placed.revision}:{at}"
    return OrderReleased(key=key, order=placed, **when(at))


def test_a_release_with_a_newer_revision_is_a_change():
    stage = covered()

    stage.learn(again(later(order(revision=2))))

    assert order_of(stage).order.revision == 2
    assert [one.payload.version for one in stage.sent("TenderLoad")] == [1, 2]


@pytest.mark.parametrize("revision", [1, 2])
def test_a_release_that_says_nothing_newer_changes_nothing(revision: int):
    stage = covered()
    stage.learn(noted(2))
    states = dict(stage.states)

    stage.learn(again(order(revision=revision, note="ring the bell")))

    assert stage.states == states


def test_another_stop_asks_the_carrier_again_and_is_driven():
    stage = covered()
    first, last = order().stops
    middle = structs.replace(
        last, number=2, earliest_at=last.earliest_at - timedelta(hours=12), appointment_at=None
    )
    stops = (first, middle, structs.replace(last, number=3))
    assert middle.purpose is StopPurpose.DELIVERY

    stage.learn(changed(order(revision=2, stops=stops)), answered("S-1001-V2T1", at=-490))

    state = stage.shipment("S-1001")
    assert (len(state.order.stops), state.carrier_ref) == (3, "ABCD")
    stage.learn(changed(order(revision=3)), answered("S-1001-V3T1", at=-490), *driven())
    assert stage.shipment("S-1001").delivered
    assert len(stage.sent("PostInvoice")) == 1


def test_what_is_reported_of_a_load_on_hold_waits_for_its_release():
    stage = Guarded()
    owing(stage, "49000.00")
    stage.learn(released(), *driven())
    assert len(stage.parked) == len(driven())

    stage.learn(CustomerPaid(key="p", customer_ref="GLOBEX", money=usd("9000.00"), **when(-595)))
    stage.learn(answered(TENDER))

    assert stage.shipment("S-1001").delivered
    assert stage.parked == []

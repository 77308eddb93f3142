"""A toy firm: real facts, rules of a few lines, so that tests of the engine speak of the engine.

Customers pay, orders become shipments, trucks report. An order cancelled for the reason "boom"
raises; for "bad text" or "bad column" it cannot be written.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from drawbar.flow.decision import (
    NOTHING,
    Deadline,
    DeadlineCleared,
    Decision,
    Known,
    Naming,
    Needs,
    Park,
)
from drawbar.freight.case import Case, CaseKind, CaseSettled
from drawbar.freight.delivery import Delivery, DeliveryConfirmed, Lane, ReserveStock
from drawbar.freight.fact import Fact
from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.money import Money
from drawbar.freight.order import (
    CustomerPaid,
    Goods,
    HoldReviewed,
    Order,
    OrderCancelled,
    OrderReleased,
    Stop,
    StopPurpose,
)
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind, normalise
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import TenderExpired
from drawbar.freight.wait import WaitExpired

T0 = datetime(2026, 11, 23, 8, tzinfo=UTC)
LINEAGE = Lineage(message_ref="M-1", place="line 1")


class Account_(Struct, frozen=True):  # noqa: N801 - Account is the ledger's word
    paid: Decimal = Decimal(0)
    orders: tuple[str, ...] = ()


class Load(Struct, frozen=True):
    customer_ref: str = ""
    events: tuple[str, ...] = ()
    expired: int = 0
    documents: tuple[str, ...] = ()


class Toy:
    """The run of the toy firm."""

    def needs(self, fact: Fact) -> Needs:
        match fact:
            case CustomerPaid():
                return Needs(streams=(customer(fact.customer_ref),))
            case HoldReviewed():
                return Needs(streams=(customer(fact.customer_ref),))
            case OrderReleased():
                ref = fact.order.order_ref
                return Needs(streams=(order_key(ref), shipment(ref)))
            case OrderCancelled():
                return Needs(streams=(order_key(fact.order_ref),))
            case MilestoneReported():
                return Needs(found_by=tuple(map(normalise, fact.references)))
            case TenderExpired():
                return Needs(streams=(shipment(fact.shipment_ref),))
            case DeliveryConfirmed():
                return Needs(streams=(fact.stream,))
        return Needs()

    def on_desk(self, case: Case) -> Case:
        return case

    def decide(self, fact: Fact, known: Known) -> Decision:
        match fact:
            case CustomerPaid():
                return paid(fact, known)
            case HoldReviewed():
                key = customer(fact.customer_ref)
                account = known.states.get(key, Account_())
                orders = tuple(sorted({*account.orders, fact.order_ref}))
                return Decision(states={key: structs.replace(account, orders=orders)})
            case OrderReleased():
                return released(fact, known)
            case OrderCancelled():
                return cancelled(fact, known)
            case MilestoneReported():
                return reported(fact, known)
            case TenderExpired():
                key = shipment(fact.shipment_ref)
                load = known.states.get(key, Load())
                return Decision(states={key: structs.replace(load, expired=load.expired + 1)})
            case DeliveryConfirmed():
                load = known.states.get(fact.stream, Load())
                documents = tuple(sorted({*load.documents, fact.document}))
                return Decision(states={fact.stream: structs.replace(load, documents=documents)})
            case WaitExpired():
                return Decision(cases=(case(CaseKind.UNKNOWN_SHIPMENT, None, fact.waited),))
        return NOTHING

    def state_type(self, kind: StreamKind) -> type[Struct]:
        return Account_ if kind is StreamKind.CUSTOMER else Load

    def board(self, key: StreamKey, state: Any) -> Mapping[str, object]:
        if isinstance(state, Account_):
            return {"exposure": -state.paid, "currency": "USD", "held": len(state.orders)}
        if key.kind is StreamKind.ORDER:
            broken = {"bad text": {"status": "a\0b"}, "bad column": {"colour": "blue"}}
            return broken.get(state.customer_ref, {"status": "released"})
        return {"status": "moving", "order_ref": key.ref, "customer_ref": state.customer_ref}


def paid(fact: CustomerPaid, known: Known) -> Decision:
    key = customer(fact.customer_ref)
    account = known.states.get(key, Account_())
    entry = Entry(
        entry_ref=f"E-{fact.key}",
        purpose=Purpose.INVOICE_PAID,
        about=key,
        shipment_ref="",
        document_on=date(2026, 11, 23),
        lines=(
            EntryLine(account=Account.BANK_CLEARING, money=fact.money),
            EntryLine(account=Account.ACCOUNTS_RECEIVABLE, money=-fact.money),
        ),
    )
    state = structs.replace(account, paid=account.paid + fact.money.amount)
    return Decision(states={key: state}, entries=(entry,), notes=((key, f"paid {fact.money}"),))


def released(fact: OrderReleased, known: Known) -> Decision:
    order, key = fact.order, shipment(fact.order.order_ref)
    load = structs.replace(known.states.get(key, Load()), customer_ref=order.customer_ref)
    fires = TenderExpired(
        key=f"expired:{order.order_ref}",
        happened_at=fact.learned_at + timedelta(hours=1),
        learned_at=fact.learned_at,
        lineage=fact.lineage,
        shipment_ref=order.order_ref,
        tender_ref="T-1",
    )
    review = HoldReviewed(
        key=f"review:{order.order_ref}",
        happened_at=fact.happened_at,
        learned_at=fact.learned_at,
        lineage=fact.lineage,
        customer_ref=order.customer_ref,
        order_ref=order.order_ref,
    )
    return Decision(
        states={order_key(order.order_ref): Load(customer_ref=order.customer_ref), key: load},
        names=tuple(
            Naming(key=normalise(r), stream=key, spelled=r.value) for r in order.references
        ),
        deliveries=(reserve(order.order_ref),),
        deadlines=(
            Deadline(
                stream=key, name="answer", due_at=fact.learned_at + timedelta(hours=1), fact=fires
            ),
        ),
        follows=(review,),
    )


def cancelled(fact: OrderCancelled, known: Known) -> Decision:
    if fact.reason == "boom":
        raise ZeroDivisionError("the toy divides by nothing")
    key = order_key(fact.order_ref)
    return Decision(
        states={key: Load(customer_ref=fact.reason)},
        cleared=(DeadlineCleared(stream=shipment(fact.order_ref), name="answer"),),
    )


def reported(fact: MilestoneReported, known: Known) -> Decision:
    keys = tuple(map(normalise, fact.references))
    streams = sorted({stream for key in keys for stream in known.found[key]})
    if not streams:
        expired = WaitExpired(
            key=f"waited:{fact.key}",
            happened_at=fact.learned_at + timedelta(days=7),
            learned_at=fact.learned_at,
            lineage=fact.lineage,
            waited=fact.key,
            about_fact="MilestoneReported",
            references=keys,
        )
        return Decision(
            park=Park(waits_for=keys, until=fact.learned_at + timedelta(days=7), expired=expired)
        )
    load = known.states[streams[0]]
    events = tuple(sorted({*load.events, fact.key}))
    late = case(CaseKind.SEQUENCE_INVALID, streams[0], "late")
    settled = CaseSettled(
        kind=CaseKind.SEQUENCE_INVALID, subject=streams[0], item="late", because="delivered"
    )
    return Decision(
        states={streams[0]: structs.replace(load, events=events)},
        cases=(late,) if fact.milestone is MilestoneKind.DELAYED else (),
        settled=(settled,) if fact.milestone is MilestoneKind.DELIVERED else (),
    )


def case(kind: CaseKind, subject: StreamKey | None, item: str) -> Case:
    return Case(
        kind=kind,
        subject=subject,
        item=item,
        text="Look at it.",
        remedy="Ask.",
        owner="dispatch",
        due_at=T0 + timedelta(hours=2),
    )


def reserve(order_ref: str, stream: StreamKey | None = None) -> Delivery:
    return Delivery(
        system="wms",
        lane=Lane.DISPATCH,
        stream=stream or shipment(order_ref),
        business_key=f"R-{order_ref}",
        payload=ReserveStock(order_ref=order_ref, goods=(Goods(sku="BOLT", pieces=5),)),
    )


def customer(ref: str) -> StreamKey:
    return StreamKey(StreamKind.CUSTOMER, ref)


def order_key(ref: str) -> StreamKey:
    return StreamKey(StreamKind.ORDER, ref)


def shipment(ref: str) -> StreamKey:
    return StreamKey(StreamKind.SHIPMENT, ref)


def payment(key: str, amount: str = "10.00", *, by: str = "GLOBEX") -> CustomerPaid:
    return CustomerPaid(
        key=key,
        happened_at=T0,
        learned_at=T0,
        lineage=LINEAGE,
        customer_ref=by,
        money=Money(Decimal(amount), "USD"),
    )


def release(order_ref: str, *, pro: str = "", by: str = "GLOBEX") -> OrderReleased:
    return OrderReleased(
        key=f"released:{order_ref}",
        happened_at=T0,
        learned_at=T0,
        lineage=LINEAGE,
        order=Order(
            order_ref=order_ref,
            customer_ref=by,
            references=(Reference(ReferenceKind.PRO, pro, "ABCD"),) if pro else (),
            stops=(_stop(1, StopPurpose.PICKUP), _stop(2, StopPurpose.DELIVERY)),
            goods=(Goods(sku="BOLT", pieces=5),),
        ),
    )


def cancel(order_ref: str, reason: str = "") -> OrderCancelled:
    return OrderCancelled(
        key=f"cancelled:{order_ref}:{reason}",
        happened_at=T0,
        learned_at=T0,
        lineage=LINEAGE,
        order_ref=order_ref,
        reason=reason,
    )


def report(
    key: str, *, pro: str, milestone: MilestoneKind = MilestoneKind.LOADED
) -> MilestoneReported:
    return MilestoneReported(
        key=key,
        happened_at=T0,
        learned_at=T0,
        lineage=LINEAGE,
        references=(Reference(ReferenceKind.PRO, pro, "ABCD"),),
        milestone=milestone,
        source=Source.CARRIER,
        reported_by="ABCD",
    )


def _stop(number: int, purpose: StopPurpose) -> Stop:
    return Stop(
        number=number,
        purpose=purpose,
        place=Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago"),
        earliest_at=T0 + timedelta(days=number),
        latest_at=T0 + timedelta(days=number, hours=2),
    )

"""Whether what a dispatcher wants fits how the load stands, asked before the message is kept.

The flow decides the same again under its locks; asking first gives the person a way out.
"""

from collections.abc import Callable
from typing import Any

from drawbar.dispatch.objection import Objection, Situation, against_hold
from drawbar.flow.order_state import OrderState, OrderStatus
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.situation import objection
from drawbar.freight.identity import shipment_ref_of
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.acted import is_on_file
from drawbar.records.desk.stream import stream
from drawbar.web.api.v1.inbound import Inbound
from drawbar.web.problem import Flaw, Refusal, problem, unknown

_PREFIX = "S-"  # a load is called by its order, see freight.identity


def refuse_impossible(
    inbound: Inbound, verb: str, read: Callable[[bytes, Receipt], Reading]
) -> None:
    """Raise ``Refusal``: 404 for no such load, 409 where it stands otherwise.

    What was taken in before may be sent again; its first answer stands.
    """
    if was_taken(inbound, verb):
        return
    now = inbound.settings.clock.now()
    receipt = Receipt(message_ref="", sender=inbound.caller.sender, learned_at=now)
    (fact,) = read(inbound.body, receipt).facts
    load = load_called(inbound, fact.shipment_ref)  # type: ignore[attr-defined]  # all by hand
    against = objection(fact, load, inbound.settings.company)  # type: ignore[arg-type]
    if against is not None:
        raise not_now(against)


def was_taken(inbound: Inbound, verb: str) -> bool:
    """Say whether this very request was taken in before."""
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        return is_on_file(cursor, (f"api:{verb}", inbound.caller.sender, inbound.key))


def load_called(inbound: Inbound, shipment_ref: str) -> ShipmentState:
    """Return a load. Raise ``Refusal``: 404 for none, 409 for one that is not planned."""
    state = _state(inbound, StreamKind.SHIPMENT, shipment_ref)
    if isinstance(state, ShipmentState):
        return state
    if state is not None:
        raise not_now(
            Objection(
                text="The shipment is of the time before Drawbar.",
                remedy="It was driven and settled elsewhere.",
            )
        )
    placed = _state(inbound, StreamKind.ORDER, shipment_ref.removeprefix(_PREFIX))
    if isinstance(placed, OrderState) and placed.status is not OrderStatus.RELEASED:
        raise not_now(_not_planned(placed))
    raise unknown("shipment")


def refuse_unfit_refusal(inbound: Inbound, order_ref: str, revision: int) -> None:
    """Raise ``Refusal``: 404 for no such order, 409 where this revision cannot be refused now."""
    placed = _state(inbound, StreamKind.ORDER, order_ref)
    if not isinstance(placed, OrderState):
        raise unknown("order")
    load = load_called(inbound, shipment_ref_of(order_ref))
    against = refusal_objection(placed, load, revision)
    if against is not None:
        raise not_now(against)


def refusal_objection(placed: OrderState, load: ShipmentState, revision: int) -> Objection | None:
    """Return what stands against refusing a revision."""
    if load.cancelled_at or load.delivered:
        text = "The load was cancelled." if load.cancelled_at else "The load is delivered."
        return Objection(text=text, remedy="No change of it matters any more.")
    if placed.order.revision != revision:
        return Objection(
            text=f"Revision {placed.order.revision} is in force, not {revision}.",
            remedy="Look at the order again, then decide about the revision that stands.",
        )
    if load.holding.hold is not None:
        return against_hold(Situation(waterfall=load.waterfall, hold=load.holding.hold))
    return None


def not_now(against: Objection, path: str = "$") -> Refusal:
    """Return the refusal of what does not fit how a thing stands now."""
    flaw = Flaw(path=path, message="Nothing was kept.", remedy=against.remedy)
    return Refusal(problem(409, "wrong-state", against.text, flaw))


def _not_planned(placed: OrderState) -> Objection:
    ref, status = placed.order.order_ref, placed.status.value.replace("_", " ")
    why = f": {'; '.join(placed.reasons)}" if placed.reasons else ""
    return Objection(
        text=f"Order {ref} is {status}{why}.",
        remedy="A load begins when its order is released; that goes by itself.",
    )


def _state(inbound: Inbound, kind: StreamKind, ref: str) -> Any:
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, StreamKey(kind, ref))
    return found.state if found else None

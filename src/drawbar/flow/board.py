"""The searchable side of each story: what boards and lists show and filter by."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from drawbar.billing.late_charge import of_margin
from drawbar.flow import board_books, chase, pricing
from drawbar.flow.account import CustomerState
from drawbar.flow.bill_state import BillState, BillStatus, open_money
from drawbar.flow.claim import nettable
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.customer_invoice import InvoiceState, SeriesState
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.history import PastBillState, PastOrderState, PastShipmentState
from drawbar.flow.index_state import IndexState
from drawbar.flow.order_state import OrderState, OrderStatus
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.dispute import Ending
from drawbar.freight.money import Money
from drawbar.milestones.status import Status

Row = Mapping[str, object]

AMENDED = "changed_after_tender"  # stored
WAITS_FOR_PERIOD = "ready_for_period"  # stored
WAITS_FOR_RELEASE = "ready"  # stored
RECORDED = "recorded"  # stored: the status of everything that history holds


def row(state: Any) -> Row:
    """Return the columns of a state, by their names in the table of its kind."""
    match state:
        case CustomerState():
            return _customer(state)
        case OrderState():
            return _order(state)
        case PastOrderState():
            return {"status": RECORDED, "customer_ref": state.order.customer_ref}
        case ShipmentState():
            return _shipment(state)
        case PastShipmentState():
            return _past_shipment(state)
        case BillState():
            return _bill(state)
        case PastBillState():
            return _past_bill(state)
        case InvoiceState():
            return _invoice(state)
        case DisputeState():
            return _dispute(state)
        case ClaimState():
            return _claim(state)
        case IndexState():
            return _index(state)
        case SeriesState():
            return {"last": state.last}
        case _:
            return board_books.row(state)


def _customer(state: CustomerState) -> Row:
    exposure = state.exposure
    return {
        "exposure": exposure.amount,
        "currency": exposure.currency,
        "held": len(state.held),
    }


def _order(state: OrderState) -> Row:
    return {
        "status": state.status.value,
        "customer_ref": state.order.customer_ref,
        "revision": state.order.revision,
    }


def _shipment(state: ShipmentState) -> Row:
    placed = state.order
    last = state.last_event
    cost, revenue = _sum(state.buy), _sum(state.sell)
    money = cost or revenue
    offers = state.waterfall.offers
    open_offers = state.waterfall.open_offers
    return {
        "status": "cancelled" if state.cancelled_at else _status(state),
        "customer_ref": placed.customer_ref,
        "carrier_ref": state.payee_ref or None,
        "order_ref": placed.order_ref,
        "origin": placed.pickup.place.label,
        "destination": placed.delivery.place.label,
        "pickup_due_at": placed.pickup.due_at,
        "delivery_due_at": placed.delivery.due_at,
        "tender_state": offers[-1].state.value if offers else None,
        "answer_by": open_offers[-1].answer_by if open_offers else None,
        "last_event": last.kind.value if last else None,
        "last_event_at": last.happened_at if last else None,
        "cost": cost.amount if cost else None,
        "revenue": revenue.amount if revenue else None,
        "currency": money.currency if money else None,
        "flags": " ".join(sorted({*_flags(state)})) or None,
        "accrued": state.cost.money.amount if state.cost.money else None,
        "accrued_currency": state.cost.money.currency if state.cost.money else None,
        "provisional": any(one.provisional for one in state.buy),
        **_unbilled(state),
        "bill_missing_at": state.bill_missing_at,
        "bill_missing": _amount(chase.missing_money(state)) if state.bill_missing_at else None,
    }


def _unbilled(state: ShipmentState) -> Row:
    """Return what of a shipment waits to be invoiced, why, since when, and what never will be."""
    rest = supplement(state) if state.unbilled_since else ()
    blocks = " ".join(one.code.value for one in state.invoice_blocks)
    waits = WAITS_FOR_PERIOD if state.invoice_period else WAITS_FOR_RELEASE
    return {
        "unbilled": sum(one.charge.money.amount for one in rest) if rest else None,
        "unbilled_since": state.unbilled_since,
        "unbilled_because": (blocks or waits) if rest else None,
        **_leaked(state),
    }


def _leaked(state: ShipmentState) -> Row:
    leaks = of_margin(state.leaks)
    causes = (f"{one.kind.value.replace('_', ' ')}: {one.text}" for one in leaks)
    documents = dict.fromkeys(one.document for one in leaks if one.document)
    return {
        "leaked": sum((one.money.amount for one in leaks), Decimal(0)) if leaks else None,
        "leaked_at": max((one.since for one in leaks), default=None),
        "leaked_because": "; ".join(causes) or None,
        "leaked_of": " ".join(documents) or None,
    }


def _flags(state: ShipmentState) -> Iterator[str]:
    yield from (flag.kind.value for flag in state.flags)
    if state.amended:
        yield AMENDED
    if state.holding.hold:
        yield CaseKind.LOAD_ON_HOLD.value


def _status(state: ShipmentState) -> str:
    if state.status is not Status.PLANNED:
        return state.status.value
    if state.award:
        return "covered"
    if state.holding.hold:
        return OrderStatus.ON_HOLD.value
    if state.waterfall.open_offers:
        return "tendered"
    return "uncovered" if state.stocked else "reserving"


def _sum(charges: tuple[AgreedCharge, ...]) -> Money | None:
    if not charges:
        return None
    return pricing.amount(charges, charges[0].charge.money.currency)


def _past_shipment(state: PastShipmentState) -> Row:
    placed = state.order
    last = state.log.reports[-1] if state.log.reports else None
    return {
        "status": RECORDED,
        "customer_ref": placed.customer_ref if placed else None,
        "order_ref": placed.order_ref if placed else None,
        "origin": (placed.origin.name or placed.origin.country) if placed else None,
        "destination": (placed.destination.name or placed.destination.country) if placed else None,
        "last_event": last.kind.value if last else None,
        "last_event_at": last.happened_at if last else None,
    }


def _bill(state: BillState) -> Row:
    judged = bool(state.verdicts)
    return {
        "status": state.status.value,
        "carrier_ref": state.bill.carrier_ref,
        "invoice_number": state.bill.invoice_number,
        "shipment_ref": state.shipment_ref or None,
        "billed": state.bill.total.amount,
        "payable": state.payable.amount if judged else None,
        "disputed": state.disputed.amount if judged else None,
        "currency": state.bill.currency,
        "decided_at": state.decided_at,
        "recycled": state.recycled,
        "touchless": _touchless(state),
        "reason": state.reason or None,
        "open_amount": open_money(state).amount if state.payables else None,
        "due_on": min((one.due_on for one in state.payables), default=None),
        "payment_run": state.payment_run or None,
    }


def _touchless(state: BillState) -> bool | None:
    """Return whether it was approved without a person; None while it is not decided."""
    if state.decided_at is None:
        return None
    approved = state.status in (BillStatus.APPROVED, BillStatus.PAID)
    return approved and not state.conceded and not state.dropped


def _index(state: IndexState) -> Row:
    days = [*(one.price_on for one in state.prices), *(one.rate_on for one in state.rates)]
    return {
        "prices": len(state.prices),
        "rates": len(state.rates),
        "last_on": max(days, default=None),
        "waiting": len(state.waiting),
    }


def _past_bill(state: PastBillState) -> Row:
    return {
        "status": RECORDED,
        "carrier_ref": state.bill.carrier_ref or None,
        "invoice_number": state.bill.invoice_number or None,
        "shipment_ref": state.shipment_ref,
        "billed": state.bill.total.amount,
        "currency": state.bill.total.currency,
    }


def _dispute(state: DisputeState) -> Row:
    stop = f" at stop {state.stop}" if state.stop else ""
    return {
        "status": state.status,
        "carrier_ref": state.carrier_ref,
        "shipment_ref": state.shipment_ref,
        "item": f"{state.kind.value.replace('_', ' ')}{stop}",
        "bills": " ".join(dict.fromkeys(one.bill_ref for one in state.parts)),
        "contested": state.contested.amount,
        "disputed": state.open.amount,
        "paid": state.ended_as(Ending.PAID).amount,
        "credited": state.ended_as(Ending.CREDITED).amount,
        "written_off": state.ended_as(Ending.WRITTEN_OFF).amount,
        "currency": state.currency,
        "rounds": len(state.rounds),
        "waits_for": state.waits_for.value if state.waits_for else None,
        "answer_by": state.answer_by,
        "opened_at": state.opened_at,
    }


def _claim(state: ClaimState) -> Row:
    standing = state.standing
    return {
        "status": standing.status.value,
        "kind": state.kind.value,
        "carrier_ref": state.carrier_ref,
        "shipment_ref": state.shipment_ref,
        "bill_ref": state.bill_ref or None,
        "claimed": _amount(standing.claimed),
        "open": _amount(standing.open),
        "recovered": _amount(standing.recovered),
        "let_go": _amount(standing.let_go),
        "nettable": _amount(nettable(state)),
        "currency": standing.claimed.currency if standing.claimed else None,
        "due_at": state.next_due_at,
        "found_at": state.found_at,
    }


def _amount(money: Money | None) -> Decimal | None:
    return money.amount if money else None


def _invoice(state: InvoiceState) -> Row:
    return {
        "status": state.status,
        "customer_ref": state.invoice.customer_ref,
        "shipment_ref": state.invoice.shipment_ref or None,
        "number": state.invoice.number,
        "kind": state.invoice.kind.value,
        "series": state.invoice.series,
        "invoiced_on": state.invoice.invoiced_on,
        "total": state.invoice.total.amount,
        "open": state.open.amount,
        "contested": state.contested.amount,
        "currency": state.invoice.total.currency,
        "due_on": state.invoice.due_on,
        "shipments": len(state.invoice.shipment_refs),
        "credits": state.invoice.credits or None,
    }

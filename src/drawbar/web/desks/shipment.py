"""A shipment on a page: everything that is known of it, each number with what explains it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from litestar import Response, get

from drawbar.flow.conclusion import concluded
from drawbar.flow.explained import explained_load
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.listing import CLAIMS, DISPUTES, leaf
from drawbar.records.desk.story import cases_of, deliveries_of, entries_of, messages_of
from drawbar.records.desk.stream import stream
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.bill import BillSeenV1
from drawbar.web.api.v1.shipment import ShipmentV1
from drawbar.web.api.v1.shipments import seen_shipment
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.bill import seen_bill
from drawbar.web.desks.dispatch_card import DispatchCard, dispatch_card
from drawbar.web.desks.rendering import render
from drawbar.web.desks.story_lines import line_stories, said_in
from drawbar.web.desks.story_sheet import SHEET_SUFFIX, charge_sheet
from drawbar.web.desks.story_stops import contract_of, stop_stories
from drawbar.web.desks.story_timeline import Shown, timeline
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import unknown
from drawbar.web.settings import WebSettings

_SQL = statements("desk")


@get("/shipments/{shipment_ref:str}", **page(Scope.SHIPMENT_READ))
def shipment(
    shipment_ref: NamePath,
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
    show: Shown = "",
) -> Response[Any]:
    """Show one shipment."""
    ref, as_data = split(shipment_ref.removesuffix(SHEET_SUFFIX))
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_shipment(cursor, ref, caller, settings.company)
        if told is None:
            raise unknown("shipment")
        if as_data:
            return Response(told)
        if shipment_ref.endswith(SHEET_SUFFIX):
            return charge_sheet(told)
        return render(
            "shipment.html",
            here="/shipments",
            shipment=told,
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            dispatch=_dispatch(cursor, ref, caller, settings),
            **_driven(cursor, told, settings),
            **_surroundings(cursor, told, money=caller.may(Scope.MONEY_READ), show=show),
        )


def _dispatch(cursor: Rows, ref: str, caller: Caller, settings: WebSettings) -> DispatchCard | None:
    """Return what can be done with a load by hand; nothing for who may not see what that costs."""
    found = stream(cursor, StreamKey(StreamKind.SHIPMENT, ref))
    if not caller.may(Scope.MONEY_READ) or not found or not isinstance(found.state, ShipmentState):
        return None
    return dispatch_card(found.state, settings.company, now=settings.clock.now())


def _driven(cursor: Rows, told: ShipmentV1, settings: WebSettings) -> dict[str, Any]:
    """Return what the state of a shipment says beyond its version 1 answer."""
    found = stream(cursor, StreamKey(StreamKind.SHIPMENT, told.shipment_ref))
    state = found.state if found else None
    if not isinstance(state, ShipmentState):
        bare: dict[str, Any] = {
            "load": None,
            "stops": [],
            "unasked": (),
            "contract": None,
            "margin": None,
        }
        return {**bare, "rates": ()}
    company = settings.company
    asked = {offer.carrier_ref for offer in state.waterfall.offers}
    return {
        "load": state,
        "stops": stop_stories(state, concluded(state, company), company),
        "unasked": tuple(one for one in state.waterfall.guide if one not in asked),
        "contract": contract_of(state, company),
        "margin": _margin(state),
        "rates": explained_load(state, company, known_at=settings.clock.now()),
    }


def _surroundings(cursor: Rows, told: ShipmentV1, *, money: bool, show: str) -> dict[str, Any]:
    """Return what stands around a shipment; nothing of the money for who may not see it."""
    own = StreamKey(StreamKind.SHIPMENT, told.shipment_ref)
    found = stream(cursor, own)
    load = found.state if found and isinstance(found.state, ShipmentState) else None
    bills = list(_bills(cursor, told.shipment_ref)) if money else []
    invoices = _invoices(cursor, told.shipment_ref) if money else []
    wanted = {"shipment_ref": told.shipment_ref}
    disputes = leaf(cursor, DISPUTES, wanted=wanted, limit=200).rows if money else []
    claims = leaf(cursor, CLAIMS, wanted=wanted, limit=200).rows if money else []
    about = [
        StreamKey(StreamKind.ORDER, told.order_ref),
        own,
        *(StreamKey(StreamKind.FREIGHT_BILL, bill.bill_ref) for bill in bills),
        *(StreamKey(StreamKind.CUSTOMER_INVOICE, invoice["ref"]) for invoice in invoices),
        *(StreamKey(StreamKind.DISPUTE, one["ref"]) for one in disputes),
        *(StreamKey(StreamKind.CLAIM, one["ref"]) for one in claims),
    ]
    entries = entries_of(cursor, told.shipment_ref) if money else None
    return {
        "bills": [
            (bill, line_stories(bill, load), said_in(cursor, bill.bill_ref)) for bill in bills
        ],
        "invoices": invoices,
        "disputes": disputes,
        "claims": claims,
        "cases": cases_of(cursor, about),
        "timeline": timeline(cursor, about, entries=entries or (), show=show) if money else None,
        "deliveries": deliveries_of(cursor, about) if money else [],
        "entries": entries,
        "messages": messages_of(cursor, about) if money else [],
        "costs": _with_totals(load.buy if load and money else ()),
        "revenue": _with_totals(load.sell if load and money else ()),
    }


def _bills(cursor: Rows, shipment_ref: str) -> Iterable[BillSeenV1]:
    for (ref,) in cursor.execute(_SQL["bills_of"], {"ref": shipment_ref}).fetchall():
        told = seen_bill(cursor, ref)
        assert told is not None
        yield told


def _invoices(cursor: Rows, shipment_ref: str) -> list[dict[str, Any]]:
    names = ("ref", "status", "number", "total", "currency", "due_on")
    rows = cursor.execute(_SQL["invoices_of"], {"ref": shipment_ref})
    return [dict(zip(names, row, strict=True)) for row in rows]


def _with_totals(charges: tuple[AgreedCharge, ...]) -> list[Money]:
    """Return the sum in each currency."""
    by_currency: dict[str, list[Money]] = defaultdict(list)
    for one in charges:
        by_currency[one.charge.money.currency].append(one.charge.money)
    return [total(amounts, currency=currency) for currency, amounts in by_currency.items()]


def _margin(state: ShipmentState) -> dict[str, Money] | None:
    """Return what is left of the revenue, None while one side has no price or in two currencies.

    Tax that customers are billed is no revenue, tax that the firm gets back no cost.
    """
    costs = _with_totals(tuple(one for one in state.buy if not one.recoverable))
    earned = tuple(one for one in state.sell if one.charge.kind is not ChargeKind.TAX)
    revenue = _with_totals(earned)
    if len(costs) != 1 or len(revenue) != 1 or costs[0].currency != revenue[0].currency:
        return None
    return {"left": revenue[0] - costs[0], "revenue": revenue[0], "cost": costs[0]}

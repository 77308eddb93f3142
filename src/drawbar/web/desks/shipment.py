"""A shipment on a page: everything that is known of it, each number with what explains it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from litestar import Response, get

from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.story import cases_of, deliveries_of, entries_of, messages_of, story
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.bill import BillSeenV1
from drawbar.web.api.v1.charge import ChargeV1
from drawbar.web.api.v1.shipment import ShipmentV1
from drawbar.web.api.v1.shipments import seen_shipment
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.bill import seen_bill
from drawbar.web.desks.rendering import render
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import unknown

_SQL = statements("desk")


@get("/shipments/{shipment_ref:str}", **page(Scope.SHIPMENT_READ))
def shipment(
    shipment_ref: NamePath, caller: GivenCaller, reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show one shipment."""
    ref, as_data = split(shipment_ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_shipment(cursor, ref, caller, settings.company)
        if told is None:
            raise unknown("shipment")
        if as_data:
            return Response(told)
        return render(
            "shipment.html",
            here="/shipments",
            shipment=told,
            now=settings.clock.now(),
            home_zone=settings.company.zone,
            cost_total=_totals(told.costs),
            revenue_total=_totals(told.revenue),
            **_surroundings(cursor, told, money=caller.may(Scope.MONEY_READ)),
        )


def _surroundings(cursor: Rows, told: ShipmentV1, *, money: bool) -> dict[str, Any]:
    """Return what stands around a shipment; nothing of the money for who may not see it."""
    own = StreamKey(StreamKind.SHIPMENT, told.shipment_ref)
    bills = list(_bills(cursor, told.shipment_ref)) if money else []
    invoices = _invoices(cursor, told.shipment_ref) if money else []
    about = [
        StreamKey(StreamKind.ORDER, told.order_ref),
        own,
        *(StreamKey(StreamKind.FREIGHT_BILL, bill.bill_ref) for bill in bills),
        *(StreamKey(StreamKind.CUSTOMER_INVOICE, invoice["ref"]) for invoice in invoices),
    ]
    return {
        "bills": bills,
        "invoices": invoices,
        "cases": cases_of(cursor, about),
        "timeline": story(cursor, about) if money else [],
        "deliveries": deliveries_of(cursor, about) if money else [],
        "entries": entries_of(cursor, told.shipment_ref) if money else None,
        "messages": messages_of(cursor, about) if money else [],
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


def _totals(charges: tuple[ChargeV1, ...] | None) -> list[Money]:
    """Return the sum in each currency."""
    by_currency: dict[str, list[Money]] = defaultdict(list)
    for charge in charges or ():
        by_currency[charge.money.currency].append(charge.money.money())
    return [total(amounts, currency=currency) for currency, amounts in by_currency.items()]

"""Shipments that nobody billed yet: what they will cost, and whose bill is overdue."""

from collections.abc import Iterator
from datetime import date, timedelta

from drawbar.cli.audit.document import Missing
from drawbar.cli.audit.run import Audit
from drawbar.cli.audit.spool import Spool
from drawbar.cli.audit.telling import lane_of
from drawbar.cli.audit.unread import Refused
from drawbar.flow.shadow_load import Opened
from drawbar.freight.instant import local_day
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import total


def missing_bills(audit: Audit, spool: Spool, *, as_of: date, days: int) -> Iterator[Missing]:
    """Yield every shipment without a bill, in order; overdue from ``days`` after its delivery."""
    billed = audit.shelf.used_loads()
    for ref in spool.shipments():
        if ref in billed:
            continue
        try:
            opened = audit.shelf.load(ref)
        except Refused:
            continue  # noted when the shipments were read
        if opened.load.payee_ref or opened.load.buy:
            yield _missing(opened, as_of, days)


def _missing(opened: Opened, as_of: date, days: int) -> Missing:
    load = opened.load
    delivered_on = _delivered_on(opened)
    is_overdue = delivered_on is not None and as_of >= delivered_on + timedelta(days=days)
    money = [one.charge.money for one in load.buy]
    currency = money[0].currency if money else ""
    expected = total(money, currency=currency).amount if money else None
    when = f"delivered on {delivered_on}" if delivered_on else "not reported as delivered"
    late = f", its bill is missing for more than {days} days" if is_overdue else ", not billed yet"
    return Missing(
        shipment=load.shipment_ref,
        carrier=load.payee_ref,
        customer=load.order.customer_ref,
        lane=lane_of(load.order),
        delivered_on=delivered_on,
        expected=expected,
        currency=currency,
        is_overdue=is_overdue,
        text=f"{when}{late}",
    )


def _delivered_on(opened: Opened) -> date | None:
    stop = opened.load.order.delivery
    made = [
        one.happened_at for one in opened.load.log.reports if one.kind is MilestoneKind.DELIVERED
    ]
    return local_day(max(made), stop.place.zone) if made else None

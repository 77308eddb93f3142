"""What a demo came to, counted from the records that its pages show."""

from decimal import Decimal
from typing import Any

from drawbar.cli.firm import Firm
from drawbar.records.desk import counts

Figures = dict[str, Any]


def is_calm(firm: Firm) -> bool:
    """Return whether nothing is left to decide or to deliver now."""
    with firm.reads.connection() as connection, connection.cursor() as cursor:
        waiting = cursor.execute("SELECT count(*) FROM pending").fetchone()
        assert waiting is not None
        return not waiting[0] and not counts.deliveries_open(cursor)


def summary(firm: Firm) -> Figures:
    """Return the figures by name; amounts are strings in US dollars."""
    with firm.reads.connection() as connection, connection.cursor() as cursor:
        statuses = {(one.kind, one.status): one.count for one in counts.by_status(cursor)}
        bills = counts.bills_by_status(cursor)
        cases = counts.cases_by_owner(cursor)
        return {
            "orders": sum(n for (kind, _), n in statuses.items() if kind == "order"),
            "orders_on_hold": statuses.get(("order", "on_hold"), 0),
            "delivered": statuses.get(("shipment", "delivered"), 0),
            "bills": sum(one.count for one in bills),
            **{f"bills_{one.status}": one.count for one in bills},
            "billed_usd": str(sum((one.billed.amount for one in bills), start=Decimal(0))),
            "disputed_usd": str(
                sum((one.disputed.amount for one in bills if one.disputed), start=Decimal(0))
            ),
            "open_cases": sum(one.count for one in cases),
            "deliveries_waiting": sum(one.count for one in counts.deliveries_open(cursor)),
        }

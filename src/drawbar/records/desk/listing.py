"""Lists that go on: rows of one kind, newest first, filtered by what stands in columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from psycopg import sql

from drawbar.records.sheet import Rows


class Listing(Struct, frozen=True, kw_only=True):
    """A list of a table. ``order`` is its unique column; ``filters`` are columns by their names."""

    table: str
    columns: tuple[str, ...]
    order: str
    filters: tuple[str, ...]
    only: str = "true"


class Leaf(Struct, frozen=True, kw_only=True):
    """One page of a list. ``last`` is where the next one goes on, None at the end."""

    rows: list[dict[str, Any]]
    last: Any = None


SHIPMENTS = Listing(
    table="shipments",
    columns=(
        *("ref", "status", "customer_ref", "carrier_ref", "order_ref", "origin", "destination"),
        *("pickup_due_at", "delivery_due_at", "tender_state", "last_event", "last_event_at"),
        *("cost", "revenue", "currency", "flags", "version"),
    ),
    order="ref",
    filters=("status", "customer_ref", "carrier_ref"),
)
ORDERS = Listing(
    table="orders",
    columns=("ref", "status", "customer_ref", "revision", "changed_at"),
    order="ref",
    filters=("status", "customer_ref"),
)
BILLS = Listing(
    table="freight_bills",
    columns=(
        *("ref", "status", "carrier_ref", "invoice_number", "shipment_ref", "billed", "payable"),
        *("disputed", "currency", "reason", "decided_at", "touchless"),
    ),
    order="ref",
    filters=("status", "carrier_ref", "shipment_ref"),
)
DISPUTES = Listing(
    table="disputes",
    columns=(
        *("ref", "status", "carrier_ref", "shipment_ref", "item", "bills", "contested", "disputed"),
        *("paid", "credited", "written_off", "currency", "rounds", "waits_for", "answer_by"),
        "opened_at",
    ),
    order="ref",
    filters=("status", "carrier_ref", "shipment_ref"),
)
CLAIMS = Listing(
    table="claims",
    columns=(
        *("ref", "status", "kind", "carrier_ref", "shipment_ref", "bill_ref", "claimed", "open"),
        *("recovered", "let_go", "nettable", "currency", "due_at", "found_at"),
    ),
    order="ref",
    filters=("status", "kind", "carrier_ref", "shipment_ref"),
)
MISSING_BILLS = Listing(
    table="shipments",
    columns=(
        *("ref", "carrier_ref", "customer_ref", "order_ref", "origin", "destination"),
        *("bill_missing_at", "bill_missing", "currency", "last_event_at"),
    ),
    order="ref",
    filters=("carrier_ref",),
    only="bill_missing_at IS NOT NULL",
)
INVOICES = Listing(
    table="customer_invoices",
    columns=(
        *("ref", "kind", "status", "customer_ref", "shipment_ref", "shipments", "invoiced_on"),
        *("due_on", "total", "open", "contested", "currency", "series", "number"),
    ),
    order="ref",
    filters=("status", "kind", "customer_ref", "shipment_ref"),
)
UNBILLED = Listing(
    table="shipments",
    columns=(
        *("ref", "customer_ref", "order_ref", "origin", "destination", "unbilled", "currency"),
        *("unbilled_because", "unbilled_since"),
    ),
    order="ref",
    filters=("customer_ref",),
    only="unbilled IS NOT NULL",
)
LEAKS = Listing(
    table="shipments",
    columns=(
        *("ref", "customer_ref", "carrier_ref", "order_ref", "leaked", "currency"),
        *("leaked_because", "leaked_of", "leaked_at"),
    ),
    order="ref",
    filters=("customer_ref", "carrier_ref"),
    only="leaked IS NOT NULL",
)
CASES = Listing(
    table="cases",
    columns=(
        *("case_id", "kind", "subject_kind", "subject_ref", "item", "cause", "text", "remedy"),
        *("owner", "due_at", "amount", "currency", "message_ref", "opened_at"),
    ),
    order="case_id",
    filters=("owner", "kind", "subject_ref"),
    only="settled_at IS NULL",
)
DELIVERIES = Listing(
    table="deliveries",
    columns=(
        *("delivery_id", "system", "lane", "stream_kind", "stream_ref", "business_key", "kind"),
        *("state", "document", "error", "attempts", "created_at", "due_at", "settled_at"),
    ),
    order="delivery_id",
    filters=("system", "lane", "state"),
)
MESSAGES = Listing(
    table="messages",
    columns=(
        *("message_id", "message_ref", "direction", "channel", "sender", "content_type"),
        *("learned_at", "outcome", "times", "facts"),
    ),
    order="message_id",
    filters=("direction", "channel", "sender", "outcome"),
)


def leaf(
    cursor: Rows,
    listing: Listing,
    *,
    wanted: Mapping[str, str],
    before: object = None,
    limit: int = 50,
) -> Leaf:
    """Return the rows before ``before`` that have the wanted values, the newest first."""
    filters = {name: value for name, value in wanted.items() if value}
    assert filters.keys() <= set(listing.filters)
    rows = cursor.execute(
        _statement(listing, tuple(filters), goes_on=before is not None),
        {**filters, "before": before, "limit": limit + 1},
    ).fetchall()
    found = [dict(zip(listing.columns, row, strict=True)) for row in rows[:limit]]
    return Leaf(rows=found, last=found[-1][listing.order] if len(rows) > limit else None)


def _statement(listing: Listing, filters: Sequence[str], *, goes_on: bool) -> sql.Composed:
    conditions: list[sql.Composable] = [sql.SQL(listing.only)]
    conditions += [
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in filters
    ]
    if goes_on:
        conditions.append(
            sql.SQL("{} < {}").format(sql.Identifier(listing.order), sql.Placeholder("before"))
        )
    return sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY {} DESC LIMIT {}").format(
        sql.SQL(", ").join(map(sql.Identifier, listing.columns)),
        sql.Identifier(listing.table),
        sql.SQL(" AND ").join(conditions),
        sql.Identifier(listing.order),
        sql.Placeholder("limit"),
    )

"""The chase list over HTTP: loads that were delivered, and whose bill is missing."""

from datetime import datetime
from typing import Any

from litestar import get
from msgspec import Struct

from drawbar.records.desk.listing import MISSING_BILLS, leaf
from drawbar.web.api.v1.paging import After, Filter, Limit, cursor_of, place_of
from drawbar.web.api.v1.term import AmountV1
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads


class MissingInvoiceV1(Struct, frozen=True, kw_only=True):
    """A load that its carrier should bill. ``expected`` is null for a role without money."""

    shipment_ref: str
    carrier_ref: str
    customer_ref: str | None
    order_ref: str | None
    missing_since: datetime
    expected: AmountV1 | None


class MissingInvoicesV1(Struct, frozen=True, kw_only=True):
    """One page of the chase list; ``next`` leads on, null at the end."""

    items: tuple[MissingInvoiceV1, ...]
    next: str | None


@get("/v1/missing-invoices", **policy(Scope.SHIPMENT_READ, writes=False))
def list_missing_invoices(
    caller: GivenCaller,
    reads: GivenReads,
    carrier: Filter = "",
    after: After = "",
    limit: Limit = 50,
) -> MissingInvoicesV1:
    """List what is delivered and not billed. A carrier sees what it has to bill itself."""
    if caller.carrier_ref and carrier not in {"", caller.carrier_ref}:
        return MissingInvoicesV1(items=(), next=None)
    wanted = {"carrier_ref": caller.carrier_ref or carrier}
    with reads.connection() as connection, connection.cursor() as cursor:
        found = leaf(cursor, MISSING_BILLS, wanted=wanted, before=place_of(after, str), limit=limit)
    items = tuple(_row(row, caller) for row in found.rows)
    return MissingInvoicesV1(items=items, next=cursor_of(found.last))


def _row(row: dict[str, Any], caller: Caller) -> MissingInvoiceV1:
    known = row["bill_missing"] is not None and row["currency"] and caller.may(Scope.MONEY_READ)
    return MissingInvoiceV1(
        shipment_ref=row["ref"],
        carrier_ref=row["carrier_ref"],
        customer_ref=None if caller.carrier_ref else row["customer_ref"],
        order_ref=row["order_ref"],
        missing_since=row["bill_missing_at"],
        expected=AmountV1(amount=f"{row['bill_missing']:f}", currency=row["currency"])
        if known
        else None,
    )

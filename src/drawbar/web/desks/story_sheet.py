"""A page's twin as a sheet: rows for a spreadsheet, in which nothing can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from litestar import Response

from drawbar.web.api.v1.bill import BillSeenV1
from drawbar.web.api.v1.shipment import ShipmentV1

SHEET_SUFFIX = ".csv"
_ACTS = ("=", "+", "-", "@", "\t", "\r")


def sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response[str]:
    """Return rows as CSV. A text that a spreadsheet would run is led by an apostrophe."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return Response(told.getvalue(), media_type="text/csv; charset=utf-8")


def charge_sheet(told: ShipmentV1) -> Response[str]:
    """Return the charges of a shipment, one row each; empty where the role sees no money."""
    return sheet(
        ("side", "charge", "stop", "amount", "currency", "contract", "version", "clause"),
        [
            (
                side,
                one.kind,
                one.stop,
                one.money.amount,
                one.money.currency,
                one.why.contract_ref,
                one.why.contract_version,
                one.why.clause,
            )
            for side, charges in (("cost", told.costs), ("revenue", told.revenue))
            for one in charges or ()
        ],
    )


def bill_sheet(told: BillSeenV1) -> Response[str]:
    """Return the lines of a bill, one row each."""
    return sheet(
        ("line", "charge", "stop", "billed", "payable", "disputed", "currency", "reason", "said"),
        [
            (
                line.number,
                line.kind,
                line.stop,
                line.billed.amount,
                line.payable.amount if line.payable else "",
                line.disputed.amount if line.disputed else "",
                line.billed.currency,
                line.reason,
                line.said,
            )
            for line in told.lines
        ],
    )


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_ACTS) and not _is_amount(cell):
        return f"'{cell}"
    return cell


def _is_amount(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()

"""The rows behind a measure: which of a period's loads, bills or documents it is computed from.

Each has its parts by dimension, so a figure and its breakdown are of the same rows.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from drawbar.kpis.breakdown import Dimension
from drawbar.records.desk.kpi_rows import Cohort
from drawbar.records.desk.measured_load import MeasuredLoad

Parts = Mapping[Dimension, str]


class Behind(Struct, frozen=True):
    """One row behind a measure: its parts by dimension, where it leads to, and the row itself."""

    parts: Parts
    kind: str
    ref: str
    row: Any


def of_loads(pick: Callable[[MeasuredLoad], Iterable[Any]]) -> Callable[[Cohort], list[Behind]]:
    """Return the rows that ``pick`` takes from each load of a cohort."""

    def rows(seen: Cohort) -> list[Behind]:
        return [
            Behind(load.parts, "shipment", load.shipment_ref, row)
            for load in seen.loads
            for row in pick(load)
        ]

    return rows


def if_any(row: Any) -> tuple[Any, ...]:
    """Return the row alone, nothing for None."""
    return () if row is None else (row,)


def beside_loads(field: str) -> Callable[[Cohort], list[Behind]]:
    """Return the rows that a cohort keeps beside its loads, each with its load's parts."""

    def rows(seen: Cohort) -> list[Behind]:
        parts = seen.parts_of_load()
        return [
            Behind(parts[row.shipment_ref], "shipment", row.shipment_ref, row)
            for row in getattr(seen, field)
        ]

    return rows


def margins(seen: Cohort) -> list[Behind]:
    """Return the margins in the books, each of one load and of one cost centre."""
    return [
        Behind({**one.parts, Dimension.COST_CENTRE: centre}, one.kind, one.ref, one.row)
        for one in beside_loads("margins")(seen)
        for centre in (one.row.cost_centre,)
    ]


def of_bills(field: str) -> Callable[[Cohort], list[Behind]]:
    """Return the rows that each bill of a cohort has for a measure, where it has one."""

    def rows(seen: Cohort) -> list[Behind]:
        told = ((bill, getattr(bill, field)) for bill in seen.bills)
        return [
            Behind(bill.parts, "freight_bill", bill.bill_ref, row)
            for bill, row in told
            if row is not None
        ]

    return rows


def invoices(seen: Cohort) -> list[Behind]:
    """Return the documents to customers of a period, and older ones open at its end."""
    return [
        Behind(one.parts, "customer_invoice", one.row.invoice_ref, one.row) for one in seen.invoices
    ]


def closes(seen: Cohort) -> list[Behind]:
    """Return the months that were closed in the period."""
    return [Behind(one.parts, "period", one.row.period, one.row) for one in seen.closes]

"""The books as the measures see them: what customers owed at an end, and months that were closed.

Both are as the ledger has them, so a measure of a past period does not move with today's payments.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from drawbar.flow.company import Company
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.ledger import RESULT
from drawbar.freight.money import Money
from drawbar.freight.period import Period
from drawbar.kpis.breakdown import Dimension
from drawbar.kpis.close import CloseRow
from drawbar.kpis.receivable import ReceivableRow
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("kpi_rows")


class MeasuredInvoice(Struct, frozen=True, kw_only=True):
    """One document to a customer: its parts by dimension, and its row."""

    parts: dict[Dimension, str]
    row: ReceivableRow


class MeasuredClose(Struct, frozen=True, kw_only=True):
    """One month that was closed: its parts by dimension, and its row."""

    parts: dict[Dimension, str]
    row: CloseRow


def receivables(
    cursor: Rows, company: Company, first: date, last: date
) -> Iterator[MeasuredInvoice]:
    """Yield what was invoiced from ``first`` to ``last``, and what older was open on ``last``."""
    found = cursor.execute(_SQL["receivables"], {"first": first, "last": last})
    for ref, customer, invoiced_on, currency, amount, owed in found:
        payer = company.customers.get(customer)
        yield MeasuredInvoice(
            parts={
                Dimension.CUSTOMER: customer,
                Dimension.OWNER: payer.owner if payer else "",
            },
            row=ReceivableRow(
                invoice_ref=ref,
                invoiced_on=invoiced_on,
                total=Money(amount, currency),
                open=Money(owed, currency),
            ),
        )


def closes(cursor: Rows, company: Company, begin: Instant, end: Instant) -> Iterator[MeasuredClose]:
    """Yield the months that were closed in ``[begin, end)``, with margins in the firm's currency.

    A month that was opened again counts from its last close, and by what its first one reported.
    """
    months = cursor.execute(_SQL["closed_periods"], {"begin": begin, "end": end}).fetchall()
    for ref, closed_by, closed_at, first_closed_at in months:
        month = Period(ref)
        reported, final = _margins(cursor, month, first_closed_at, company.currency)
        yield MeasuredClose(
            parts={Dimension.OWNER: closed_by},
            row=CloseRow(
                period=ref,
                last_day=month.ends_on,
                closed_on=local_day(closed_at, company.zone),
                reported=reported,
                final=final,
            ),
        )


def _margins(
    cursor: Rows, month: Period, first_closed_at: Instant, currency: str
) -> tuple[Money, Money]:
    """Return the margin of a month as its first close reported it, and as it is known by now."""
    asked = {
        "first": month.begins_on,
        "last": month.ends_on,
        "first_closed_at": first_closed_at,
        "result": sorted(RESULT),
        "currency": currency,
    }
    ((reported, final),) = cursor.execute(_SQL["margin_of_month"], asked).fetchall()
    return Money(reported, currency), Money(final, currency)

"""The books as finance looks at them: payables, runs, periods, accruals, what blocks a close."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from drawbar.freight.ledger import Account
from drawbar.freight.money import Money, zero
from drawbar.kpis.exposure import AccrualRow
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("books")
MOST = 5_000


class OpenBill(Struct, frozen=True, kw_only=True):
    """A bill with something approved and not paid, below zero for a credit."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    shipment_ref: str
    money: Money
    due_on: date
    payment_run: str
    status: str


class RunRow(Struct, frozen=True, kw_only=True):
    """A payment run in a list; ``total`` is None where it pays in several currencies."""

    run_ref: str
    status: str
    until: date
    payments: int
    bills: int
    total: Money | None
    proposed_by: str
    released_at: datetime | None
    changed_at: datetime


class PeriodRow(Struct, frozen=True, kw_only=True):
    """A period that somebody closed, or opened again."""

    period: str
    status: str
    ends_on: date
    by: str
    at: datetime


class Accrued(Struct, frozen=True, kw_only=True):
    """What is accrued for one shipment, as the measure of exposure takes it."""

    row: AccrualRow
    carrier_ref: str


class ExposureSum(Struct, frozen=True, kw_only=True):
    """What is accrued in one currency over all ``loads``, by why it is open."""

    loads: int
    total: Money
    disputed: Money
    unbilled: Money
    provisional: Money


class Counted(Struct, frozen=True, kw_only=True):
    """How many there are, and the money of them by currency."""

    count: int
    money: tuple[Money, ...]


def open_bills(cursor: Rows, *, limit: int = MOST) -> list[OpenBill]:
    """Return what may be paid, the next due first."""
    rows = cursor.execute(_SQL["open_bills"], {"limit": limit})
    return [
        OpenBill(
            bill_ref=ref,
            carrier_ref=carrier,
            invoice_number=number,
            shipment_ref=load,
            money=Money(amount, currency),
            due_on=due_on,
            payment_run=run,
            status=status,
        )
        for ref, carrier, number, load, amount, currency, due_on, run, status in rows
    ]


def nettable_claims(cursor: Rows, carrier_refs: list[str]) -> tuple[str, ...]:
    """Return the claims on these carriers that may be taken off a payment."""
    rows = cursor.execute(_SQL["nettable_claims"], {"carrier_refs": carrier_refs})
    return tuple(ref for (ref,) in rows)


def runs(cursor: Rows, *, limit: int = 200) -> list[RunRow]:
    """Return the payment runs, the newest first."""
    rows = cursor.execute(_SQL["runs"], {"limit": limit})
    return [
        RunRow(
            run_ref=ref,
            status=status,
            until=until,
            payments=payments,
            bills=bills,
            total=Money(total, currency) if total is not None else None,
            proposed_by=by,
            released_at=released_at,
            changed_at=changed_at,
        )
        for (
            ref,
            status,
            until,
            payments,
            bills,
            total,
            currency,
            by,
            released_at,
            changed_at,
        ) in rows
    ]


def payees(cursor: Rows, *, limit: int = 200) -> list[str]:
    """Return the carriers whose payee was ever changed, those to confirm first."""
    return [ref for (ref,) in cursor.execute(_SQL["payees"], {"limit": limit})]


def periods(cursor: Rows, *, limit: int = 60) -> list[PeriodRow]:
    """Return every period that was closed or opened again, the newest first."""
    rows = cursor.execute(_SQL["periods"], {"limit": limit})
    return [
        PeriodRow(period=ref, status=status, ends_on=ends_on, by=by, at=at)
        for ref, status, ends_on, by, at in rows
    ]


def last_closed(cursor: Rows) -> date | None:
    """Return the last day of the books that is closed, None where none is."""
    row = cursor.execute(_SQL["open_from"]).fetchone()
    return row[0] if row else None


def accruals(cursor: Rows, *, limit: int | None = 2_000) -> list[Accrued]:
    """Return what is accrued by shipment, the largest first; ``limit`` None for all."""
    rows = cursor.execute(_SQL["accruals"], {"limit": limit})
    return [
        Accrued(
            row=AccrualRow(
                shipment_ref=ref,
                accrued=Money(accrued, currency),
                vouchered=zero(currency),
                disputed=Money(disputed, currency),
                provisional=provisional,
            ),
            carrier_ref=carrier or "",
        )
        for ref, accrued, currency, provisional, carrier, disputed in rows
    ]


def exposure(cursor: Rows) -> dict[str, ExposureSum]:
    """Return what is accrued over all loads, by currency and reason, however many there are."""
    return {
        currency: ExposureSum(
            loads=loads,
            total=Money(accrued, currency),
            disputed=Money(disputed, currency),
            unbilled=Money(unbilled, currency),
            provisional=Money(provisional, currency),
        )
        for currency, loads, accrued, disputed, unbilled, provisional in cursor.execute(
            _SQL["exposure"]
        )
    }


def balance(cursor: Rows, account: Account) -> dict[str, Money]:
    """Return what an account shows in each currency, debits above zero."""
    rows = cursor.execute(_SQL["balance"], {"account": account.value})
    return {currency: Money(amount, currency) for currency, amount in rows}


def accrued_total(cursor: Rows) -> Counted:
    """Return what the shipments themselves say is accrued."""
    return _counted(cursor, "accrued_total", {})


def counted(cursor: Rows, what: str, *, before: datetime, ends_on: date) -> Counted:
    """Return how many of one item of the checklist there are, of what began in a period or earlier.

    ``before`` is the first instant after the period, ``ends_on`` its last day.
    """
    return _counted(cursor, what, {"before": before, "ends_on": ends_on})


def _counted(cursor: Rows, what: str, asked: dict[str, Any]) -> Counted:
    count, money = 0, []
    for row in cursor.execute(_SQL[what], asked):
        if len(row) == 1:
            return Counted(count=row[0], money=())
        currency, number, amount = row
        count += number
        if currency and amount:
            money.append(Money(Decimal(amount), currency))
    return Counted(count=count, money=tuple(money))

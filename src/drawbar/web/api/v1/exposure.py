"""What is open, over HTTP: accruals by reason, equal to the ledger; payables by due date."""

from collections.abc import Iterator
from datetime import date

from litestar import get
from msgspec import Struct

from drawbar.freight.ledger import Account
from drawbar.freight.money import Money, zero
from drawbar.records.desk.books import (
    Accrued,
    ExposureSum,
    OpenBill,
    accruals,
    balance,
    exposure,
    open_bills,
)
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads


class AccrualV1(Struct, frozen=True, kw_only=True):
    """What is accrued for one shipment, and what of it is disputed."""

    shipment_ref: str
    carrier_ref: str
    accrued: AmountV1
    disputed: AmountV1
    provisional: bool


class ExposureSumV1(Struct, frozen=True, kw_only=True):
    """Exposure in one currency by reason. ``ledger`` is the balance of the accrual account."""

    total: AmountV1
    disputed: AmountV1
    unbilled: AmountV1
    provisional: AmountV1
    ledger: AmountV1
    agrees: bool


class ExposureV1(Struct, frozen=True, kw_only=True):
    """Open accruals by currency, and the largest of the ``loads`` behind them, those first."""

    sums: tuple[ExposureSumV1, ...]
    items: tuple[AccrualV1, ...]
    loads: int


class PayableV1(Struct, frozen=True, kw_only=True):
    """A bill with something approved and not paid; below zero it is a credit."""

    bill_ref: str
    carrier_ref: str
    invoice_number: str
    shipment_ref: str
    money: AmountV1
    due_on: date
    payment_run: str
    status: str


class PayablesV1(Struct, frozen=True, kw_only=True):
    """What is payable, the next due first, and its sum by currency."""

    totals: tuple[AmountV1, ...]
    items: tuple[PayableV1, ...]


@get("/v1/exposure", **policy(Scope.MONEY_READ, writes=False))
def read_exposure(reads: GivenReads) -> ExposureV1:
    """Read what is accrued: disputed, not billed yet, or provisional."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return seen_exposure(cursor)


@get("/v1/payables", **policy(Scope.MONEY_READ, writes=False))
def list_payables(reads: GivenReads) -> PayablesV1:
    """List what is approved and not paid."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return seen_payables(cursor)


def every_accrual(cursor: Rows) -> Iterator[AccrualV1]:
    """Yield what is accrued for each shipment, the largest first, however many there are."""
    return map(_accrual, accruals(cursor, limit=None))


def seen_exposure(cursor: Rows) -> ExposureV1:
    """Return the exposure by currency, drilled down to its shipments."""
    seen, booked = exposure(cursor), balance(cursor, Account.FREIGHT_ACCRUED)
    return ExposureV1(
        sums=tuple(
            _sum(seen.get(one) or _nothing(one), booked.get(one, zero(one)))
            for one in sorted({*booked, *seen})
        ),
        items=tuple(map(_accrual, accruals(cursor))),
        loads=sum(one.loads for one in seen.values()),
    )


def seen_payables(cursor: Rows) -> PayablesV1:
    """Return what is payable, and what it comes to."""
    found = open_bills(cursor)
    sums: dict[str, Money] = {}
    for one in found:
        currency = one.money.currency
        sums[currency] = sums.get(currency, zero(currency)) + one.money
    return PayablesV1(
        totals=tuple(amount_v1(sums[one]) for one in sorted(sums)),
        items=tuple(map(_payable, found)),
    )


def _nothing(currency: str) -> ExposureSum:
    none = zero(currency)
    return ExposureSum(loads=0, total=none, disputed=none, unbilled=none, provisional=none)


def _sum(seen: ExposureSum, booked: Money) -> ExposureSumV1:
    return ExposureSumV1(
        total=amount_v1(seen.total),
        disputed=amount_v1(seen.disputed),
        unbilled=amount_v1(seen.unbilled),
        provisional=amount_v1(seen.provisional),
        ledger=amount_v1(-booked),
        agrees=seen.total == -booked,
    )


def _accrual(one: Accrued) -> AccrualV1:
    return AccrualV1(
        shipment_ref=one.row.shipment_ref,
        carrier_ref=one.carrier_ref,
        accrued=amount_v1(one.row.accrued),
        disputed=amount_v1(one.row.disputed),
        provisional=one.row.provisional,
    )


def _payable(one: OpenBill) -> PayableV1:
    return PayableV1(
        bill_ref=one.bill_ref,
        carrier_ref=one.carrier_ref,
        invoice_number=one.invoice_number,
        shipment_ref=one.shipment_ref,
        money=amount_v1(one.money),
        due_on=one.due_on,
        payment_run=one.payment_run,
        status=one.status,
    )

"""What the ledger says: the balance of each account, and what customers owe us."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.records.views.row import read

_SQL = statements("views")


class Balance(Struct, frozen=True, kw_only=True):
    """The sum of an account in one currency; a debit is above zero."""

    account: str
    currency: str
    amount: Decimal
    lines: int


class Exposure(Struct, frozen=True, kw_only=True):
    """What a customer could owe us at most, and how many of its orders are on hold."""

    customer_ref: str
    exposure: Decimal
    currency: str
    held: int


def balances(cursor: Rows, *, until: date | None = None, shipment_ref: str = "") -> list[Balance]:
    """Return the balance of each account and currency: up to a day, of one shipment, or of all."""
    asked = {"until": until, "shipment_ref": shipment_ref}
    return read(cursor, Balance, _SQL["balances"], asked)


def exposures(cursor: Rows) -> list[Exposure]:
    """Return every customer's exposure, the largest first."""
    return read(cursor, Exposure, _SQL["exposures"], {})

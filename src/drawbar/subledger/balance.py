"""What an account shows: the sum of its lines, and never a figure kept beside the ledger."""

from collections.abc import Iterable

from drawbar.freight.ledger import Account, Entry
from drawbar.freight.money import Money, total


def balance(
    entries: Iterable[Entry], account: Account, *, currency: str, shipment_ref: str = ""
) -> Money:
    """Return debits minus credits of ``account`` in ``currency``, of one shipment if named."""
    lines = (
        line.money
        for entry in entries
        if shipment_ref in {"", entry.shipment_ref}
        for line in entry.lines
        if line.account is account and line.money.currency == currency
    )
    return total(lines, currency=currency)


def accrued(entries: Iterable[Entry], *, shipment_ref: str, currency: str) -> Money:
    """Return what is accrued for a shipment and not billed yet; a debt, so above zero."""
    return -balance(entries, Account.FREIGHT_ACCRUED, currency=currency, shipment_ref=shipment_ref)


def unbilled(entries: Iterable[Entry], *, shipment_ref: str, currency: str) -> Money:
    """Return what a shipment has earned and was not invoiced yet."""
    return balance(
        entries, Account.UNBILLED_RECEIVABLE, currency=currency, shipment_ref=shipment_ref
    )

"""The month-end checklist: what to look at before a period closes, counted, with its money."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from drawbar.freight.ledger import Account
from drawbar.freight.money import Money, zero
from drawbar.freight.period import CheckItem, Period
from drawbar.records.desk.books import Counted, accrued_total, balance, counted
from drawbar.records.sheet import Rows

_ITEMS = (
    ("unposted", "documents that the ERP does not hold yet", True, "/deliveries?lane=finance"),
    (
        "differences",
        "documents in which the ERP and our ledger differ",
        True,
        "/cases?kind=erp_difference",
    ),
    (
        "rejected",
        "deliveries of finance that were rejected or are unsure",
        True,
        "/deliveries?lane=finance",
    ),
    ("provisional_total", "shipments with provisional charges", False, "/exposure"),
    (
        "unbilled",
        "shipments that earned what is not invoiced",
        False,
        "/shipments?status=delivered",
    ),
    ("cases_with_money", "open cases with money at risk", False, "/cases?owner=finance"),
)
_NAMES = {"provisional_total": "provisional", "cases_with_money": "cases"}


def checklist(cursor: Rows, period: Period, *, zone: str) -> tuple[CheckItem, ...]:
    """Return every item as it stands now, of what began before the period ended in ``zone``."""
    end = datetime.combine(period.ends_on + timedelta(days=1), time(), ZoneInfo(zone))
    before, ends_on = end.astimezone(UTC), period.ends_on
    items = [
        _item(name, text, counted(cursor, name, before=before, ends_on=ends_on), blocks, link)
        for name, text, blocks, link in _ITEMS
    ]
    return (*items, _unreconciled(cursor))


def _item(name: str, text: str, found: Counted, is_blocking: bool, link: str) -> CheckItem:
    return CheckItem(
        item=_NAMES.get(name, name),
        text=text,
        count=found.count,
        money=found.money,
        blocking=is_blocking,
        link=link,
    )


def _unreconciled(cursor: Rows) -> CheckItem:
    """Return by how much shipments and ledger differ about what is accrued: always nothing."""
    said = {one.currency: one for one in accrued_total(cursor).money}
    booked = balance(cursor, Account.FREIGHT_ACCRUED)
    apart = tuple(
        one
        for one in (_apart(said, booked, currency) for currency in sorted({*said, *booked}))
        if one.amount
    )
    return CheckItem(
        item="accruals",
        text="currencies in which the accruals of shipments are not the ledger's balance",
        count=len(apart),
        money=apart,
        link="/exposure",
    )


def _apart(said: dict[str, Money], booked: dict[str, Money], currency: str) -> Money:
    nothing = zero(currency)
    return said.get(currency, nothing) + booked.get(currency, nothing)

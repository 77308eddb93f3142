"""The figures of the first page: what each counts, over which rows, and what we aim at.

A figure's number is the number of rows on its own page; both come from one selection.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.money import Money, total
from drawbar.kpis import today
from drawbar.kpis.exposure import accrual_exposure
from drawbar.kpis.registry import KPIS, Unit
from drawbar.kpis.today import BillRow, Entries, Entry, LoadRow
from drawbar.records.desk.today import Accrued


class Books(Struct, frozen=True, kw_only=True):
    """The rows that all figures select from, read in one go."""

    now: datetime
    currency: str
    loads: list[LoadRow]
    bills: list[BillRow]
    accruals: list[Accrued]


class Figure(Struct, frozen=True, kw_only=True):
    """One figure. ``of_day`` counts what happened on a day; another counts what is open now.

    ``target`` is in the figure's unit, ``target_from`` says who set it.
    """

    name: str
    title: str
    unit: Unit
    definition: str
    of_day: bool
    select: Callable[[Books], Entries]
    target: Decimal | None = None
    target_from: str = ""
    sees_money: bool = False


class Value(Struct, frozen=True, kw_only=True):
    """What a figure comes to. ``count`` of ``base`` entries; ``money`` has one sum per currency."""

    count: int
    base: int
    money: tuple[Money, ...]

    @property
    def percent(self) -> Decimal | None:
        """Return the share in percent with one decimal; None of nothing."""
        if not self.base:
            return None
        return (Decimal(100 * self.count) / self.base).quantize(Decimal("0.1"))


def value_of(entries: Entries) -> Value:
    """Return what entries come to."""
    sums = [entry.money for entry in entries if entry.money is not None]
    currencies = sorted({money.currency for money in sums})
    return Value(
        count=sum(entry.counts for entry in entries),
        base=len(entries),
        money=tuple(
            total((money for money in sums if money.currency == currency), currency=currency)
            for currency in currencies
        ),
    )


def _figure(
    name: str,
    select: Callable[[Books], Entries],
    *,
    of_day: bool = True,
    target: tuple[str, str] = ("", ""),
    sees_money: bool = False,
) -> Figure:
    kpi = KPIS[name]
    aim, said_by = target
    return Figure(
        name=name,
        title=kpi.title,
        unit=kpi.unit,
        definition=kpi.definition,
        of_day=of_day,
        select=select,
        target=Decimal(aim) if aim else None,
        target_from=said_by,
        sees_money=sees_money or kpi.unit is Unit.MONEY,
    )


def _exposure(books: Books) -> Entries:
    """Return the open accruals; their sum is that of ``kpis.exposure.accrual_exposure``."""
    return tuple(
        Entry(kind="shipment", ref=one.row.shipment_ref, at=one.at, money=one.row.open)
        for one in books.accruals
    )


def exposure_parts(books: Books) -> dict[str, Money]:
    """Return the exposure in the firm's currency by why it is open."""
    rows = [one.row for one in books.accruals if one.row.accrued.currency == books.currency]
    seen = accrual_exposure(rows, currency=books.currency)
    return {"in dispute": seen.disputed, "not billed yet": seen.unbilled}


_PUBLISHED = "the best that the trade publishes"
FIGURES: Mapping[str, Figure] = {
    figure.name: figure
    for figure in (
        _figure("orders_released", lambda books: today.orders_released(books.loads)),
        _figure("dispatched", lambda books: today.dispatched(books.loads)),
        _figure("picked_up", lambda books: today.picked_up(books.loads)),
        _figure("delivered", lambda books: today.delivered(books.loads)),
        _figure(
            "arrivals_on_time",
            lambda books: today.arrivals_on_time(books.loads, now=books.now),
            target=("96", _PUBLISHED),
        ),
        _figure("pods_missing", lambda books: today.pods_missing(books.loads), of_day=False),
        _figure("bills_received", lambda books: today.bills_received(books.bills), sees_money=True),
        _figure(
            "bills_touchless",
            lambda books: today.bills_touchless(books.bills),
            target=("80", _PUBLISHED),
            sees_money=True,
        ),
        _figure("money_held", lambda books: today.money_held(books.bills), of_day=False),
        _figure("unbilled", lambda books: today.unbilled(books.loads), of_day=False),
        _figure("accrual_exposure", _exposure, of_day=False),
    )
}
"""Every figure by its name, in the order of the page."""

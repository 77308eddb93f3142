"""A figure day by day: the small bars beside a number, each leading to the rows of its day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.instant import local_day, utc, zone
from drawbar.freight.money import Money
from drawbar.kpis.registry import Unit
from drawbar.kpis.today import Entries, within
from drawbar.web.desks.figure import Figure, Value, value_of
from drawbar.web.desks.rendering import money

BAR_HEIGHT = 40
SHOWN_DAYS = 30


class Bar(Struct, frozen=True, kw_only=True):
    """One day. ``size`` is the bare number, ``height`` of ``BAR_HEIGHT``; 0 where nothing is."""

    on: date
    said: str
    size: str
    height: int
    href: str
    is_chosen: bool


def day_of(on: date, zone_name: str) -> tuple[datetime, datetime]:
    """Return the day ``[begin, end)`` on the clocks of a zone, as instants."""
    here = zone(zone_name)
    begin = datetime.combine(on, time(), tzinfo=here)
    return utc(begin), utc(datetime.combine(on + timedelta(days=1), time(), tzinfo=here))


def bars(
    figure: Figure, entries: Entries, *, last: date, zone_name: str, chosen: date | None = None
) -> list[Bar]:
    """Return the last days of a figure, the oldest first; empty where nothing happened in them."""
    days = [last - timedelta(days=back) for back in range(SHOWN_DAYS - 1, -1, -1)]
    by_day: dict[date, list[int]] = {}
    for number, entry in enumerate(entries):
        by_day.setdefault(local_day(entry.at, zone_name), []).append(number)
    values = [value_of(tuple(entries[n] for n in by_day.get(day, ()))) for day in days]
    tops = [_size(figure, value) for value in values]
    most = max(tops, default=Decimal(0))
    if not most:
        return []
    return [
        Bar(
            on=day,
            said=said(figure, value),
            size=f"{size:f}",
            height=_height(size, most),
            href=f"/figures/{figure.name}?on={day}",
            is_chosen=day == chosen,
        )
        for day, value, size in zip(days, values, tops, strict=True)
    ]


def said(figure: Figure, value: Value) -> str:
    """Return what a figure comes to in words: "17", "94.1 %", "1,250.00 USD"."""
    match figure.unit:
        case Unit.PERCENT:
            return "—" if value.percent is None else f"{value.percent} %"
        case Unit.MONEY:
            return " + ".join(_sums(value)) or "0.00"
        case _:
            return f"{value.count}"


def on_day(entries: Entries, on: date, zone_name: str) -> Entries:
    """Return the entries of one day of the firm."""
    return within(entries, *day_of(on, zone_name))


def _sums(value: Value) -> Iterator[str]:
    return (money(amount) for amount in value.money)


def _size(figure: Figure, value: Value) -> Decimal:
    match figure.unit:
        case Unit.PERCENT:
            return value.percent or Decimal(0)
        case Unit.MONEY:
            return sum((abs(one.amount) for one in _first(value.money)), Decimal(0))
        case _:
            return Decimal(value.count)


def _first(amounts: tuple[Money, ...]) -> tuple[Money, ...]:
    """Two currencies are not added up: the first one draws the bar."""
    return amounts[:1]


def _height(size: Decimal, most: Decimal) -> int:
    return max(2, int(size * BAR_HEIGHT / most)) if size else 0

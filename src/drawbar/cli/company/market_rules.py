"""What is wrong with the market's tables: one day of an index or an exchange at two prices.

A later figure corrects an earlier one only where it became known later; else nobody could say
which of the two a bill was priced by.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TypeVar

from drawbar.cli.company.draft import Draft, Filed
from drawbar.cli.company.mistake import Mistake
from drawbar.cli.company.rule import Judged
from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.fuel import IndexPrice

T = TypeVar("T")
_REMEDY = "Keep the right one; if one corrects the other, say in known_at since when it is known."


def market_mistakes(draft: Draft) -> Iterator[Mistake]:
    """Return each figure that contradicts an earlier one of the same day, known as long."""
    yield from _twice(draft.prices, "price", _price)
    yield from _twice(draft.rates, "rate", _rate)


def _price(one: IndexPrice) -> tuple[object, str]:
    return one.known_at, f"{one.index} of {one.price_on}"


def _rate(one: ExchangeRate) -> tuple[object, str]:
    return one.known_at, f"{one.source} {one.base} to {one.quote} of {one.rate_on}"


def _twice(
    rows: Iterable[Filed[T]], figure: str, key: Callable[[T], tuple[object, str]]
) -> Iterator[Mistake]:
    first: dict[tuple[object, str], Filed[T]] = {}
    for one in rows:
        before = first.setdefault(key(one.value), one)
        here, there = _figure(one, figure), _figure(before, figure)
        if here != there:
            place = before.sheet.spot((figure,))
            what = f"{key(one.value)[1]} is {here} here and {there} on line {place.line}"
            elsewhere = f" of {place.file}" if place.file != one.file else ""
            yield Judged((figure,), f"{what}{elsewhere}.", _REMEDY).on(one.sheet)


def _figure(one: Filed[T], name: str) -> Decimal:
    found = getattr(one.value, name)
    assert isinstance(found, Decimal)
    return found

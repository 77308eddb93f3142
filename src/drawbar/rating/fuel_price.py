"""Which price of an index counts on a day: the one whose window has begun and no later one has.

The day that a price is about, the day it came out and the days on which it holds are three things.
Where the price for a day is not known yet the last known stands in, and is said to.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from drawbar.freight.fuel import FuelTerms, FuelWindow, IndexPrice
from drawbar.rating.unrated import Unrated

WEEK = 7
FIRST_PRICE_BY = 8
"""A month's first weekly price is of its first Monday, or of the day after where that is a holiday;
a price of a later day is not the first of its month, whatever else is known."""


class Held(Struct, frozen=True, tag=True):
    """The price that counts, from ``begins`` on. ``missing`` says which is not known, if one is."""

    price: IndexPrice
    begins: date
    missing: str = ""


def price_for(terms: FuelTerms, prices: Iterable[IndexPrice], *, on: date) -> Held | Unrated:
    """Return the price of the contract's index that counts ``on`` a local day at the origin.

    The order of ``prices`` does not matter; one that we learned later corrects an earlier one of
    the same day. A price may be too old for the day: then it stands in, marked.
    """
    known = _newest(one for one in prices if one.index == terms.index)
    if isinstance(known, Unrated):
        return known
    begun = _windows(terms, known)
    if not begun:
        return _nothing(terms, known, on)
    past = [one for one in begun if one[0] <= on]
    begins, price = past[-1] if past else begun[0]
    missing = "" if past and _is_current(terms, price, begins, known, on) else _word(terms, on)
    return Held(price, begins, missing)


def _newest(prices: Iterable[IndexPrice]) -> list[IndexPrice] | Unrated:
    """Return one price a day, the last that was learned of each, in order of days."""
    kept = []
    ordered = sorted(prices, key=lambda one: (one.price_on, one.known_at))
    for day, alike in groupby(ordered, key=lambda one: one.price_on):
        same = list(alike)
        last = [one for one in same if one.known_at == same[-1].known_at]
        if len({_what(one) for one in last}) > 1:
            said = " and ".join(sorted({str(one.price) for one in last}))
            return Unrated(
                text=f"{last[0].index} of {day} was stated in several ways at once: {said}.",
                remedy="Publish the right price of that day again; the last one counts.",
            )
        kept.append(last[0])
    return kept


def _what(price: IndexPrice) -> tuple[object, ...]:
    return price.price, price.published_on, price.effective_from


def _windows(terms: FuelTerms, known: list[IndexPrice]) -> list[tuple[date, IndexPrice]]:
    """Return from when each usable price holds; of several from one day on, the one that counts."""
    latest: dict[date, IndexPrice] = {}
    window = terms.window
    for price in known:
        begins = price.effective_from if window is None else _begins(window, price)
        if begins is None:
            continue
        is_first = window is not None and window.first_of_month
        if not (is_first and (begins in latest or price.price_on.day > FIRST_PRICE_BY)):
            latest[begins] = price
    return sorted(latest.items())


def _begins(window: FuelWindow, price: IndexPrice) -> date | None:
    counted = price.published_on if window.from_publication else price.price_on
    if counted is None:
        return None  # nobody said when it came out
    if window.weekday is not None:
        ahead = (window.weekday - counted.weekday()) % WEEK
        return counted + timedelta(days=ahead + WEEK * window.weeks_later)
    months = counted.year * 12 + counted.month - 1 + window.months_later
    return date(months // 12, months % 12 + 1, window.day_of_month or 1)


def _is_current(
    terms: FuelTerms, price: IndexPrice, begins: date, known: list[IndexPrice], on: date
) -> bool:
    """Return whether no price for the day can be missing.

    A price holds for its own week or month. It holds beyond its week where the next price is known
    and no other can lie between the two: that one came out late, and holds from a later week on.
    """
    if on < _ends(terms, begins):
        return True
    is_monthly = terms.window is not None and terms.window.day_of_month is not None
    after = [one for one in known if one.price_on > price.price_on]
    if is_monthly or not after:
        return False
    period = WEEK if terms.window else terms.holds_days
    apart = (after[0].price_on - price.price_on).days
    return apart <= period or apart < 2 * period - 1


def _ends(terms: FuelTerms, begins: date) -> date:
    if terms.window is None:
        return begins + timedelta(days=terms.holds_days)
    if terms.window.day_of_month is None:
        return begins + timedelta(days=WEEK)
    years, month = divmod(begins.month, 12)
    return begins.replace(year=begins.year + years, month=month + 1)


def _word(terms: FuelTerms, on: date) -> str:
    return f"no price of {terms.index} that holds on {on} is known"


def _nothing(terms: FuelTerms, known: list[IndexPrice], on: date) -> Unrated:
    if not known:
        return Unrated(
            text=f"No price of {terms.index} is known, which {terms.clause} asks for on {on}.",
            remedy=f"Publish the price of {terms.index} that holds on {on}.",
            awaits=(terms.index,),
        )
    if terms.window is not None and any(_begins(terms.window, one) for one in known):
        return Unrated(
            text=f"None of {len(known)} prices of {terms.index} is the first of its month, which"
            f" {terms.clause} asks for on {on}.",
            remedy=f"Publish the first price of {terms.index} of the month that counts on {on}.",
            awaits=(terms.index,),
        )
    lacks = "published_on" if terms.window else "effective_from"
    return Unrated(
        text=f"None of {len(known)} prices of {terms.index} says {lacks}, by which {terms.clause}"
        " tells when a price holds.",
        remedy=f"Publish the prices with {lacks}, or state another window in {terms.clause}.",
        awaits=(terms.index,),
    )

"""Which price of an index counts on a day, from when it holds, and what is said where none does.

By the week a price holds from Wednesday on: that of Monday 2026-03-09 from the 11th.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.fuel import FuelTerms, FuelWindow, IndexPrice
from drawbar.rating.fuel_price import Held, price_for
from drawbar.rating.unrated import Unrated

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
WEEKLY = FuelTerms(clause="F", index="EIA", window=FuelWindow(weekday=2))
OUT = structs.replace(WEEKLY, window=FuelWindow(weekday=2, from_publication=True))
ITS_OWN = FuelTerms(clause="F", index="EIA", holds_days=10)


def day(text: str) -> date:
    """Read "03-09", of 2026, or a whole date."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def of(on: str, figure: str = "3.6", *, learned: int = 0, **days: str) -> IndexPrice:
    return IndexPrice(
        index="EIA",
        price_on=day(on),
        price=Decimal(figure),
        known_at=KNOWN + timedelta(days=learned),
        **{name: day(text) for name, text in days.items()},
    )


def monthly(**window: object) -> FuelTerms:
    return structs.replace(WEEKLY, window=FuelWindow(day_of_month=1, **window))


def held(terms: FuelTerms, *prices: IndexPrice, on: str) -> Held | Unrated:
    """Return what counts, the same in whatever order the prices came."""
    found = [price_for(terms, order, on=day(on)) for order in permutations(prices)]
    assert all(one == found[0] for one in found)
    return found[0]


def lacking(on: str) -> str:
    return f"no price of EIA that holds on {day(on)} is known"


FIRST, SECOND = of("03-09"), of("03-16")


@pytest.mark.parametrize(
    ("on", "price", "begins", "missing"),
    [
        ("03-10", FIRST, "03-11", True),
        ("03-11", FIRST, "03-11", False),
        ("03-17", FIRST, "03-11", False),
        ("03-18", SECOND, "03-18", False),
        ("03-24", SECOND, "03-18", False),
        ("03-25", SECOND, "03-18", True),
    ],
    ids=[
        "before any holds the first stands in",
        "its first day",
        "its last day",
        "the first day of the next",
        "the last day of the last",
        "a day later the last stands in",
    ],
)
def test_a_weekly_price_holds_for_its_week_and_then_stands_in(on, price, begins, missing):
    expected = Held(price, day(begins), lacking(on) if missing else "")

    assert held(WEEKLY, FIRST, SECOND, on=on) == expected


@pytest.mark.parametrize(
    ("price_on", "begins"),
    [("03-10", "03-11"), ("03-11", "03-11"), ("03-12", "03-18"), ("03-15", "03-18")],
    ids=["Tuesday", "Wednesday", "Thursday", "Sunday"],
)
def test_a_price_begins_on_the_first_wednesday_from_its_own_day_on(price_on, begins):
    price = of(price_on)

    assert held(WEEKLY, price, on=begins) == Held(price, day(begins))


def test_so_many_weeks_later_are_that_many_more():
    terms = structs.replace(WEEKLY, window=FuelWindow(weekday=2, weeks_later=2))

    assert held(terms, FIRST, on="03-25") == Held(FIRST, day("03-25"))


@pytest.mark.parametrize(
    ("later", "missing"),
    [("03-21", False), ("03-22", True)],
    ids=["12 days apart, no price between", "13 days apart, one may be missing"],
)
def test_a_week_between_two_known_prices_is_covered_where_none_can_lie_between(later, missing):
    found = held(WEEKLY, FIRST, of(later), on="03-18")

    assert found == Held(FIRST, day("03-11"), lacking("03-18") if missing else "")


def test_by_publication_a_price_counts_from_when_it_came_out():
    late = of("03-16", published_on="03-19")
    first = of("03-09", published_on="03-09")

    assert held(OUT, first, late, on="03-24") == Held(first, day("03-11"))
    assert held(OUT, first, late, on="03-25") == Held(late, day("03-25"))


def test_a_price_of_which_nobody_said_when_it_came_out_counts_for_nothing():
    first = of("03-09", published_on="03-09")

    assert held(OUT, first, SECOND, on="03-18") == Held(first, day("03-11"))


@pytest.mark.parametrize(
    ("later", "on", "missing"),
    [
        ("03-19", "03-22", False),
        ("03-27", "03-23", False),
        ("03-28", "03-23", True),
    ],
    ids=["the next price is due", "18 days apart", "19 days apart"],
)
def test_a_price_with_its_own_days_holds_until_another_could_have_come(later, on, missing):
    first, second = of("03-09", effective_from="03-12"), of(later, effective_from="04-01")
    found = held(ITS_OWN, first, second, on=on)

    assert found == Held(first, day("03-12"), lacking(on) if missing else "")


@pytest.mark.parametrize(("on", "missing"), [("03-21", False), ("03-22", True)])
def test_a_price_with_its_own_days_holds_for_so_many_where_none_follows(on, missing):
    first = of("03-09", effective_from="03-12")

    assert held(ITS_OWN, first, on=on) == Held(first, day("03-12"), lacking(on) if missing else "")


@pytest.mark.parametrize(("later", "missing"), [("03-10", False), ("03-11", True)])
def test_of_a_daily_index_only_the_next_days_price_leaves_none_between(later, missing):
    daily = structs.replace(ITS_OWN, holds_days=1)
    first, second = of("03-09", effective_from="03-09"), of(later, effective_from="03-13")
    found = held(daily, first, second, on="03-12")

    assert found == Held(first, day("03-09"), lacking("03-12") if missing else "")


MARCH = of("03-02", "3.4"), of("03-09", "3.5"), of("03-30", "3.7")


def test_of_a_month_the_last_price_counts_or_the_first_where_the_contract_says_so():
    assert held(monthly(months_later=1), *MARCH, on="04-01") == Held(MARCH[2], day("04-01"))
    first = monthly(months_later=1, first_of_month=True)
    assert held(first, *MARCH, on="04-30") == Held(MARCH[0], day("04-01"))


@pytest.mark.parametrize(
    ("on", "missing"), [("04-30", False), ("05-01", True)], ids=["last day", "day after"]
)
def test_a_monthly_price_holds_for_its_month_whatever_is_known_of_later_ones(on, missing):
    april = of("04-06")
    found = held(monthly(months_later=2), MARCH[2], april, on="05-31")

    assert found == Held(MARCH[2], day("05-01"))
    alone = held(monthly(months_later=1), MARCH[2], on=on)
    assert alone == Held(MARCH[2], day("04-01"), lacking(on) if missing else "")


def test_a_month_without_its_price_is_not_covered_by_the_month_before():
    found = held(monthly(months_later=1), MARCH[2], of("05-04"), on="05-01")

    assert found == Held(MARCH[2], day("04-01"), lacking("05-01"))


@pytest.mark.parametrize(
    ("price_on", "later", "begins", "last"),
    [
        ("12-07", 0, "2026-12-01", "2026-12-31"),
        ("12-07", 1, "2027-01-01", "2027-01-31"),
        ("11-02", 1, "2026-12-01", "2026-12-31"),
        ("11-02", 2, "2027-01-01", "2027-01-31"),
        ("2027-01-04", 0, "2027-01-01", "2027-01-31"),
    ],
)
def test_months_run_over_the_year(price_on, later, begins, last):
    price, terms = of(price_on), monthly(months_later=later)

    assert held(terms, price, on=begins) == Held(price, day(begins))
    assert held(terms, price, on=last) == Held(price, day(begins))
    after = str(day(last) + timedelta(days=1))
    assert held(terms, price, on=after) == Held(price, day(begins), lacking(after))


def test_a_monthly_price_begins_on_the_day_that_the_contract_names():
    terms = structs.replace(WEEKLY, window=FuelWindow(day_of_month=15))

    assert held(terms, MARCH[0], on="03-15") == Held(MARCH[0], day("03-15"))


@pytest.mark.parametrize(("price_on", "is_first"), [("04-08", True), ("04-09", False)])
def test_a_price_after_the_eighth_is_never_the_first_of_its_month(price_on, is_first):
    found = held(monthly(first_of_month=True), MARCH[0], of(price_on), on="04-30")

    begins, price = ("04-01", of(price_on)) if is_first else ("03-01", MARCH[0])
    assert found == Held(price, day(begins), "" if is_first else lacking("04-30"))


def test_where_no_price_is_the_first_of_its_month_that_one_is_asked_for():
    found = held(monthly(first_of_month=True), *MARCH[1:], on="03-20")

    assert found == Unrated(
        text="None of 2 prices of EIA is the first of its month, which F asks for on 2026-03-20.",
        remedy="Publish the first price of EIA of the month that counts on 2026-03-20.",
        awaits=("EIA",),
    )


@pytest.mark.parametrize(
    ("terms", "lacks"), [(OUT, "published_on"), (ITS_OWN, "effective_from")], ids=str
)
def test_prices_that_do_not_say_by_what_they_hold_are_told_what_is_lacking(terms, lacks):
    assert held(terms, FIRST, SECOND, on="03-12") == Unrated(
        text=f"None of 2 prices of EIA says {lacks}, by which F tells when a price holds.",
        remedy=f"Publish the prices with {lacks}, or state another window in F.",
        awaits=("EIA",),
    )


def test_without_any_price_of_the_index_it_is_asked_for():
    diesel_elsewhere = structs.replace(FIRST, index="DOE")

    assert held(WEEKLY, diesel_elsewhere, on="03-12") == Unrated(
        text="No price of EIA is known, which F asks for on 2026-03-12.",
        remedy="Publish the price of EIA that holds on 2026-03-12.",
        awaits=("EIA",),
    )


def test_the_last_word_about_a_day_counts_even_over_two_that_contradicted_each_other():
    right = of("03-09", "3.8", learned=2)

    assert held(WEEKLY, of("03-09", "3.6"), of("03-09", "3.7"), right, on="03-12") == Held(
        right, day("03-11")
    )


def test_the_same_word_twice_is_one():
    assert held(WEEKLY, FIRST, FIRST, on="03-12") == Held(FIRST, day("03-11"))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (of("03-09", "3.7"), "3.6 and 3.7"),
        (of("03-09", published_on="03-10"), "3.6"),
        (of("03-09", effective_from="03-10"), "3.6"),
    ],
    ids=["another price", "another day of publication", "another day on which it begins"],
)
def test_two_words_about_one_day_at_once_are_nobodys_to_choose(other, said):
    assert held(WEEKLY, FIRST, other, on="03-12") == Unrated(
        text=f"EIA of 2026-03-09 was stated in several ways at once: {said}.",
        remedy="Publish the right price of that day again; the last one counts.",
    )


def test_a_price_that_says_too_little_hides_none_that_follows():
    first = of("03-09", published_on="03-09")

    assert held(OUT, of("03-02"), first, on="03-12") == Held(first, day("03-11"))


def test_a_month_is_not_covered_by_the_price_before_though_the_next_is_known():
    terms = monthly(months_later=1, from_publication=True)
    march, late = of("03-30", published_on="03-30"), of("04-06", published_on="05-02")

    assert held(terms, march, late, on="05-10") == Held(march, day("04-01"), lacking("05-10"))


def test_by_the_week_prices_are_a_week_apart_whatever_their_own_days_would_be():
    terms = structs.replace(WEEKLY, holds_days=30)
    found = held(terms, FIRST, of("03-22"), on="03-18")

    assert found == Held(FIRST, day("03-11"), lacking("03-18"))

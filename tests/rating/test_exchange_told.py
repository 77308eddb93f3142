"""How an exchange explains itself: which day's rate counted, whose, and what is still awaited.

Charges in EUR settled in USD. The truck leaves stop 1 in Chicago on the evening of 2026-03-12, is
due at stop 2 on the 16th and at stop 3 on the 18th.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import (
    AgreedCharge,
    Charge,
    ChargeKind,
    Exchanged,
    Explanation,
    Step,
)
from drawbar.freight.exchange import ExchangeDay, ExchangeRate, ExchangeTerms
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.exchange import settled, settled_in
from drawbar.rating.exchange_variance import Variance, variance
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import contract

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
HOME = Place(name="A", zone="America/Chicago")
TERMS = ExchangeTerms(clause="X", source="ECB", day=ExchangeDay.PICKUP, settle_in="USD")


def at(text: str) -> datetime:
    """Read a day of March and an hour in UTC, such as "13 03"."""
    return datetime.fromisoformat(f"2026-03-{text}:00").replace(tzinfo=UTC)


VISITS = (
    Visit(stop=1, zone="America/Chicago", due_at=at("12 20"), departed_at=at("13 03")),
    Visit(stop=2, zone="UTC", due_at=at("16 12")),
    Visit(stop=3, zone="UTC", due_at=at("18 12")),
)


def quoted(day: int, figure: str = "1.1", *, base: str = "EUR", quote: str = "USD", **more):
    rate = ExchangeRate(
        source="ECB",
        base=base,
        quote=quote,
        rate_on=date(2026, 3, day),
        rate=Decimal(figure),
        known_at=KNOWN,
    )
    return structs.replace(rate, **more)


def haul(amount: str = "1000.05", currency: str = "EUR", **changes: object) -> AgreedCharge:
    plain = AgreedCharge(
        charge_ref="linehaul",
        charge=Charge(kind=ChargeKind.LINEHAUL, money=Money(Decimal(amount), currency)),
        why=Explanation(rule="linehaul", clause="L", steps=(Step(text="flat"),)),
    )
    return structs.replace(plain, **changes)


def asked(
    *rates: ExchangeRate,
    charges: tuple[AgreedCharge, ...] = (haul(),),
    visits: tuple[Visit, ...] = VISITS,
    invoiced_on: date | None = None,
    **terms: object,
):
    load = Movement(origin=HOME, destination=HOME, visits=visits, invoiced_on=invoiced_on)
    own = contract(currency="EUR", exchange=structs.replace(TERMS, **terms))
    return settled(own, charges, load, Market(exchange=rates))


def exchanged(
    amount: str, words: str, day: int, missing: str = "", *, rate: str = "1.1", **changes: object
):
    """Return the linehaul in USD, with what was awaited where something is missing."""
    steps = [Step(text="flat"), Step(text=f"1,000.05 EUR {words} (X)", result=f"{amount} USD")]
    told = haul(
        amount.replace(",", ""),
        "USD",
        why=Explanation(
            rule="linehaul",
            clause="L",
            steps=(*steps, *([Step(text=f"provisional: {missing}")] if missing else ())),
        ),
        provisional=bool(missing),
        awaits=("ECB",) if missing else (),
        priced_by=(f"ECB/2026-03-{day:02}",),
        exchanged=Exchanged(money=Money(Decimal("1000.05"), "EUR"), rate=Decimal(rate)),
    )
    return (structs.replace(told, **changes),)


def of(day: int) -> str:
    return f"at 1.1 USD per EUR, ECB of 2026-03-{day:02}"


def test_the_rate_its_source_and_its_day_stand_among_the_steps():
    assert asked(quoted(12)) == exchanged("1,100.06", of(12), 12)  # 1,100.055


def test_a_rate_quoted_the_other_way_is_told_as_it_was_quoted():
    told = "at 0.8 EUR per USD, ECB of 2026-03-12"

    assert asked(quoted(12, "0.8", base="USD", quote="EUR")) == exchanged(
        "1,250.06", told, 12, rate="1.25"
    )


@pytest.mark.parametrize(
    ("day", "missing"), [(8, ""), (7, "no rate of ECB for 2026-03-12 is known")], ids=str
)
def test_a_rate_older_than_the_contract_lets_it_be_stands_in_and_says_so(day, missing):
    assert asked(quoted(day)) == exchanged("1,100.06", of(day), day, missing)


def left(visit: Visit, **times: str) -> Visit:
    return structs.replace(visit, **{name: at(text) for name, text in times.items()})


@pytest.mark.parametrize(
    ("last", "day", "missing"),
    [
        (VISITS[2], 18, "the day of the delivery is not known yet"),
        (
            left(VISITS[2], arrived_at="19 12"),
            19,
            "the day of the delivery is not known yet",
        ),
        (left(VISITS[2], arrived_at="19 12", departed_at="20 01"), 20, ""),
    ],
    ids=["due", "arrived", "left"],
)
def test_by_delivery_the_day_is_that_of_the_last_stop_and_final_once_the_truck_left(
    last, day, missing
):
    rates = [quoted(one) for one in (12, 16, 18, 19, 20, 21)]
    found = asked(*rates, visits=(*VISITS[:2], last), day=ExchangeDay.DELIVERY)

    assert found == exchanged("1,100.06", of(day), day, missing)


def test_by_pickup_the_rate_is_provisional_until_the_truck_left():
    waiting = structs.replace(VISITS[0], departed_at=None)
    found = asked(quoted(12), visits=(waiting, *VISITS[1:]))

    assert found == exchanged("1,100.06", of(12), 12, "the day of the pickup is not known yet")


def test_by_the_day_of_the_bill_the_last_known_rate_stands_in_until_there_is_one():
    rates, by_bill = (quoted(12), quoted(20)), {"day": ExchangeDay.INVOICE}

    assert asked(*rates, **by_bill) == exchanged(
        "1,100.06", of(20), 20, "the day of the invoice is not known yet"
    )
    assert asked(*rates, invoiced_on=date(2026, 3, 15), **by_bill) == exchanged(
        "1,100.06", of(12), 12
    )


def test_a_correction_of_a_day_counts_from_when_it_was_known():
    later = quoted(12, known_at=KNOWN.replace(day=2))

    assert asked(later, quoted(12, "1.5")) == exchanged("1,100.06", of(12), 12)


def test_what_a_charge_waits_for_already_is_kept_and_named_once():
    waiting = haul(awaits=("EIA", "ECB"), provisional=True, priced_by=("EIA/2026-03-09",))
    made_by = ("EIA/2026-03-09", "ECB/2026-03-07")

    assert asked(quoted(7), charges=(waiting,)) == exchanged(
        "1,100.06",
        of(7),
        7,
        "no rate of ECB for 2026-03-12 is known",
        awaits=("EIA", "ECB"),
        priced_by=made_by,
    )
    assert asked(quoted(12), charges=(waiting,)) == exchanged(
        "1,100.06",
        of(12),
        12,
        provisional=True,
        awaits=("EIA", "ECB"),
        priced_by=("EIA/2026-03-09", "ECB/2026-03-12"),
    )


def test_a_charge_in_a_third_currency_stays_as_it_is():
    pesos = haul("900", "MXN")

    assert asked(quoted(12), charges=(haul(), pesos)) == (
        *exchanged("1,100.06", of(12), 12),
        pesos,
    )


def test_where_nothing_is_to_exchange_no_rate_is_asked_for():
    assert asked(charges=()) == ()
    assert asked(settle_in="EUR") == (haul(),)
    assert asked(settle_in=None) == (haul(),)


@pytest.mark.parametrize(
    ("exchange", "into"),
    [(None, "EUR"), (structs.replace(TERMS, settle_in=None), "EUR"), (TERMS, "USD")],
    ids=["no terms", "terms that say no currency", "USD"],
)
def test_bills_are_in_the_contracts_currency_unless_it_says_another(exchange, into):
    assert settled_in(contract(currency="EUR", exchange=exchange)) == into


@pytest.mark.parametrize(
    ("rates", "terms", "day"),
    [
        ((), {}, " on or before 2026-03-12"),
        ((quoted(13),), {}, " on or before 2026-03-12"),
        ((quoted(12, source="BOC"),), {}, " on or before 2026-03-12"),
        ((quoted(12, quote="GBP"),), {}, " on or before 2026-03-12"),
        ((), {"day": ExchangeDay.INVOICE}, ""),
    ],
    ids=["none", "only a later one", "of another source", "of another pair", "no bill yet"],
)
def test_without_a_rate_the_source_the_pair_and_the_day_are_asked_for(rates, terms, day):
    assert asked(*rates, **terms) == Unrated(
        text=f"No rate of ECB from EUR to USD{day} is known (X).",
        remedy="Publish the rate of ECB between EUR and USD.",
        awaits=("ECB",),
    )


@pytest.mark.parametrize(
    "other",
    [quoted(12, "1.5"), quoted(12, base="USD", quote="EUR")],
    ids=["another figure", "the same figure the other way round"],
)
def test_two_words_about_a_day_at_once_are_nobodys_to_choose(other):
    found = asked(other, quoted(12))

    assert found == Unrated(
        text="ECB of 2026-03-12 for EUR and USD was stated in several ways at once.",
        remedy="Publish the right rate of that day again; the last one counts.",
    )


def test_the_same_word_twice_is_one():
    assert asked(quoted(12), quoted(12)) == exchanged("1,100.06", of(12), 12)


def test_a_day_that_no_rule_is_written_for_is_a_crash_and_never_a_rate():
    with pytest.raises(AssertionError, match="'someday'"):
        asked(quoted(12), day="someday")


def split(agreed: str, billed: str, *, rates: tuple[str, str], books: str = "USD") -> Variance:
    expected, now = (Decimal(one) for one in rates)
    return variance(
        agreed=Money(Decimal(agreed), "EUR"),
        expected_rate=expected,
        billed=Money(Decimal(billed), "EUR"),
        billed_rate=now,
        books=books,
    )


def test_each_part_of_a_difference_is_rounded_half_up_to_the_unit_of_the_books():
    # agreed was worth 0.125, so 0.13; is worth 0.145, so 0.15; billed is worth 0.29
    assert split("1", "2", rates=("0.125", "0.145")) == Variance(
        price=Money(Decimal("0.14"), "USD"), exchange=Money(Decimal("0.02"), "USD")
    )
    assert split("1", "2", rates=("150.5", "151.5"), books="JPY") == Variance(
        price=Money(Decimal(151), "JPY"), exchange=Money(Decimal(1), "JPY")
    )


@pytest.mark.parametrize("rates", [("0", "1"), ("1", "0"), ("-1", "1")], ids=str)
def test_a_rate_of_nothing_is_refused(rates):
    with pytest.raises(ValueError, match=r"^a rate of exchange is above zero$"):
        split("1", "1", rates=rates)

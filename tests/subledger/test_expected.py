"""What we still expect to be billed. Agreed: 1,650.00 + 412.50 + 168.75 = 2,231.25 USD."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.balance import accrued
from drawbar.subledger.booking import Booking
from drawbar.subledger.cost import accrue_cost, approve_bill
from drawbar.subledger.expected import exposure, open_amount, open_by_charge, released_after


def usd(amount: str | int | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def moneys(**amounts: str) -> dict[str, Money]:
    return {ref: usd(amount) for ref, amount in amounts.items()}


def agreed(ref: str, amount: str, provisional=False) -> AgreedCharge:
    return AgreedCharge(
        charge_ref=ref,
        charge=Charge(kind=ChargeKind.OTHER, money=usd(amount)),
        why=Explanation(rule="test"),
        provisional=provisional,
    )


REF = (agreed("linehaul", "1650.00"), agreed("fuel", "412.50"), agreed("detention", "168.75"))


def still_open(used=None, released=None, charges=REF) -> Money:
    return open_amount(charges, used=used or {}, released=released or {}, currency="USD")


@pytest.mark.parametrize(
    ("used", "released", "left"),
    [
        ({}, {}, "2231.25"),
        ({"linehaul": "1650.00"}, {}, "581.25"),
        ({"linehaul": "1600.00"}, {}, "631.25"),
        ({"linehaul": "1600.00"}, {"linehaul": "50.00"}, "581.25"),
        ({"linehaul": "1674.00"}, {}, "581.25"),
        ({"linehaul": "1650.00"}, {"linehaul": "50.00"}, "581.25"),
        ({"linehaul": "-50.00"}, {"linehaul": "50.00"}, "2231.25"),
        ({"gone": "99.00"}, {"gone": "1.00"}, "2231.25"),
    ],
    ids=[
        "nothing billed",
        "linehaul billed",
        "billed in part",
        "the rest released",
        "paid above what was agreed",
        "balance due after a release",
        "a credit before the bill",
        "a charge agreed no more",
    ],
)
def test_what_is_neither_used_nor_released_is_expected(used, released, left):
    assert still_open(moneys(**used), moneys(**released)) == usd(left)


def test_too_much_on_one_charge_never_lowers_another():
    assert open_by_charge(REF, used=moneys(fuel="500.00"), released={}) == {
        "linehaul": usd("1650.00"),
        "fuel": usd(0),
        "detention": usd("168.75"),
    }


@pytest.mark.parametrize(
    ("used", "released", "more", "after"),
    [
        ({"fuel": "400.00"}, {}, {"fuel": "12.50"}, {"fuel": "12.50"}),
        ({"fuel": "400.00"}, {"fuel": "2.50"}, {"fuel": "10.00"}, {"fuel": "12.50"}),
        ({"fuel": "412.50"}, {"fuel": "12.50"}, {}, {}),
        ({"fuel": "405.00"}, {"fuel": "12.50"}, {}, {"fuel": "7.50"}),
        ({"fuel": "415.00"}, {"fuel": "12.50"}, {}, {}),
        ({}, {}, {"gone": "1.00"}, {}),
    ],
    ids=[
        "billed low",
        "again",
        "a balance due takes it back",
        "in part",
        "paid above",
        "a charge agreed no more",
    ],
)
def test_never_more_is_released_than_is_left(used, released, more, after):
    answer = released_after(
        REF, used=moneys(**used), released=moneys(**released), more=moneys(**more)
    )

    assert answer == moneys(**after)


def test_after_a_balance_due_a_higher_rate_is_expected_again():
    freed = released_after(
        REF, used=moneys(linehaul="1650.00"), released=moneys(linehaul="50.00"), more={}
    )
    dearer = (agreed("linehaul", "1700.00"),)

    assert still_open(moneys(linehaul="1650.00"), freed, dearer) == usd("50.00")


def book(ref: str, expected: str, payable="0", stays="0"):
    booking = Booking(
        about=StreamKey(StreamKind.SHIPMENT, ref),
        shipment_ref=ref,
        document_on=date(2026, 4, 10),
        revision=1,
    )
    first = accrue_cost(booking, expected=usd(expected), accrued=usd(0))
    if not usd(payable).amount:
        return first
    return (
        *first,
        *approve_bill(booking, payable=usd(payable), accrued=usd(expected), stays=usd(stays)),
    )


def test_k05_exposure_is_the_accrual_split_by_why_it_is_open():
    used = moneys(linehaul="1650.00", fuel="412.50", detention="112.50")
    disputed = exposure(
        REF, used=used, released={}, disputed=moneys(detention="56.25"), currency="USD"
    )
    waiting = exposure(
        (agreed("linehaul", "131.25"),), used={}, released={}, disputed={}, currency="USD"
    )
    entries = (*book("S-1", "2231.25", "2175.00", "56.25"), *book("S-2", "131.25"))

    assert (disputed.disputed, disputed.unbilled) == (usd("56.25"), usd(0))
    assert (waiting.disputed, waiting.unbilled) == (usd(0), usd("131.25"))
    assert disputed.total + waiting.total == usd("187.50")
    for ref, part in (("S-1", disputed), ("S-2", waiting)):
        assert accrued(entries, shipment_ref=ref, currency="USD") == part.total


def test_k05_a_dispute_about_more_than_is_open_exposes_only_what_is_open():
    answer = exposure(
        REF,
        used=moneys(linehaul="1650.00"),
        released={},
        disputed=moneys(linehaul="125.00", fuel="500.00"),
        currency="USD",
    )

    assert (answer.disputed, answer.unbilled) == (usd("412.50"), usd("168.75"))


def test_k05_a_provisional_charge_is_provisional_as_a_whole():
    charges = (agreed("fuel", "412.50", provisional=True),)
    answer = exposure(charges, used={}, released={}, disputed=moneys(fuel="412.50"), currency="USD")

    assert (answer.provisional, answer.disputed) == (usd("412.50"), usd(0))


amounts = st.integers(-5000, 20000).map(lambda cents: usd(Decimal(cents).scaleb(-2)))
sums = st.integers(0, 20000).map(lambda cents: usd(Decimal(cents).scaleb(-2)))
by_charge = st.dictionaries(st.sampled_from("abc"), sums)
charges = st.lists(
    st.builds(
        lambda ref, money, provisional: agreed(ref, str(money.amount), provisional),
        st.sampled_from("abc"),
        sums,
        st.booleans(),
    ),
    unique_by=lambda one: one.charge_ref,
)


@given(charges, st.dictionaries(st.sampled_from("abc"), amounts), by_charge, by_charge)
def test_exposure_always_adds_up_to_what_is_open(known, used, released, disputed):
    split = exposure(known, used=used, released=released, disputed=disputed, currency="USD")

    assert split.total == open_amount(known, used=used, released=released, currency="USD")
    assert min(split.unbilled, split.disputed, split.provisional).amount >= 0

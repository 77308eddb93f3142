"""How far a word goes. Ann alone up to 100.00, with a second up to 500.00; auditors 50 and 50."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.money import Money
from drawbar.settlement.authority import Authority, Person, authority, limit_of

ALONE, SECOND, BEYOND = Authority.ALONE, Authority.WITH_A_SECOND, Authority.BEYOND
ANN = Person(name="ann", role="auditor")
BOB = Person(name="bob", role="auditor")
EVE = Person(name="eve", role="guest")
LIMITS = {
    "ann": ApprovalLimit(alone=Decimal(100), together=Decimal(500)),
    "auditor": ApprovalLimit(alone=Decimal(50), together=Decimal(50)),
}


def usd(amount: str | Decimal, currency: str = "USD") -> Money:
    return Money(Decimal(amount), currency)


def judged(excess: Money, *before: Money, by: Person = ANN, limits=LIMITS) -> Authority:
    return authority(excess, by, before=before, limits=limits, currency="USD")


@pytest.mark.parametrize(
    ("excess", "outcome"),
    [("0.00", ALONE), ("100.00", ALONE), ("100.01", SECOND), ("500.00", SECOND),
     ("500.01", BEYOND)],
    ids=["nothing", "the last cent alone", "first cent beyond", "the last cent together",
         "first cent beyond both"],
)  # fmt: skip
def test_a_word_goes_as_far_as_its_limit(excess, outcome):
    assert judged(usd(excess)) is outcome


@pytest.mark.parametrize(
    ("before", "outcome"),
    [(["40.00"], ALONE), (["40.01"], SECOND), (["20.00", "20.01"], SECOND),
     (["240.00", "200.01"], BEYOND)],
    ids=["together 100.00", "first cent over", "two words before", "first cent over 500.00"],
)  # fmt: skip
def test_what_the_same_person_granted_before_counts(before, outcome):
    assert judged(usd("60.00"), *map(usd, before)) is outcome


@pytest.mark.parametrize(
    ("by", "excess", "outcome"),
    [(BOB, "50.00", ALONE), (BOB, "50.01", BEYOND), (EVE, "0.00", ALONE), (EVE, "0.01", BEYOND)],
    ids=["of a role", "a cent beyond a role that has no second", "nobody's nothing",
         "nobody's cent"],
)  # fmt: skip
def test_a_limit_is_the_persons_own_else_of_the_role_else_nothing(by, excess, outcome):
    assert judged(usd(excess), by=by) is outcome


def test_limits_are_looked_up_by_name_before_role():
    assert limit_of(ANN, LIMITS) == LIMITS["ann"]
    assert limit_of(BOB, LIMITS) == LIMITS["auditor"]
    assert limit_of(EVE, LIMITS) == ApprovalLimit(alone=Decimal(0), together=Decimal(0))
    assert limit_of(EVE, {}) is None


def test_a_firm_without_limits_lets_every_word_count():
    assert judged(usd("99999.00"), by=EVE, limits={}) is ALONE
    assert judged(usd("99999.00", "CAD"), by=EVE, limits={}) is ALONE


def test_money_in_another_currency_is_beyond_every_limit():
    assert judged(usd("0.01", "CAD")) is BEYOND
    assert judged(usd("1.00"), usd("1.00", "CAD")) is BEYOND
    assert judged(usd("1.00"), usd("0.00", "CAD")) is ALONE


CENTS = st.integers(0, 60_000).map(lambda cents: Decimal(cents).scaleb(-2))


@given(CENTS, st.lists(CENTS, max_size=4))
def test_nobody_grants_beyond_the_limit_by_doing_it_in_parts(excess, before):
    outcome = judged(usd(excess), *map(usd, before))

    assert (outcome is ALONE) == (excess + sum(before) <= 100)
    assert (outcome is BEYOND) == (excess + sum(before) > 500)

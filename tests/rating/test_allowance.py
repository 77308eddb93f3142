"""How far the approvals of one clause go while its stops draw on them."""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.accessorial import Unit
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.charge import Step
from drawbar.freight.money import Money
from drawbar.rating.allowance import Allowance, Within
from tests.rating.accessorial_terms import approval, clause, usd

ROW = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)


def of(*amounts: tuple[str, int]) -> Allowance:
    """Return an allowance of approvals a-1, a-2 and so on, each an amount and a stop."""
    given = [
        approval(K.LUMPER, amount, stop=stop, fact=f"a-{number}")
        for number, (amount, stop) in enumerate(amounts, 1)
    ]
    return Allowance(reversed(given), ROW, "USD")


def drawn(money: str, **of_: str) -> Within:
    """Return so much, by the approvals named, each with its own amount."""
    return Within(
        money=usd(money),
        facts=tuple(name.replace("_", "-") for name in of_),
        steps=tuple(
            Step(text="approved by Ines because asked", result=f"up to {usd(amount)}")
            for amount in of_.values()
        ),
    )


def test_what_is_approved_is_drawn_until_it_is_used_up():
    left = of(("200.00", 0))

    assert left.draw(2, usd("150.00")) == drawn("150.00", a_1="200.00")
    assert left.draw(3, usd("80.00")) == drawn("50.00", a_1="200.00")
    assert left.draw(4, usd("0.01")) == drawn("0.00")


def test_the_first_approval_by_name_is_used_before_the_next():
    left = of(("100.00", 0), ("100.00", 0))

    assert left.draw(2, usd("60.00")) == drawn("60.00", a_1="100.00")
    assert left.draw(3, usd("60.00")) == drawn("60.00", a_1="100.00", a_2="100.00")
    assert left.draw(4, usd("90.00")) == drawn("80.00", a_2="100.00")


def test_an_approval_of_one_stop_is_for_that_stop_and_for_the_whole_load():
    assert of(("90.00", 2)).draw(2, usd("50.00")) == drawn("50.00", a_1="90.00")
    assert of(("90.00", 2)).draw(3, usd("50.00")) == drawn("0.00")
    assert of(("90.00", 2)).draw(0, usd("50.00")) == drawn("50.00", a_1="90.00")
    assert of(("90.00", 0)).draw(3, usd("50.00")) == drawn("50.00", a_1="90.00")


def test_a_cent_that_is_left_is_still_a_cent():
    left = of(("50.01", 0))
    left.draw(2, usd("50.00"))

    assert left.draw(3, usd("50.00")) == drawn("0.01", a_1="50.01")


def test_the_same_approval_twice_is_one():
    twice = [approval(K.LUMPER, "50.00"), approval(K.LUMPER, "50.00")]

    assert Allowance(twice, ROW, "USD").draw(2, usd("80.00")) == drawn("50.00", a_1="50.00")


@pytest.mark.parametrize(
    "stray",
    [
        approval(K.STORAGE, "50.00"),
        structs.replace(approval(K.LUMPER, "0"), money=Money(Decimal(50), "MXN")),
    ],
    ids=["another kind", "another currency"],
)
def test_only_approvals_of_its_kind_and_currency_are_the_clauses_own(stray):
    assert Allowance([stray], ROW, "USD").facts == frozenset()
    assert Allowance([approval(K.LUMPER, "5.00")], ROW, "USD").facts == {"a-1"}


@pytest.mark.parametrize(
    "row",
    [
        clause(K.LUMPER, "0", Unit.RECEIPT),
        clause(K.LUMPER, "90", needs_approval=True),
    ],
    ids=["needs no person", "needs nothing but a person"],
)
def test_a_clause_that_does_not_need_both_draws_without_limit_and_takes_no_approval(row):
    free = Allowance([approval(K.LUMPER, "5.00")], row, "USD")

    assert free.draw(2, usd("900.00")) == Within(money=usd("900.00"))
    assert free.facts == frozenset()

"""Which contract holds. Unless said: we buy from ABCD under ABCD-2026, known from New Year."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.contract import Contract, Side
from drawbar.freight.lane import LaneRate
from drawbar.rating.validity import InForce, NoContract, Overlapping, in_force

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NEW_YEAR + timedelta(days=400)


def contract(ref="ABCD-2026", version=1, **changes) -> Contract:
    return Contract(
        **{
            "contract_ref": ref,
            "version": version,
            "side": Side.BUY,
            "party_ref": "ABCD",
            "currency": "USD",
            "valid_from": date(2026, 1, 1),
            "known_at": NEW_YEAR,
            "lanes": (LaneRate(clause="L1"),),
        }
        | changes
    )


def holding(*contracts: Contract, on=date(2026, 4, 1), known_at=LATER):
    return in_force(contracts, party_ref="ABCD", side=Side.BUY, on=on, known_at=known_at)


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 4, 30), True),
        (date(2026, 5, 1), False),
    ],
    ids=["day before", "first day", "last day", "day after"],
)
def test_holds_from_its_first_day_until_before_its_last(on, holds):
    april = contract(valid_from=date(2026, 4, 1), valid_to=date(2026, 5, 1))

    assert isinstance(holding(april, on=on), InForce if holds else NoContract)


def test_r10_each_version_holds_for_its_own_days():
    march = contract(version=1, valid_to=date(2026, 4, 1))
    april = contract(version=2, valid_from=date(2026, 4, 1))

    assert holding(march, april, on=date(2026, 3, 31)) == InForce(march)
    assert holding(march, april, on=date(2026, 4, 1)) == InForce(april)


def test_r11_a_correction_counts_from_when_it_was_known():
    loaded = datetime(2026, 4, 20, tzinfo=UTC)
    first = contract(version=1)
    corrected = contract(version=2, valid_from=date(2026, 4, 1), known_at=loaded)

    assert holding(first, corrected, known_at=loaded) == InForce(corrected)
    assert holding(first, corrected, known_at=loaded - timedelta(seconds=1)) == InForce(first)


def test_a_later_version_can_end_the_contract():
    ended = contract(version=2, valid_to=date(2026, 4, 1))

    answer = holding(contract(version=1), ended)

    assert isinstance(answer, NoContract)
    assert "ABCD-2026 version 2 ended on 2026-04-01" in answer.text
    assert "covers 2026-04-01" in answer.remedy


@pytest.mark.parametrize(
    "stray",
    [contract(party_ref="EFGH"), contract(side=Side.SELL)],
    ids=["other party", "other side"],
)
def test_a_contract_with_somebody_else_does_not_count(stray):
    assert isinstance(holding(stray), NoContract)


def test_says_when_the_first_contract_begins():
    answer = holding(contract(valid_from=date(2026, 6, 1)))

    assert isinstance(answer, NoContract)
    assert "ABCD-2026 version 1, begins on 2026-06-01" in answer.text


def test_two_contracts_on_one_day_are_never_chosen_between():
    one, two = contract("A"), contract("B")

    answer = holding(two, one)

    assert isinstance(answer, Overlapping)
    assert answer.contracts == (one, two)
    assert "A version 1 and B version 1" in answer.text


def test_a_version_loaded_twice_counts_as_last_loaded():
    again = contract(known_at=NEW_YEAR + timedelta(days=1), payment_days=45)

    assert holding(contract(), again) == holding(again, contract()) == InForce(again)


def test_two_contracts_on_one_day_are_told_with_what_to_do():
    one, two = contract("A"), contract("B", version=4)

    assert holding(two, one) == Overlapping(
        contracts=(one, two),
        text="2 contracts with ABCD hold on 2026-04-01: A version 1 and B version 4.",
        remedy="End one of them before that day, so that one contract is left.",
    )


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ((), "No buy contract with ABCD holds on 2026-04-01."),
        (
            (
                contract("B", valid_to=date(2026, 3, 1)),
                contract("A", version=2, valid_to=date(2026, 4, 1)),
                contract("C", valid_from=date(2026, 7, 1)),
            ),
            "No buy contract with ABCD holds on 2026-04-01. A version 2 ended on 2026-04-01."
            " B version 1 ended on 2026-03-01.",
        ),
        (
            (
                contract("C", valid_from=date(2026, 7, 1)),
                contract("B", valid_from=date(2026, 6, 1)),
                contract("A", version=3, valid_from=date(2026, 6, 1)),
            ),
            "No buy contract with ABCD holds on 2026-04-01. The first, A version 3, begins on"
            " 2026-06-01.",
        ),
    ],
    ids=["none is known", "two ended", "three to come"],
)
def test_a_day_without_a_contract_is_told_what_is_known_around_it(known, text):
    for order in permutations(known):
        assert holding(*order) == NoContract(
            text=text, remedy="Load a contract with ABCD that covers 2026-04-01."
        )


def test_of_twins_the_order_of_the_list_decides_nothing():
    twins = contract(payment_days=30), contract(payment_days=45)

    assert holding(*twins) == holding(*twins[::-1])


def test_the_higher_version_counts_whenever_it_was_loaded():
    corrected = contract(version=1, known_at=NEW_YEAR + timedelta(days=9))
    newer = contract(version=2)

    assert holding(corrected, newer) == holding(newer, corrected) == InForce(newer)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
contracts = st.builds(
    contract,
    ref=st.sampled_from("AB"),
    version=st.integers(1, 3),
    valid_from=days,
    valid_to=st.none() | days,
    known_at=days.map(lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)),
)


@given(st.lists(contracts, max_size=5), days, st.randoms())
def test_never_prices_by_a_contract_that_does_not_hold_or_was_not_known(known, on, random):
    asked_at = datetime(2026, 7, 1, tzinfo=UTC)
    answer = holding(*known, on=on, known_at=asked_at)

    if isinstance(answer, InForce):
        chosen = answer.contract
        assert chosen.valid_from <= on
        assert chosen.valid_to is None or on < chosen.valid_to
        assert chosen.known_at <= asked_at
    shuffled = random.sample(known, len(known))
    assert type(holding(*shuffled, on=on, known_at=asked_at)) is type(answer)

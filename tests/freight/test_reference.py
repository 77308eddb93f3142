"""Names of shipments and bills: which spellings are one name, and whose name it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.reference import (
    PARTY_SCOPED,
    Reference,
    ReferenceKey,
    ReferenceKind,
    ReferenceRule,
    normalise,
)

DROPS_ZEROS = ReferenceRule(drop_leading_zeros=True)


def pro(value: str, party: str = "ABCD") -> Reference:
    return Reference(ReferenceKind.PRO, value, party)


@pytest.mark.parametrize("spelling", ["123-456789", " 123456789", "0123456789", "123.456/789"])
def test_m07_spellings_of_one_pro_are_one_key(spelling):
    assert normalise(pro(spelling), DROPS_ZEROS) == ReferenceKey(
        ReferenceKind.PRO, "123456789", "ABCD"
    )


def test_m07_the_same_pro_of_two_carriers_is_two_names():
    assert normalise(pro("123456789")) != normalise(pro("123456789", party="EFGH"))


def test_leading_zeros_count_unless_the_carrier_is_known_to_add_them():
    assert normalise(pro("0123")) != normalise(pro("123"))
    assert normalise(pro("0123"), DROPS_ZEROS) == normalise(pro("123"))


def test_a_suffix_counts_unless_the_carrier_is_known_to_add_it():
    rule = ReferenceRule(suffixes=("-01",))

    assert normalise(pro("123456-01"), rule) == normalise(pro("123456"))
    assert normalise(pro("123456-02"), rule) != normalise(pro("123456"))
    assert normalise(pro("123456-01")) != normalise(pro("123456"))


def test_a_pro_that_is_nothing_but_a_suffix_stays():
    assert normalise(pro("-01"), ReferenceRule(suffixes=("-01",))).value == "01"


def test_a_carriers_habits_are_for_its_pros_only():
    bol = Reference(ReferenceKind.BOL, "0077-01")
    rule = ReferenceRule(drop_leading_zeros=True, suffixes=("-01",))

    assert normalise(bol, rule).value == "007701"


@pytest.mark.parametrize("kind", ReferenceKind)
def test_only_a_partys_own_numbers_are_scoped_by_party(kind):
    one, other = (normalise(Reference(kind, "77", party)) for party in ("ABCD", "EFGH"))

    assert (one != other) is (kind in PARTY_SCOPED)


def test_two_kinds_of_name_are_never_one():
    keys = {normalise(Reference(kind, "77")) for kind in ReferenceKind}

    assert len(keys) == len(ReferenceKind)


def test_a_party_is_found_in_any_case():
    assert normalise(pro("77", "abcd")) == normalise(pro("77", "ABCD"))


def test_a_reference_reads_as_people_say_it():
    assert str(pro("123-456789")) == "PRO 123-456789"


@given(st.sampled_from(ReferenceKind), st.text("ab01-. /_", min_size=1), st.text("abAB"))
def test_a_normalised_name_stays_the_same_when_normalised_again(kind, value, party):
    once = normalise(Reference(kind, value, party))

    assert normalise(Reference(once.kind, once.value, once.party)) == once


@given(st.text("abz019", min_size=1), st.lists(st.sampled_from("-. /_"), max_size=5))
def test_punctuation_anywhere_never_makes_another_name(value, noise):
    spelled = value
    for number, mark in enumerate(noise):
        at = number % (len(spelled) + 1)
        spelled = spelled[:at] + mark + spelled[at:]

    assert normalise(pro(spelled)) == normalise(pro(value))

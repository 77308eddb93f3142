"""References that we give: the same cause always gets the same one."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.identity import LONGEST_KEY, key_for, minted, shipment_ref_of

DAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_a_reference_begins_with_its_day_and_can_be_read_aloud():
    assert re.fullmatch(r"B-261123-[A-Z2-7]{10}", minted("B", cause="x", learned_at=DAY))


def test_references_of_later_days_sort_later():
    later = minted("B", cause="x", learned_at=datetime(2027, 1, 2, tzinfo=UTC))

    assert minted("B", cause="x", learned_at=DAY) < later


@given(st.text(), st.text())
def test_one_cause_has_one_reference_and_two_causes_have_two(one, other):
    same = minted("B", cause=one, learned_at=DAY) == minted("B", cause=other, learned_at=DAY)

    assert same == (one == other)


def test_a_shipment_is_named_after_its_order():
    assert shipment_ref_of("1001") == "S-1001"


def test_a_key_reads_as_what_makes_it_unique():
    assert key_for("api", "order-released", "1001", 2) == "api:order-released:1001:2"


@given(st.text(min_size=1, max_size=400), st.text(min_size=1, max_size=400))
def test_a_key_is_never_too_long_and_two_causes_never_share_one(one, other):
    assert len(key_for(one)) <= LONGEST_KEY
    assert (key_for(one) == key_for(other)) == (one == other)


def test_a_colon_in_one_part_never_moves_the_border_to_the_next():
    assert key_for("1:2", "3") == "1%3A2:3"
    assert key_for("1", "2:3") == "1:2:3"


parts = st.text("a:%", max_size=4)


@given(st.tuples(parts, parts, parts), st.tuples(parts, parts, parts))
def test_keys_of_equally_many_parts_are_equal_only_if_the_parts_are(one, other):
    assert (key_for(*one) == key_for(*other)) == (one == other)


def test_a_key_of_just_the_longest_length_is_kept_as_it_is():
    assert key_for("x" * LONGEST_KEY) == "x" * LONGEST_KEY
    assert key_for("x" * (LONGEST_KEY + 1)).startswith("x" * 100)

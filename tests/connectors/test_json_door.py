"""What is no honest JSON text is refused by its place, whatever it holds. Written by hand."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.json_door import BYTES_MAX, tree
from drawbar.connectors.reading import Unreadable


def refused(body: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        tree(body, cause="c")
    problem = caught.value.problem
    return problem.cause, problem.place


@pytest.mark.parametrize(
    ("body", "cause", "place"),
    [
        (b"", "c:json", "$"),
        (b'{"a": 1', "c:json", "$"),
        (b"\xff{}", "c:charset", "$"),
        (b'{"a": 1, "b": {"x": 1, "x": 2}}', "c:repeated", "$..x"),
        (b'{"a": NaN}', "c:number", "$"),
        (b"[-Infinity]", "c:number", "$"),
        (b"[" + b"9" * 5_000 + b"]", "c:number", "$"),
        (b"[1e99999]", "c:number", "$"),
        (b"[" * 100_000, "c:nested", "$"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "c:nested", "$"),
        (b'{"a": ["\\ud800"]}', "c:character", "$.a[0]"),
        (b'{"a": "x\\udfff"}', "c:character", "$.a"),
        (b'{"\\ud800": 1}', "c:character", "$"),
        (b" " * (BYTES_MAX + 1), "c:size", "$"),
    ],
    ids=[
        "nothing",
        "cut",
        "no UTF-8",
        "a field twice",
        "not a number",
        "without end",
        "5,000 digits",
        "a huge exponent",
        "100,000 brackets",
        "70 levels",
        "half a character in a list",
        "half a character at the end",
        "half a character in a name",
        "too large",
    ],
)
def test_what_has_no_one_meaning_is_refused_with_its_place(body, cause, place):
    assert refused(body) == (cause, place)


def test_brackets_within_a_text_are_no_depth():
    assert tree(b'["' + b"[" * 1_000 + b'\\"]"]', cause="c") == ["[" * 1_000 + '"]']


def test_a_whole_character_in_two_halves_is_taken():
    assert tree(b'["\\ud83d\\ude9a"]', cause="c") == ["\U0001f69a"]


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert tree(b"\xef\xbb\xbf{}", cause="c") == {}


def test_a_field_of_ten_megabytes_takes_no_longer_than_its_bytes():
    begun = time.monotonic()

    assert len(tree(b'["' + b"\\\\x" * 3_300_000 + b'"]', cause="c")[0]) == 6_600_000
    assert time.monotonic() - begun < 5


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    with suppress(Unreadable):
        tree(body, cause="c")

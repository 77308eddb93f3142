"""AS2 names: to the letter, in quotes where they must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.as2.name import NotAName, checked, quoted, read_name

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=128)


@given(PRINTABLE.filter(lambda name: name == name.strip()))
def test_a_name_travels_and_comes_back_the_same(name):
    assert read_name(quoted(name)) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("ACME", "ACME"),
        ('"ACME"', "ACME"),
        ('"Big Carrier"', "Big Carrier"),
        ("Big Carrier", "Big Carrier"),
        (r'"a \"b\" \\c"', 'a "b" \\c'),
        (" ACME ", "ACME"),
        ('a"', 'a"'),  # old software marks no quote within
    ],
)
def test_a_name_is_read_with_quotes_and_without(header, name):
    assert read_name(header) == name


def test_names_differ_by_the_case_of_their_letters():
    assert read_name("Acme") != read_name("ACME")


@pytest.mark.parametrize("header", ["", " ", '""', '"open', "x" * 129, "ä", "a\tb", '"a"b"'])
def test_what_nobody_can_be_called_is_refused(header):
    with pytest.raises(NotAName):
        read_name(header)


def test_a_name_in_a_profile_has_no_outer_blanks():
    with pytest.raises(NotAName):
        checked(" ACME")

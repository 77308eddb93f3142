"""Raw bytes on a page: readable where they are text, exact where they are not, never live HTML."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.web.desks.raw_bytes import SHOWN_BYTES_MAX, shown


def test_text_is_shown_as_text():
    told = shown('{"city": "Köln"}\n'.encode())

    assert not told.is_binary
    assert "Köln" in told.html


def test_what_is_invisible_is_written_out():
    assert '<span class="esc">\\x1c</span>' in shown(b"ISA*00\x1cGS*QM").html


def test_bytes_that_are_no_text_are_a_hex_dump():
    told = shown(b"\xff\xd8\xff\xe0JFIF")

    assert told.is_binary
    assert told.html.startswith("00000000  ff d8 ff e0 4a 46 49 46")


def test_a_long_one_is_cut_and_says_so():
    assert shown(b"a" * SHOWN_BYTES_MAX).cut is False
    assert shown(b"a" * (SHOWN_BYTES_MAX + 1)).cut is True


def test_a_character_cut_in_half_does_not_make_text_binary():
    assert not shown("é".encode() * SHOWN_BYTES_MAX + b"a").is_binary


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_no_bytes_ever_become_markup(body):
    html = shown(body).html.replace('<span class="esc">', "").replace("</span>", "")

    assert "<" not in html


X12 = (
    b"ISA*00*          *00*          *ZZ*BLFT           *ZZ*ACME           *261123*1812*U*00401"
    b"*000000001*0*P*>~GS*IM*A*B~ST*210*0001~B3**INV-1~SE*3*0001~"
)
JSON = b'{"carrier": "ABCD", "bills": [{"n": 1}, {"n": 2, "lines": [{"amount": "1,[2]"}, 7]}]}'


def marked(body, place):
    found = re.search(r'<mark class="here" id="here">(.*?)</mark>', shown(body, place=place).html)
    return unescape(found[1]) if found else None


@pytest.mark.parametrize(
    ("body", "place", "text"),
    [
        (
            X12,
            f"interchange 1 / set 1 / segment 2 / element 2 / byte {X12.index(b'B3')}",
            "B3**INV-1~",
        ),
        (JSON, "$.bills[0]", '{"n": 1}'),
        (JSON, "$.bills[1].lines[0].amount", '"1,[2]"'),
        (JSON, "$.bills[1].lines[1]", "7"),
        (JSON, "$", JSON.decode()),
        (b"a,b\r\n1,2\r\n", "line 2 column 'b'", "1,2"),
    ],
    ids=["segment", "item", "text with brackets", "last item", "everything", "line"],
)
def test_a_place_is_marked_where_it_stands(body, place, text):
    assert marked(body, place) == text


@pytest.mark.parametrize("place", ["$.bills[9]", "$.nothing", "byte 99999", "line 7", "elsewhere"])
def test_a_place_that_is_not_there_marks_nothing(place):
    assert marked(JSON, place) is None


def test_a_place_far_down_is_shown_with_what_stands_around_it():
    body = b"[" + b'"x", ' * SHOWN_BYTES_MAX + b'"<here>"]'

    told = shown(body, place=f"$[{SHOWN_BYTES_MAX}]")

    assert "&lt;here&gt;" in told.html
    assert told.cut


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_place_makes_a_page_fail(body, place):
    shown(body, place=place)
    shown(body, place=f"${place}")

"""Raw bytes on a page: readable where they are text, exact where they are not, never live HTML."""

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

"""How the bytes of a table become lines and cells, whatever wrote them."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.table.layout import Encoding, Layout, Limits
from drawbar.connectors.table.record import Lines, Record, records, split_lines

CELL = st.text(st.sampled_from('ab",\n\r é'), max_size=6)


def read(body: bytes, layout: Layout | None = None, delimiter: str = ",") -> list[Record]:
    layout = layout or Layout()
    lines = Lines(split_lines([body], bytes_max=layout.limits.line_bytes))
    return list(records(lines, layout, delimiter))


def cells(body: bytes) -> list[tuple[str, ...]]:
    return [record.cells for record in read(body)]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"], ids=["CR", "LF", "CRLF"])
def test_any_line_end_ends_a_line(end):
    assert cells(end.join([b"a,b", b"c,d", b""])) == [("a", "b"), ("c", "d")]


def test_line_ends_may_be_mixed():
    found = read(b"a\rb\nc\r\nd")

    assert [(record.line, record.cells) for record in found] == [
        (1, ("a",)),
        (2, ("b",)),
        (3, ("c",)),
        (4, ("d",)),
    ]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_ends():
    found = read(b'a,"b, ""c""\r\nd",e\nf,g,h\n')

    assert [record.cells for record in found] == [("a", 'b, "c"\r\nd', "e"), ("f", "g", "h")]
    assert [record.line for record in found] == [1, 3]


def test_a_quote_inside_a_cell_is_only_a_character():
    assert cells(b'5" pipe,6\n') == [('5" pipe', "6")]


def test_a_quote_that_never_closes_is_a_fault_of_its_line_alone():
    first, second, third = read(b'a,"b\nc,d\ne,f\n')

    assert first.fault is not None
    assert (first.line, first.fault.cause, first.fault.column) == (1, "quote_never_closed", 2)
    assert (second.cells, third.cells) == (("c", "d"), ("e", "f"))


def test_a_quote_is_not_sought_beyond_the_limit():
    body = b'"a\n' + b"b\n" * 5 + b'c"\n'
    found = read(body, Layout(limits=Limits(quoted_lines=3)))

    assert found[0].fault is not None
    assert found[-1].cells == ('c"',)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b'"a"b,c\n', "text_after_quote"),
        (b"a\0,b\n", "nul"),
        (b"a,\xff\n", "encoding"),
        (b"a" * 101 + b"\n", "line_too_long"),
        (b"a" * 21 + b"\n", "cell_too_long"),
        (b",,,,,\n", "too_many_columns"),
    ],
    ids=["text after a quote", "NUL", "not UTF-8", "long line", "long cell", "many columns"],
)
def test_a_broken_line_is_named_and_the_next_is_read(body, cause):
    limits = Limits(line_bytes=100, cell_chars=20, columns=5)
    broken, good = read(body + b"x,y\n", Layout(limits=limits))

    assert broken.fault is not None
    assert broken.fault.cause == cause
    assert broken.fault.remedy
    assert good.cells == ("x", "y")


def test_the_first_encoding_that_fits_a_line_counts():
    both = Layout(encodings=(Encoding.UTF_8, Encoding.WINDOWS_1252))
    found = read("Côte\n".encode() + "Côte\n".encode("latin-1"), both)

    assert [record.cells for record in found] == [("Côte",), ("Côte",)]


def test_spoilt_letters_are_repaired_as_the_mapping_says():
    (found,) = read("GrÃ¸nland\n".encode(), Layout(repairs={"Ã¸": "ø"}))

    assert found.cells == ("Grønland",)


def test_a_line_without_end_does_not_fill_the_memory():
    blocks = (b"a" * 1000 for _ in range(1000))
    (line,) = split_lines(blocks, bytes_max=500)

    assert len(line) == 501


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=4))
def test_reads_back_what_any_writer_of_csv_wrote(table):
    out: list[str] = []

    class Out:
        def write(self, text: str) -> None:
            out.append(text)

    csv.writer(Out(), quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)

    assert cells("".join(out).encode()) == [tuple(row) for row in table]


@given(st.binary(max_size=60).map(lambda noise: noise.replace(b"\xff", b'"')))
def test_every_byte_of_a_file_stands_in_exactly_one_line(body):
    assert b"".join(record.raw for record in read(body)) == body


@given(st.text(st.sampled_from('a",\r\n'), max_size=40), st.integers(1, 7))
def test_it_does_not_matter_how_a_file_is_cut_into_blocks(text, size):
    body = text.encode()
    blocks = [body[at : at + size] for at in range(0, len(body), size)]

    assert list(split_lines(blocks, bytes_max=99)) == body.splitlines(keepends=True)

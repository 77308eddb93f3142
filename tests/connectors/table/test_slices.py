"""A file in slices says what the whole file says, at the same places."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.table.layout import Limits
from drawbar.connectors.table.mapping import read_table
from drawbar.connectors.table.mapping_file import read_mapping
from drawbar.connectors.table.slices import Slice, TooManyLines, slices
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading

MAPPING = r"""
name: old
describes: history
file: {delimiters: [","], limits: {lines: "40", quoted_lines: "3"}}
order_ref: {column: ID}
customer_ref: {column: Customer}
delivered_on: {constant: "2006-06-02", forms: ["%Y-%m-%d"]}
freight: {column: Cost, currency: USD, rules: [{end: billed, matches: '(?P<figure>[0-9]+)'}]}
"""
TABLE = read_mapping(MAPPING)
RECEIPT = Receipt(message_ref="M-1", sender="import", learned_at=datetime(2026, 1, 1, tzinfo=UTC))
LINE = st.sampled_from(["{n},ACME,5", '{n},"A, B",5', "{n},ACME,?", "", '{n},"A\nB",5', '{n},"A,5'])
END = st.sampled_from(["\n", "\r\n", "\r"])


def cut(body: bytes, bytes_max: int) -> list[Slice]:
    return list(slices([body], TABLE, bytes_max=bytes_max))


def read(body: bytes) -> Reading:
    return read_table(body, RECEIPT, TABLE)


def where(problem: Problem) -> str:
    return problem.place


def test_a_file_of_one_slice_is_kept_byte_by_byte():
    body = b"ID,Customer,Cost\r1,ACME,5\r\r2,ACME,6"
    (only,) = cut(body, 1000)

    assert only.body == body
    assert (only.first_line, only.last_line, only.records) == (2, 4, 2)


def test_line_n_of_a_slice_is_line_n_of_the_file():
    body = b"ID,Customer,Cost\r\n1,ACME,5\r\n2,ACME,6\r\n3,ACME,x\r\n"
    last = cut(body, 12)[-1]

    assert last.body.splitlines()[3] == b"3,ACME,x"
    assert read(last.body).problems[0].place == "line 4 column 'Cost'"


def test_the_same_file_gives_the_same_messages():
    body = b"ID,Customer,Cost\n1,ACME,5\n2,ACME,6\n"

    assert [one.key("a.csv") for one in cut(body, 12)] == [
        one.key("a.csv") for one in cut(body, 12)
    ]


def test_lines_added_at_the_end_leave_earlier_slices_as_they_were():
    body = b"ID,Customer,Cost\n1,ACME,5\n2,ACME,6\n"
    before, after = cut(body, 12), cut(body + b"3,ACME,7\n", 12)

    assert after[: len(before)] == before


def test_a_file_with_headings_only_is_one_slice_without_lines():
    (only,) = cut(b"ID,Customer,Cost\n", 1000)

    assert only.records == 0


def test_a_file_longer_than_the_limit_says_so():
    body = b"ID,Customer,Cost\n" + b"1,ACME,5\n" * Limits(lines=40).lines

    with pytest.raises(TooManyLines, match="more than 40 lines"):
        cut(body, 1000)


@given(st.lists(st.tuples(LINE, END), max_size=12), st.integers(1, 60))
def test_slices_say_what_the_whole_file_says_at_the_same_lines(lines, bytes_max):
    written = "".join(line.format(n=n) + end for n, (line, end) in enumerate(lines, start=1))
    body = b"ID,Customer,Cost\n" + written.encode()
    parts = [read(one.body) for one in cut(body, bytes_max)]
    whole = read(body)

    assert sorted((fact for part in parts for fact in part.facts), key=lambda fact: fact.key) == (
        sorted(whole.facts, key=lambda fact: fact.key)
    )
    # only the cause may differ: a quote that never closes may look otherwise before other lines
    assert [where(problem) for part in parts for problem in part.problems] == (
        [where(problem) for problem in whole.problems]
    )

"""Which column is where, and what a person is told when one is missing."""

import pytest

from drawbar.connectors.reading import Unreadable
from drawbar.connectors.table.heading import Heading, read_heading
from drawbar.connectors.table.layout import Layout
from drawbar.connectors.table.record import Lines

WANTED = ("Order", "Pickup ZIP")
ANY = Layout(delimiters=(",", "\t", ";"))


def heading(line: str | bytes, layout: Layout = ANY) -> Heading:
    body = line.encode() if isinstance(line, str) else line
    return read_heading(Lines(body.splitlines(keepends=True)), layout, wanted=WANTED)


def refusal(line: str | bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        heading(line)
    assert refused.value.problem.remedy
    return refused.value.problem.text


@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_the_delimiter_is_the_one_that_finds_every_heading(delimiter):
    found = heading(delimiter.join(["Note", "Order", "Pickup ZIP"]))

    assert found.delimiter == delimiter
    assert found.places == {"note": 0, "order": 1, "pickup zip": 2}


@pytest.mark.parametrize("written", ["pickup zip", "PICKUP_ZIP", " Pickup  ZIP "])
def test_case_blanks_and_underscores_make_no_difference(written):
    assert heading(f"Order,{written}").places["pickup zip"] == 1


def test_a_byte_order_mark_is_no_part_of_a_heading():
    assert heading("\ufeffOrder,Pickup ZIP").names == ("Order", "Pickup ZIP")


def test_missing_headings_are_named_with_the_nearest_one_found():
    said = refusal("Order No,Pickup postcode,Pickup zone\n")

    assert "'Order' (is it 'Order No'?)" in said
    assert "'Pickup ZIP' (is it 'Pickup zone'?)" in said
    assert "its headings are 'Order No', 'Pickup postcode', 'Pickup zone'" in said


def test_a_heading_that_is_mapped_already_is_not_proposed():
    assert refusal("Order,Orders date\n").startswith("the file lacks 'Pickup ZIP';")


def test_a_mapped_heading_that_stands_twice_is_refused():
    assert refusal("Order,Pickup ZIP,order\n") == "the heading 'Order' stands more than once"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest\n", "Excel"),
        ("Order,Pickup ZIP\n".encode("utf-16"), "UTF-16"),
        (b'"Order\n', "never closed"),
    ],
    ids=["nothing", "a workbook", "UTF-16", "an open quote"],
)
def test_what_is_no_table_is_said_to_be_none(body, what):
    assert what in refusal(body)

"""Flat files as bytes and records: exact both ways, and whatever is wrong has a place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.connectors.flat.reader import read
from drawbar.connectors.flat.record import Record
from drawbar.connectors.flat.spot import offset_of
from drawbar.connectors.flat.writer import UnableToWrite, rewrite, write
from drawbar.edi import Finding, FindingCode, Severity
from tests.connectors.flat.layouts import BILLS, ORDERS, STATUS, layout

D = Decimal

FIXED, DELIMITED, IDOC = layout(STATUS), layout(BILLS), layout(ORDERS)
EVENTS = (
    b"HDNRTH  202603101200\r\n"
    b"EVS-O-1     X3 202603100855010000125{\r\n"
    b"EVS-O-2     D1 202603111030020000005J\r\n"
    b"TR0000200004000000119I\r\n"
)


def codes(data: bytes, by=FIXED) -> list[tuple[FindingCode, int, int]]:
    return [(one.code, one.place.segment, one.place.offset) for one in read(data, by).findings]


def test_fixed_fields_are_read_with_their_bytes():
    file = read(EVENTS, FIXED)
    head, first, second, end = file.records

    assert file.findings == ()
    assert first.values == {
        "load": "S-O-1",
        "code": "X3",
        "at": "202603100855",
        "stop": D(1),
        "weight": D("12.50"),
    }
    assert second.values["weight"] == D("-0.51")
    assert (first.number, first.offset, first.parent) == (2, 22, 0)
    assert offset_of(first, "weight", FIXED) == 51
    assert end.values["weight"] == D("11.99")
    assert head.values["sender"] == "NRTH"


def test_what_was_read_is_written_again_byte_by_byte():
    data = EVENTS

    assert rewrite(read(data, FIXED)) == data
    assert write(read(data, FIXED).records, FIXED) == data


@pytest.mark.parametrize("charset", ["cp037", "cp500"])
def test_a_mainframe_writes_the_same_in_other_bytes(charset):
    by = layout(STATUS, charset=charset, line_end="none", record_length="40")
    records = read(EVENTS, FIXED).records
    data = write(records, by)

    assert len(data) == 160
    assert data[:2] == "HD".encode(charset) != b"HD"
    assert [one.values for one in read(data, by).records[:3]] == [one.values for one in records[:3]]
    assert read(data, by).findings == ()
    assert rewrite(read(data, by)) == data


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (EVENTS.replace(b"TR00002", b"TR00003"), (FindingCode.COUNT_WRONG, 4, 102)),
        (EVENTS.replace(b"TR0000200004", b"TR0000200005"), (FindingCode.COUNT_WRONG, 4, 107)),
        (EVENTS.replace(b"119I", b"119H"), (FindingCode.CHARGES_DO_NOT_FOOT, 4, 112)),
        (EVENTS.replace(b"0000125{", b"00001x5{"), (FindingCode.NUMBER_BAD, 2, 51)),
        (EVENTS.replace(b"202603100855", b"202613100855"), (FindingCode.DATE_BAD, 2, 37)),
        (EVENTS.replace(b"EVS-O-1 ", b"EV      "), (FindingCode.ELEMENT_MISSING, 2, 24)),
        (EVENTS.replace(b"EVS-O-1", b"XXS-O-1"), (FindingCode.SEGMENT_UNKNOWN, 2, 22)),
        (EVENTS.replace(b"HDNRTH", b"EVNRTH"), (FindingCode.SEGMENT_UNEXPECTED, 1, 0)),
        (EVENTS.replace(b"NRTH", b"N\xffTH"), (FindingCode.CHARSET_BROKEN, 1, 3)),
        (EVENTS[:-24], (FindingCode.SEGMENT_MISSING, 1, 0)),
        (EVENTS + b"  \r\n", (FindingCode.SEGMENT_EMPTY, 5, 124)),
        (EVENTS[:-2], (FindingCode.LAST_TERMINATOR_MISSING, 4, 100)),
        (EVENTS + EVENTS[:22], (FindingCode.SEGMENT_REPEATED, 5, 124)),
        (b"", (FindingCode.NO_INTERCHANGE, 0, -1)),
    ],
    ids=[
        "a wrong count",
        "a wrong count of all",
        "a wrong sum",
        "no figure",
        "no day",
        "a needed field that is blank",
        "an unknown tag",
        "a child before its parent",
        "a byte of no letter",
        "no trailer",
        "an empty line",
        "no end of the last line",
        "a second head",
        "an empty file",
    ],
)
def test_what_is_wrong_is_found_with_record_and_byte_and_nothing_is_lost(bad, expected):
    assert expected in codes(bad)
    assert rewrite(read(bad, FIXED)) == bad


def test_a_finding_says_what_was_expected_and_what_stood_there():
    bad = EVENTS.replace(b"TR00002", b"TR00003")
    (found,) = read(bad, FIXED).findings

    assert isinstance(found, Finding)
    assert (found.severity, found.tag) == (Severity.ERROR, "END")
    assert (found.expected, found.actual) == ("2", "3")


def test_quoted_cells_hold_delimiters_quotes_and_line_ends():
    data = b'H;4711;10.03.2026;S-O-1;1.00,00\nL;"a;""b""\nc";-5,00;t\n'
    file = read(data.replace(b"1.00,00", b"95,00;EUR"), DELIMITED)

    assert file.findings == ()
    assert file.records[1].values == {"code": 'a;"b"\nc', "amount": D("-5.00"), "text": "t"}
    assert write(file.records, DELIMITED) == data.replace(b"1.00,00", b"95,00;EUR")
    assert [code for code, *_ in codes(data, DELIMITED)] == [FindingCode.NUMBER_BAD]


def test_a_quote_that_never_closes_spoils_its_own_line_only():
    data = b'L;"open;1,00\n' + b"L;b;2,00;\n" * 60

    assert codes(data, layout(BILLS.replace("parent: BILL", ""))) == [
        (FindingCode.CHARACTER_BAD, 1, 0)
    ]


def test_an_inch_mark_within_a_cell_is_no_quote():
    data = b'H;1;10.03.2026;S;1,00;USD\nL;a;1,00;pipe 12"\nL;b;1,00;pipe 8"\n'

    assert [one.values.get("text") for one in read(data, DELIMITED).records[1:]] == [
        'pipe 12"',
        'pipe 8"',
    ]


def test_an_idoc_is_written_with_its_control_record_and_numbered_segments():
    records = [
        Record(kind="ORDER", values={"number": "O-1", "action": "NEW"}),
        Record(kind="STOP", values={"kind": "P", "name": "Müller"}),
        Record(kind="ITEM", values={"sku": "A", "pieces": D(2), "weight": D("1.5")}),
    ]
    data = write(records, IDOC)
    file = read(data, IDOC)
    control, order, stop, item = file.records

    assert file.findings == ()
    assert len(data.split(b"\n")[0]) == 524
    assert control.values["MESTYP"] == "ZLOAD"
    assert (stop.values["SEGNUM"], stop.values["PSGNUM"], stop.values["HLEVEL"]) == (
        "000002",
        "000001",
        "02",
    )
    assert order.values["DOCNUM"] == "0000000000000042"
    assert (item.values["weight"], item.parent) == (D("1.500"), 1)
    assert data.split(b"\n")[3][63:].endswith(b"000002000000001500")
    assert write(file.records, IDOC) == data


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda data: data.replace(b"000002000001", b"000003000001"), ("SEGNUM", "000002")),
        (lambda data: data.replace(b"000002000001", b"000002000009"), ("PSGNUM", "000001")),
        (lambda data: data.replace(b"00042000002", b"00043000002"), ("DOCNUM", "0" * 14 + "42")),
        (lambda data: data.partition(b"\n")[2], ("before", "")),
    ],
    ids=["its number", "its parent's", "its document's", "without a control record"],
)
def test_a_segment_that_is_numbered_otherwise_is_found(spoil, expected):
    records = [Record(kind="ORDER", values={"number": "O-1"}), Record(kind="STOP")]
    (found,) = read(spoil(write(records, IDOC)), IDOC).findings

    assert expected[0] in found.text
    assert found.expected == expected[1]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (Record(kind="EVENT", values={"load": "S-O-1234567"}), "EVENT.load"),
        (Record(kind="EVENT", values={"load": "S", "stop": D(100)}), "EVENT.stop"),
        (Record(kind="EVENT", values={"load": "S", "stop": D(-1)}), "EVENT.stop"),
        (Record(kind="EVENT", values={"load": "S", "weight": D("0.001")}), "EVENT.weight"),
        (Record(kind="EVENT", values={"load": "S", "stop": "1"}), "EVENT.stop"),
        (Record(kind="EVENT", values={"load": "S", "at": "noon"}), "EVENT.at"),
        (Record(kind="EVENT", values={"load": " S"}), ""),
        (Record(kind="EVENT", values={"load": "S\nT"}), "EVENT.load"),
        (Record(kind="EVENT", values={"load": "S", "colour": "red"}), "EVENT.colour"),
        (Record(kind="EVENT", values={}), "EVENT.load"),
        (Record(kind="OTHER", values={}), ""),
        (Record(kind="EVENT", values={"load": "S\u00fc"}), ""),
        (Record(kind="EVENT", values={"load": "S", "stop": D("NaN")}), "EVENT.stop"),
    ],
    ids=[
        "a text too long",
        "a figure too long",
        "below zero without a sign",
        "too many decimals",
        "a text for a figure",
        "no time",
        "a blank in front",
        "a line end",
        "an unknown field",
        "a needed field",
        "an unknown record",
        "a letter of another charset",
        "not a number",
    ],
)
def test_what_does_not_fit_is_refused_and_never_cut_off(record, field):
    if record.values.get("load") == " S":  # a blank in front can be told from padding on the right
        assert read(write([record], FIXED), FIXED).records[0].values["load"] == " S"
        return
    with pytest.raises(UnableToWrite) as caught:
        write([record], FIXED)
    assert caught.value.field == field


TEXT = st.text(st.sampled_from('abzAZ09;"\n -äß'), max_size=10).filter(
    lambda text: text == text.rstrip(" ") and text.strip()
)
MONEY = st.decimals(-99999, 99999, places=2)


@given(st.lists(st.tuples(TEXT, MONEY, TEXT), max_size=5))
def test_whatever_a_delimited_file_says_comes_back(lines):
    head = {"number": "1", "total": sum((one[1] for one in lines), start=D("0.00"))}
    records = [
        Record(kind="BILL", values=head),
        *(
            Record(kind="LINE", values={"code": code, "amount": amount, "text": text})
            for code, amount, text in lines
        ),
    ]
    data = write(records, DELIMITED)
    file = read(data, DELIMITED)

    assert [dict(one.values) for one in file.records] == [dict(one.values) for one in records]
    assert write(file.records, DELIMITED) == rewrite(file) == data


@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("AZ09-"), min_size=1, max_size=10),
            st.integers(0, 99),
            st.decimals(-99999, 99999, places=2),
        ),
        max_size=5,
    ),
    st.sampled_from(["ascii", "cp037", "cp500", "utf-8"]),
)
def test_whatever_a_fixed_file_says_comes_back_with_counts_and_sums(events, charset):
    by = layout(STATUS, charset=charset, line_end="nel" if charset.startswith("cp") else "lf")
    records = [
        Record(kind="HEAD", values={"sender": "N"}),
        *(
            Record(kind="EVENT", values={"load": load, "stop": D(stop), "weight": weight})
            for load, stop, weight in events
        ),
        Record(kind="END", values={}),
    ]
    data = write(records, by)
    file = read(data, by)

    assert file.findings == ()
    assert file.records[-1].values["weight"] == sum(one[2] for one in events)
    assert write([structs.replace(one, raw=b"") for one in file.records], by) == data


@given(st.binary(max_size=300), st.sampled_from([FIXED, DELIMITED, IDOC]))
def test_any_bytes_are_read_and_none_is_lost(data, by):
    file = read(data, by)

    assert rewrite(file) == data
    assert data or file.findings


@given(st.integers(0, len(EVENTS)), st.binary(max_size=3))
def test_a_file_cut_or_spoilt_anywhere_is_still_read(at, spoilt):
    data = EVENTS[:at] + spoilt + EVENTS[at + len(spoilt) :]

    assert rewrite(read(data, FIXED)) == data


def test_ten_megabytes_without_an_end_are_not_looked_into():
    data = b"EV" + b"x" * 10_000_000

    assert (FindingCode.LIMIT_REACHED, 1, 0) in codes(data)
    assert (FindingCode.LIMIT_REACHED, 1, 0) in codes(b'L;"' + b"x" * 10_000_000, DELIMITED)


def test_findings_have_an_end():
    found = read(b"??\r\n" * 5_000, FIXED).findings

    assert len(found) == 2_001
    assert found[-1].code is FindingCode.LIMIT_REACHED

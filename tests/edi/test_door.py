"""One door for X12 and EDIFACT: each interchange is read as what it is, also in one file."""

import time
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.edi import (
    FindingCode,
    Limits,
    Numbers,
    ShipmentStatus,
    acknowledge,
    check,
    edifact,
    parse,
    read,
    stream,
    structured,
    write,
)
from drawbar.edi.edifact import ConsignmentStatus
from drawbar.edi.x12.reader import read as read_x12

ISA = "ISA*00*          *00*          *02*ABCD           *ZZ*ACME           *260301*0930*U*00401"
X12 = (
    f"{ISA}*000000007*0*P*>~GS*QM*ABCD*ACME*20260301*0930*7*X*004010~ST*214*0001~"
    "B10*PRO1*S-1*ABCD~LX*1~AT7*X3*NS***20260301*0855*LT~SE*5*0001~GE*1*7~IEA*1*000000007~"
).encode()
EDIFACT = (
    b"UNA:+.? 'UNB+UNOC:3+ABCD:14+ACME:ZZZ+260301:0930+7'UNH+1+IFTSTA:D:96A:UN'BGM+77+PRO1+9'"
    b"CNI+1+PRO1'STS+1+21::9'UNT+5+1'UNZ+1+7'"
)
SENT_AT = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - written as it is
NUMBERS = Numbers(interchange=5, group=6)


def standards(data: bytes) -> str:
    return "".join("EX"[not each.is_edifact] for each in read(data).interchanges)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (X12, "X"),
        (EDIFACT, "E"),
        (X12 + EDIFACT, "XE"),
        (EDIFACT + X12, "EX"),
        (EDIFACT + b"\r\n" + X12 + b"\n" + EDIFACT + X12, "EXEX"),
        (b"\xef\xbb\xbf" + EDIFACT + X12, "EX"),
    ],
    ids=["X12", "EDIFACT", "X12 first", "EDIFACT first", "four", "byte order mark"],
)
def test_each_interchange_is_read_by_its_own_standard(data, expected):
    document = read(data)

    assert standards(data) == expected
    assert {str(each.code) for each in document.all_findings} <= {"byte_order_mark"}
    assert write(document) == data
    assert [each.raw for each in stream(data)] == [each.raw for each in document.interchanges]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (X12.partition(b"GE*")[0] + EDIFACT, "XE"),
        (EDIFACT.partition(b"UNZ")[0] + X12, "EX"),
        (EDIFACT[:-1] + X12, "EX"),
        (X12[:-1] + EDIFACT, "XE"),
    ],
    ids=["X12 without trailer", "EDIFACT without trailer", "no terminator", "no terminator (X12)"],
)
def test_a_missing_trailer_swallows_nothing_of_the_other_standard(data, expected):
    assert standards(data) == expected
    assert write(read(data)) == data


def test_what_one_reader_says_the_door_says():
    for data in (X12, X12[:200], X12[:60], X12 + b"junk"):
        assert read(data) == read_x12(data)
    for data in (EDIFACT, EDIFACT[:90], EDIFACT[9:], EDIFACT + b"junk", EDIFACT[55:]):
        assert read(data) == edifact.read(data)


def test_the_name_of_a_header_inside_the_data_begins_nothing():
    status = EDIFACT.replace(b"BGM+77+PRO1", b"BGM+77+VISA*" + b"*" * 20)

    assert standards(status + X12.replace(b"PRO1", b"SUNB+1")) == "EX"


def test_parse_check_and_acknowledge_go_by_the_standard():
    x12, other = read(X12 + EDIFACT).interchanges
    (status,), (consignments,) = x12.sets, other.sets

    assert isinstance(parse(status)[0], ShipmentStatus)
    assert isinstance(parse(consignments)[0], ConsignmentStatus)
    assert check(consignments) == structured(consignments)[1] == ()
    receipts = [
        receipt.code
        for each in (x12, other)
        for answer in acknowledge(each, numbers=NUMBERS, sent_at=SENT_AT)
        for receipt in read(write(answer)).interchanges[0].sets
    ]
    assert receipts == ["997", "CONTRL"]


def test_a_receipt_of_either_standard_is_not_answered():
    for data in (X12, EDIFACT):
        (answer,) = acknowledge(read(data).interchanges[0], numbers=NUMBERS, sent_at=SENT_AT)
        again = read(write(answer)).interchanges[0]

        assert acknowledge(again, numbers=NUMBERS, sent_at=SENT_AT) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UIB+UNOA:4++++A+B'UIH+MSG:1:1:UN+1'UIT+1+2'UIZ'", "interactive EDIFACT"),
        ("UNA:+.? 'UIB+UNOA:4++++A+B'UIZ'", "interactive EDIFACT"),
        ("STX=ANA:1+500:SHOP+501:MAKER+070315:130233+7'MHD=1+ORDHDR:9'MTR=2'", "TRADACOMS"),
        ("\ufeffSTX=ANA:1+500:SHOP'\n\tMHD=1+ORDHDR:9'", "TRADACOMS"),
    ],
)
def test_a_standard_that_we_do_not_read_is_named_and_kept(text, name):
    data = text.encode()

    for document in (read(data), edifact.read(data)):
        assert document.interchanges == ()
        assert [(str(each.code), each.actual) for each in document.findings][1:] == [
            ("standard_other", name)
        ]
        assert write(document) == data
    place = read(data + EDIFACT).findings[0]
    assert (place.code, data[place.place.offset :][:3]) == (
        FindingCode.STANDARD_OTHER,
        place.tag.encode(),
    )


def test_limits_count_over_both_standards():
    limited = read(X12 + EDIFACT + X12, limits=Limits(interchanges_max=2))
    assert len(limited.interchanges) == 2
    assert [str(each.code) for each in limited.findings] == ["limit_reached"]


@given(
    st.lists(st.sampled_from([X12, EDIFACT, b"junk ", b"ISA*0", b"UNB+", b"UNH+1+"]), max_size=6)
)
def test_whole_headers_in_any_order_lose_no_byte(parts):
    data = b"".join((EDIFACT, *parts, X12))

    assert write(read(data)) == data


@pytest.mark.parametrize(
    "part",
    [X12, EDIFACT, X12 + EDIFACT, b"ISA*00*", b"UNB+", b"UNH+UNZ+'", b"ISA*UNH+1'", EDIFACT[:80]],
    ids=["X12", "EDIFACT", "both", "cut ISA", "cut UNB", "bare", "cut and bare", "half"],
)
def test_time_grows_with_size_only(part):
    small, large = (part * (size // len(part)) for size in (20_000, 200_000))

    assert seconds(large) < 40 * max(seconds(small), 0.003)


def seconds(data: bytes) -> float:
    """Return the least of three tries, of our own processor time: others' work does not count."""
    return min(_seconds(data) for _ in range(3))


def _seconds(data: bytes) -> float:
    begun = time.process_time()
    read(data)
    return time.process_time() - begun

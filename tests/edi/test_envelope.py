"""Envelopes: what was opened is closed, counted, and numbered as it says."""

import pytest
from msgspec import structs

from drawbar.edi import FindingCode, read

ISA = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*000000007*0*P*:"
)
GS = "GS*QM*NRTH*SHIPPER*20260301*0930*7*X*004010"
SET = ("ST*214*0001", "B10*PRO1*S-1*NRTH", "SE*3*0001")
GE = "GE*1*7"
IEA = "IEA*1*000000007"


def interchange(*body: str, isa: str = ISA):
    return read("".join(f"{line}~" for line in (isa, *body)).encode()).interchanges[0]


@pytest.mark.parametrize(
    ("body", "tag", "element", "expected", "actual"),
    [
        ((GS, *SET[:2], "SE*9*0001", GE, IEA), "SE", 1, "3", "9"),
        ((GS, *SET, "GE*4*7", IEA), "GE", 1, "1", "4"),
        ((GS, *SET, GE, "IEA*two*000000007"), "IEA", 1, "1", "two"),
    ],
    ids=["segments in a set", "sets in a group", "groups in an interchange"],
)
def test_counts_are_counted_not_believed(body, tag, element, expected, actual):
    (finding,) = interchange(*body).all_findings

    assert finding.code is FindingCode.COUNT_WRONG
    assert (finding.tag, finding.place.element) == (tag, element)
    assert (finding.expected, finding.actual) == (expected, actual)


def test_a_count_with_leading_zeros_is_right():
    assert interchange(GS, *SET[:2], "SE*0000000003*0001", GE, IEA).all_findings == ()


@pytest.mark.parametrize(
    ("body", "tag", "expected", "actual"),
    [
        ((GS, *SET[:2], "SE*3*0002", GE, IEA), "SE", "0001", "0002"),
        ((GS, *SET, "GE*1*8", IEA), "GE", "7", "8"),
        ((GS, *SET, GE, "IEA*1*000000008"), "IEA", "000000007", "000000008"),
    ],
    ids=["set", "group", "interchange"],
)
def test_trailers_repeat_the_header_s_control_number(body, tag, expected, actual):
    (finding,) = interchange(*body).all_findings

    assert (finding.code, finding.tag) == (FindingCode.CONTROL_NUMBER_WRONG, tag)
    assert (finding.expected, finding.actual) == (expected, actual)


@pytest.mark.parametrize(
    ("body", "code", "expected"),
    [
        ((GS, *SET[:2], GE, IEA), FindingCode.TRAILER_MISSING, "SE"),
        ((GS, *SET, IEA), FindingCode.TRAILER_MISSING, "GE"),
        ((GS, *SET, GE), FindingCode.TRAILER_MISSING, "IEA"),
        ((*SET, IEA), FindingCode.HEADER_MISSING, "GS"),
        ((GS, "SE*3*0001", *SET, GE, IEA), FindingCode.HEADER_MISSING, "ST"),
    ],
    ids=["no SE", "no GE", "no IEA", "no GS", "no ST"],
)
def test_a_missing_envelope_is_named_and_the_set_is_read(body, code, expected):
    received = interchange(*body)

    assert (code, expected) in {(each.code, each.expected) for each in received.all_findings}
    assert [item.code for item in received.sets] == ["214"]


def test_a_set_ends_where_the_next_begins():
    received = interchange(GS, *SET[:2], "ST*214*0002", *SET[1:2], "SE*3*0002", "GE*2*7", IEA)

    assert [len(item.segments) for item in received.sets] == [2, 3]
    assert [each.code for each in received.all_findings] == [FindingCode.TRAILER_MISSING]


def test_a_control_number_used_twice_is_named():
    received = interchange(GS, *SET, *SET, "GE*2*7", IEA)

    assert [each.code for each in received.all_findings] == [FindingCode.CONTROL_NUMBER_REPEATED]


def test_a_segment_between_sets_is_kept_and_named():
    received = interchange(GS, "K1*HELLO", *SET, GE, IEA)

    assert "K1" in [item.tag for item in received.segments]
    assert [each.code for each in received.all_findings] == [FindingCode.SEGMENT_OUTSIDE_SET]


def test_an_interchange_receipt_stands_outside_groups():
    assert interchange("TA1*000000050*260301*1200*A*000", "IEA*0*000000007").all_findings == ()


def test_a_set_knows_its_version_and_positions_count_from_its_header():
    item = next(interchange(GS, *SET, GE, IEA).sets)

    assert (item.code, item.control_number, item.version) == ("214", "0001", "004010")
    assert [each.position for each in item.segments] == [1, 2, 3]


def test_identity_names_both_partners_and_the_number():
    identity = interchange(GS, *SET, GE, IEA).identity

    assert structs.replace(identity, payload_hash="") == structs.replace(
        identity,
        sender_qualifier="02",
        sender="NRTH",
        receiver_qualifier="ZZ",
        receiver="SHIPPER",
        control_number="000000007",
        payload_hash="",
    )


def test_the_same_payload_in_other_delimiters_is_the_same_interchange():
    data = "".join(f"{line}~" for line in (ISA, GS, *SET, GE, IEA))
    plain, other = (read(text.encode()) for text in (data, data.replace("*", "|") + "\r\n"))

    assert plain.interchanges[0].identity == other.interchanges[0].identity


def test_sending_again_at_another_time_is_the_same_interchange():
    later = ISA.replace("*0930*", "*1045*")

    again = interchange(GS, *SET, GE, IEA, isa=later)

    assert again.identity == interchange(GS, *SET, GE, IEA).identity


def test_the_same_number_with_other_content_has_another_hash():
    first = interchange(GS, *SET, GE, IEA).identity
    second = interchange(GS, SET[0], "B10*PRO2*S-1*NRTH", SET[2], GE, IEA).identity

    assert first.control_number == second.control_number
    assert first.payload_hash != second.payload_hash


def test_test_interchanges_say_so():
    assert interchange(GS, *SET, GE, IEA, isa=ISA.replace("*P*", "*T*")).is_test
    assert not interchange(GS, *SET, GE, IEA).is_test

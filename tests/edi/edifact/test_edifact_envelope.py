"""Every count and every reference of an EDIFACT envelope is reckoned again."""

from datetime import datetime

import pytest

from drawbar.edi import FindingCode, UnableToWrap, UnableToWrite, segment
from drawbar.edi.edifact import Envelope, Message, Station, read, wrap, write

UNB = "UNB+UNOC:3+NRTH:14+SHIP:ZZZ+260301:0930+7'"
MESSAGE = "UNH+1+IFTSTA:D:96A:UN'BGM+77+PRO1+9'UNT+3+1'"
SENT_AT = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - written as it is


def found(text: str) -> list[tuple[str, str, int, str, str]]:
    return [
        (str(each.code), each.tag, each.place.element, each.expected, each.actual)
        for each in read(text.encode()).all_findings
    ]


def envelope(**changes) -> Envelope:
    given = {
        "sender": Station(id="NRTH", qualifier="14"),
        "receiver": Station(id="SHIP"),
        "control_reference": "7",
        "sent_at": SENT_AT,
    }
    return Envelope(**(given | changes))


def message(*segments, code: str = "IFTSTA") -> Message:
    return Message(code=code, segments=segments or (segment("BGM", "77", "PRO1", "9"),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (UNB + MESSAGE + "UNZ+1+7'", []),
        (UNB + MESSAGE + "UNZ+2+7'", [("count_wrong", "UNZ", 1, "1", "2")]),
        (UNB + MESSAGE + "UNZ+1+8'", [("control_number_wrong", "UNZ", 2, "7", "8")]),
        (UNB + MESSAGE + "UNZ+x+7'", [("count_wrong", "UNZ", 1, "1", "x")]),
        (UNB + MESSAGE, [("trailer_missing", "UNB", 0, "UNZ", "")]),
        (
            UNB + MESSAGE.replace("UNT+3+1", "UNT+2+9") + "UNZ+1+7'",
            [("count_wrong", "UNT", 1, "3", "2"), ("control_number_wrong", "UNT", 2, "1", "9")],
        ),
        (UNB + MESSAGE[:-8] + "UNZ+1+7'", [("trailer_missing", "UNH", 0, "UNT", "")]),
        (UNB + MESSAGE[22:] + "UNZ+0+7'", "header"),
        (UNB + MESSAGE * 2 + "UNZ+2+7'", [("control_number_repeated", "UNH", 1, "", "")]),
        (UNB + "BGM+1'" + MESSAGE + "UNZ+1+7'", [("segment_outside_set", "BGM", 0, "", "")]),
        (
            UNB + "UNG+IFTSTA+A+B+260301:0930+5+UN+D:96A'" + MESSAGE + "UNE+1+5'UNZ+1+7'",
            [],
        ),
        (
            UNB + "UNG+IFTSTA+A+B+260301:0930+5+UN+D:96A'" + MESSAGE + "UNE+3+6'UNZ+1+7'",
            [("control_number_wrong", "UNE", 2, "5", "6"), ("count_wrong", "UNE", 1, "1", "3")],
        ),
        (
            UNB + "UNG+IFTSTA+A+B+260301:0930+5+UN+D:96A'" + MESSAGE + "UNZ+1+7'",
            [("trailer_missing", "UNG", 0, "UNE", "")],
        ),
        (UNB + MESSAGE + "UNE+1+5'UNZ+1+7'", [("header_missing", "UNE", 0, "UNG", "")]),
    ],
)
def test_counts_and_references_are_reckoned(text, expected):
    if expected == "header":
        expected = [
            ("segment_outside_set", "BGM", 0, "", ""),
            ("header_missing", "UNT", 0, "UNH", ""),
        ]

    assert found(text) == expected


def test_a_finding_names_segment_index_and_byte_offset():
    text = UNB + MESSAGE.replace("UNT+3", "UNT+4") + "UNZ+1+7'"

    (finding,) = read(text.encode()).all_findings

    assert (finding.index, finding.place.segment) == (3, 3)
    assert finding.place.offset == text.index("UNT")


@pytest.mark.parametrize(
    ("unb", "code", "element"),
    [
        ("UNB+UNOC:3++SHIP+260301:0930+7'", FindingCode.ELEMENT_MISSING, 2),
        ("UNB+UNOC:3+NRTH+SHIP+269901:0930+7'", FindingCode.DATE_BAD, 4),
        ("UNB+UNOC:3+NRTH+SHIP+260301:2930+7'", FindingCode.TIME_BAD, 4),
        ("UNB+UNOC:9+NRTH+SHIP+260301:0930+7'", FindingCode.SYNTAX_UNKNOWN, 1),
        ("UNB+UNOC+NRTH+SHIP+260301:0930+7'", FindingCode.SYNTAX_UNKNOWN, 1),
    ],
)
def test_a_header_is_held_against_the_standard(unb, code, element):
    (finding,) = read((unb + MESSAGE + "UNZ+1+7'").encode()).all_findings

    assert (finding.code, finding.place.element) == (code, element)


@pytest.mark.parametrize("version", ["1", "3", "4"])
@pytest.mark.parametrize("group_number", [0, 5], ids=["plain", "in groups"])
def test_what_we_wrap_is_read_without_findings(version, group_number):
    bodies = [message(), message(), message(code="IFTMIN")]
    given = envelope(syntax_version=version, group_number=group_number, is_test=True)

    document = read(write(wrap(bodies, given)))

    item = document.interchanges[0]
    assert document.all_findings == ()
    assert [each.code for each in item.sets] == ["IFTSTA", "IFTSTA", "IFTMIN"]
    assert [each.control_number for each in item.sets] == ["1", "2", "3"]
    assert (item.is_test, item.version, item.identity.sender) == (True, version, "NRTH")


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": Station(id=" ")},
        {"control_reference": ""},
        {"syntax_identifier": "LATIN"},
    ],
)
def test_an_envelope_that_cannot_be_is_refused(changes):
    with pytest.raises(UnableToWrap):
        wrap([message()], envelope(**changes))


@pytest.mark.parametrize("text", ["A'B", "A\nB", "A+B", "A?", "Ж"])
def test_what_would_break_the_file_is_refused(text):
    with pytest.raises(UnableToWrite):
        write(wrap([message(segment("FTX", "AAI", "", "", text))], envelope()))

"""A set against its definition: what is said about each segment and element."""

import pytest

from drawbar.edi import FindingCode, Severity, TransactionSet, check, segment
from drawbar.edi.x12.definition import LoopUse
from drawbar.edi.x12.release import RELEASES


def checked(*body: str, code: str = "214", version: str = "004010"):
    lines = (f"ST*{code}*0001", *body, f"SE*{len(body) + 2}*0001")
    segments = []
    for position, line in enumerate(lines, start=1):
        tag, *elements = line.split("*")
        plain = segment(tag, *elements)
        segments.append(type(plain)(tag, tuple(elements), position=position, index=position))
    item = TransactionSet(
        code=code, control_number="0001", version=version, segments=tuple(segments)
    )
    return check(item)


B10 = "B10*PRO1*S-1*NRTH"
AT7 = "AT7*X3*NS***20260301*0930*LT"


def test_a_right_set_has_no_findings():
    assert checked(B10, "L11*4500*PO", "LX*1", AT7, "MS1*RENO*NV*US", "MS2*NRTH*53001") == ()


@pytest.mark.parametrize(
    ("line", "code", "element"),
    [
        ("B10*PRO1*S-1", FindingCode.ELEMENT_MISSING, 3),
        ("B10*PRO1*S-1*NORTHLAKE", FindingCode.ELEMENT_TOO_LONG, 3),
        ("B10*PRO1*S-1*N", FindingCode.ELEMENT_TOO_SHORT, 3),
        ("B10*PRO1*S-1*NRTH*X", FindingCode.NUMBER_BAD, 4),
        ("B10*PRO\x07*S-1*NRTH", FindingCode.CHARACTER_BAD, 1),
        ("B10*PRO1*S-1*NRTH*****X", FindingCode.ELEMENT_SURPLUS, 8),
        ("B10**S-1*NRTH", FindingCode.CONDITION_UNMET, 1),
    ],
    ids=["missing", "too long", "too short", "no number", "control character", "surplus", "either"],
)
def test_an_element_is_named_with_what_is_wrong(line, code, element):
    (finding,) = checked(line)

    assert (finding.code, finding.tag) == (code, "B10")
    assert (finding.place.segment, finding.place.element) == (2, element)


@pytest.mark.parametrize(
    ("line", "code", "element"),
    [
        ("AT7*X3*NS***20260230*0930*LT", FindingCode.DATE_BAD, 5),
        ("AT7*X3*NS***20260301*2460*LT", FindingCode.TIME_BAD, 6),
        ("AT7*??*NS***20260301*0930*LT", FindingCode.CODE_UNKNOWN, 1),
        ("AT7*X3*NS*AA*NA*20260301*0930*LT", FindingCode.EXCLUSION_VIOLATED, 3),
        ("AT7*X3****20260301*0930*LT", FindingCode.CONDITION_UNMET, 2),
        ("AT7*X3*NS****0930*LT", FindingCode.CONDITION_UNMET, 5),
    ],
    ids=["date", "time", "code", "event and appointment", "reason missing", "time without date"],
)
def test_a_status_is_checked(line, code, element):
    (finding,) = checked(B10, "LX*1", line)

    assert (finding.code, finding.place.segment, finding.place.element) == (code, 4, element)


def test_a_sign_does_not_count_as_length():
    assert checked("B10*PRO1*S-1*NRTH*-999") == ()


def test_an_unknown_code_is_a_warning():
    (finding,) = checked(B10, "LX*1", "AT7*??*NS***20260301*0930*LT")

    assert finding.severity is Severity.WARNING


def test_a_six_digit_date_is_read_and_named():
    (finding,) = checked(B10, "LX*1", "AT7*X3*NS***260301*0930*LT")

    assert (finding.code, finding.severity) == (FindingCode.ELEMENT_TOO_SHORT, Severity.WARNING)


@pytest.mark.parametrize(
    ("body", "code", "tag"),
    [
        (("LX*1", AT7), FindingCode.SEGMENT_MISSING, "LX"),
        ((B10, "ZZ1*A"), FindingCode.SEGMENT_UNKNOWN, "ZZ1"),
        ((B10, "B3**A"), FindingCode.SEGMENT_UNEXPECTED, "B3"),
        ((B10, "LX*1", AT7, "MAN*GM*1", "L11*4500*PO"), FindingCode.SEGMENT_OUT_OF_ORDER, "L11"),
        ((B10, B10), FindingCode.SEGMENT_REPEATED, "B10"),
        ((B10, *["N1*SH*NORTH"] * 11), FindingCode.LOOP_REPEATED, "N1"),
    ],
    ids=["missing", "unknown", "of another set", "late", "twice", "loop too often"],
)
def test_segments_have_their_place(body, code, tag):
    found = checked(*body)

    assert (code, tag) in {(finding.code, finding.tag) for finding in found}


def test_a_set_that_we_do_not_know_says_so():
    assert [each.code for each in checked("BMG*00", code="864")] == [FindingCode.SET_UNKNOWN]


def test_a_release_that_we_do_not_have_is_read_by_an_earlier_one():
    (finding,) = checked(B10, version="004030")

    assert (finding.code, finding.severity) == (FindingCode.VERSION_ASSUMED, Severity.NOTE)
    assert (finding.expected, finding.actual) == ("004010", "004030")


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.version)
def test_tables_name_only_what_they_define(release):
    for definition in release.sets.values():
        assert definition.tags <= set(release.segments), definition.code
        assert definition.root.parts[-1].tag == "SE"
        _assert_loops_can_be_told_apart(definition.root)
    for item in release.segments.values():
        for use in item.uses:
            assert not use.element.codes or use.element.codes in release.codes
        assert all(number <= len(item.uses) for rule in item.rules for number in rule.elements)


def _assert_loops_can_be_told_apart(loop: LoopUse) -> None:
    tags = [part.tag for part in loop.parts]
    assert len(tags) == len(set(tags)), loop.name
    for part in loop.parts:
        if isinstance(part, LoopUse):
            _assert_loops_can_be_told_apart(part)

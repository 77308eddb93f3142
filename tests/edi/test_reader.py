"""How we read what partners send: any delimiter, any line end, anything around it."""

import pytest

from drawbar.edi import FindingCode, Limits, Severity, read, write

ISA = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*000000007*0*P*:"
)
BODY = (
    "GS*QM*NRTH*SHIPPER*20260301*0930*7*X*004010",
    "ST*214*0001",
    "B10*PRO1*S-1*NRTH",
    "SE*3*0001",
    "GE*1*7",
    "IEA*1*000000007",
)


def sent(*, isa: str = ISA, body: tuple[str, ...] = BODY, end: str = "~", last: bool = True):
    return (end.join((isa, *body)) + (end if last else "")).encode("latin-1")


def tags(document) -> list[str]:
    return [item.tag for interchange in document.interchanges for item in interchange.segments]


def codes(document) -> set[FindingCode]:
    return {finding.code for finding in document.all_findings}


WHOLE = ["ISA", "GS", "ST", "B10", "SE", "GE", "IEA"]


@pytest.mark.parametrize(
    "end",
    ["~", "~\n", "~\r\n", "\n", "\r\n", "\r", "'", "\x1c", "^", "\xc2\x85", "\xe2\x80\xa6\n", "~~"],
    ids=[
        "tilde",
        "tilde and line feed",
        "tilde and both",
        "line feed",
        "carriage return and line feed",
        "carriage return",
        "apostrophe",
        "file separator",
        "caret",
        "two bytes of UTF-8",
        "three bytes of UTF-8 and line feed",
        "doubled tilde",
    ],
)
def test_any_terminator_is_read_and_written_again(end):
    data = sent(end=end)

    document = read(data)

    assert tags(document) == WHOLE
    assert document.all_findings == ()
    assert write(document) == data


@pytest.mark.parametrize("separator", ["|", "\x1d", "^", "!", "\t"])
def test_any_element_separator_is_read(separator):
    document = read(sent().replace(b"*", separator.encode()))

    assert document.interchanges[0].segments[3].elements == ("PRO1", "S-1", "NRTH")


@pytest.mark.parametrize("component", ['"', "`", ">", "\\", "<"])
def test_any_component_separator_is_read(component):
    document = read(sent(isa=ISA[:-1] + component))

    assert document.interchanges[0].dialect.component == component


def test_a_header_of_the_wrong_width_is_read_by_counting_its_separators():
    short = "ISA*00**00**02*NRTH*ZZ*SHIPPER*260301*0930*U*00401*7*0*P*:"

    document = read(sent(isa=short))

    assert tags(document) == WHOLE
    finding = document.all_findings[0]
    assert (finding.code, finding.tag, finding.place.element) == ("header_not_fixed", "ISA", 2)
    assert (finding.expected, finding.actual) == ("10", "0")


def test_a_header_without_component_separator_is_read():
    document = read(sent(isa=ISA[:-1]))

    assert tags(document) == WHOLE
    assert codes(document) == {FindingCode.COMPONENT_SEPARATOR_MISSING}


def test_a_header_with_too_much_is_read():
    document = read(sent(isa=ISA + "*EXTRA"))

    assert tags(document) == WHOLE
    assert FindingCode.ELEMENT_SURPLUS in codes(document)


def test_a_header_with_too_few_elements_is_cut():
    document = read(sent(isa=ISA[:60]))

    assert codes(document) >= {FindingCode.HEADER_CUT}


def test_the_last_terminator_may_be_missing():
    document = read(sent(last=False))

    assert tags(document) == WHOLE
    assert {finding.severity for finding in document.all_findings} == {Severity.NOTE}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (b"\xef\xbb\xbf", b"", {FindingCode.BYTE_ORDER_MARK}),
        (b"\r\n  ", b"\r\n \x1a\x00", set()),
        (b"From: edi@example.org\n\n", b"", {FindingCode.JUNK}),
        (b"ISA*FILE*FOLLOWS*\n", b"", {FindingCode.JUNK}),
        (b"", b"*** end of file ***", {FindingCode.JUNK}),
    ],
    ids=["byte order mark", "blanks", "junk before", "junk like a header", "junk behind"],
)
def test_what_stands_around_an_interchange_is_kept_and_named(before, after, found):
    data = before + sent() + after

    document = read(data)

    assert tags(document) == WHOLE
    assert codes(document) == found
    assert write(document) == data


def test_several_interchanges_may_each_have_their_own_delimiters():
    data = sent() + b"\n" + sent(end="\n").replace(b"*", b"|") + sent(end="'")

    document = read(data)

    assert tags(document) == WHOLE * 3
    assert write(document) == data


def test_the_next_interchange_begins_also_when_the_last_was_not_terminated():
    document = read(sent(last=False) + b"\n" + sent())

    assert tags(document) == WHOLE * 2


def test_an_interchange_without_trailer_ends_where_the_next_begins():
    document = read(sent(body=BODY[:-1]) + sent())

    assert tags(document) == WHOLE[:-1] + WHOLE
    assert codes(document) == {FindingCode.TRAILER_MISSING}


def test_isa_inside_data_begins_nothing():
    body = (BODY[0], BODY[1], "B10*ISA*ISA*NRTH", "K1*ISA 00 ISA*ISA", *BODY[3:])

    document = read(sent(body=body))

    assert len(document.interchanges) == 1


def test_line_wraps_are_taken_out_when_segments_do_not_end_in_lines():
    wrapped = sent().replace(b"S-1", b"S\r\n-1")

    document = read(wrapped)

    assert document.interchanges[0].segments[3].get(2) == "S-1"
    assert codes(document) == {FindingCode.LINE_WRAP}


def test_trailing_blanks_in_an_element_are_data():
    body = (*BODY[:2], "B10*PRO1   *S-1 *NRTH", *BODY[3:])

    assert read(sent(body=body)).interchanges[0].segments[3].get(1) == "PRO1   "


@pytest.mark.parametrize(
    ("eleventh", "version", "separator"),
    [("U", "00401", ""), ("^", "00402", "^"), ("U", "00501", ""), ("!", "00200", "")],
    ids=["standard's name", "separator", "name where a separator belongs", "before 00402"],
)
def test_isa11_is_a_separator_from_00402_on(eleventh, version, separator):
    document = read(sent(isa=ISA.replace("*U*00401*", f"*{eleventh}*{version}*")))

    assert document.interchanges[0].dialect.repetition == separator


def test_one_character_for_two_purposes_is_an_error():
    assert FindingCode.DELIMITER_CLASH in codes(read(sent(isa=ISA[:-1] + "~")))


def test_without_any_terminator_nothing_is_guessed():
    document = read(sent(end=""))

    assert tags(document) == ["ISA"]
    assert FindingCode.TERMINATOR_MISSING in codes(document)
    assert write(document) == sent(end="")


def test_a_file_without_interchange_says_so():
    document = read(b"HDR;ORDER;4711;SENDER;RECEIVER\n")

    assert [finding.code for finding in document.findings] == [FindingCode.NO_INTERCHANGE]


def test_a_segment_knows_its_place():
    item = read(sent()).interchanges[0].segments[3]

    assert (item.index, item.position, item.offset) == (3, 2, sent().index(b"B10"))


def test_a_malformed_tag_is_named_and_kept():
    document = read(sent(body=(*BODY[:3], "k1*note", *BODY[3:])))

    assert "k1" in tags(document)
    assert FindingCode.TAG_MALFORMED in codes(document)


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(segments_max=3), "segments"),
        (Limits(elements_max=2), "elements"),
        (Limits(bytes_max=150), "bytes"),
        (Limits(interchanges_max=1), "interchanges"),
    ],
    ids=["segments", "elements", "bytes", "interchanges"],
)
def test_beyond_a_limit_the_rest_is_left_out_and_said_so(limits, what):
    document = read(sent() + sent(), limits=limits)

    reached = [each for each in document.all_findings if each.code is FindingCode.LIMIT_REACHED]
    assert what in {each.actual for each in reached}


def test_findings_are_limited_too():
    document = read(sent(body=("??",) * 50), limits=Limits(findings_max=10))

    assert len(document.all_findings) == 11
    assert document.all_findings[-1].code is FindingCode.LIMIT_REACHED


def test_text_is_read_in_the_declared_character_set():
    data = sent(body=(*BODY[:2], "B10*Zürich*S-1*NRTH", *BODY[3:])).decode("latin-1").encode()

    document = read(data, charset="utf-8")

    assert document.interchanges[0].segments[3].get(1) == "Zürich"
    assert write(document) == data


def test_bytes_outside_the_declared_character_set_are_named_and_kept():
    data = sent(body=(*BODY[:2], "B10*Z\xfcrich*S-1*NRTH", *BODY[3:]))

    document = read(data, charset="utf-8")

    assert codes(document) == {FindingCode.CHARSET_BROKEN}
    assert write(document) == data

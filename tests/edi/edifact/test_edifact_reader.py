"""How we read what partners send in EDIFACT: any separators, any line ends, anything around."""

import pytest

from drawbar.edi import FindingCode, Limits, Severity
from drawbar.edi.component import component
from drawbar.edi.edifact import read, stream, write

UNB = "UNB+UNOC:3+NRTH:14+SHIP:ZZZ+260301:0930+7"
BODY = ("UNH+1+IFTSTA:D:96A:UN", "BGM+77+PRO1+9", "UNT+3+1", "UNZ+1+7")
WHOLE = ["UNB", "UNH", "BGM", "UNT", "UNZ"]


def sent(*body: str, unb: str = UNB, una: str = "", end: str = "'", last: bool = True) -> bytes:
    text = una + end.join((unb, *(body or BODY))) + (end if last else "")
    return text.encode("latin-1")


def tags(document) -> list[str]:
    return [item.tag for each in document.interchanges for item in each.segments]


def codes(document) -> list[str]:
    return [str(finding.code) for finding in document.all_findings]


@pytest.mark.parametrize("end", ["'", "'\n", "'\r\n", "'\r", "'\n\n", "'\n      "])
def test_any_line_end_is_read_and_written_again(end):
    data = sent(end=end)

    document = read(data)

    assert (tags(document), codes(document), write(document)) == (WHOLE, [], data)


@pytest.mark.parametrize(
    ("una", "element", "component", "end"),
    [
        ("UNA:+.? '", "+", ":", "'"),
        ("UNA:+,? '\r\n", "+", ":", "'\r\n"),
        ("UNA=*.? ~\n", "*", "=", "~\n"),
        ("UNA:+.? #", "+", ":", "#"),
        ("UNA:+.? \n", "+", ":", "\n"),
        ("UNA\x1f\x1d.  \x1c", "\x1d", "\x1f", "\x1c"),
        ("", "+", ":", "\n"),
        ("", "\x1d", "\x1f", "\x1c"),
        ("", "|", "^", "~"),
    ],
    ids=["standard", "comma", "own", "hash", "line", "control", "bare line", "level B", "shown"],
)
def test_any_separators_are_read_and_written_again(una, element, component, end):
    plain = sent(end="\0").decode().replace("+", element).replace(":", component)
    data = (una + plain.replace("\0", end)).encode()

    document = read(data)

    assert (tags(document), codes(document), write(document)) == (WHOLE, [], data)
    assert document.interchanges[0].identity == read(sent()).interchanges[0].identity


@pytest.mark.parametrize("una", ["UNA:+.?'", "UNA:+.?  '", "UNA:*.? '"])
def test_a_service_string_that_is_not_right_is_read_by_the_header(una):
    document = read(sent(una=una))

    assert tags(document) == WHOLE
    assert codes(document) == ["service_string_malformed"]


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        ("IT?'S", "IT'S"),
        ("A?+B?:C??", "A+B:C?"),
        ("A??", "A?"),
        ("A?\nB", "A\nB"),
        ("A?\n", "A\n"),
        ("A?B", "AB"),
    ],
    ids=["terminator", "separators", "itself", "line end", "last line end", "letter"],
)
def test_a_released_character_is_data(raw, data):
    written = sent(BODY[0], f"FTX+AAI+++{raw}", *BODY[2:])

    document = read(written)

    item = document.interchanges[0].segments[2]
    assert component(item, 4, 1, document.interchanges[0].dialect) == data
    assert (codes(document), write(document)) == ([], written)


def test_a_release_character_at_the_end_of_a_file_is_named():
    document = read(sent(*BODY[:2], "FTX+AAI+++A?", last=False))

    assert "release_dangling" in codes(document)


def test_a_line_wrap_is_taken_out_and_put_back():
    data = sent().replace(b"PRO1", b"PR\r\nO1").replace(b"UNT+3", b"UN\nT+3")

    document = read(data)

    assert tags(document) == WHOLE
    assert document.interchanges[0].segments[2].get(2) == "PRO1"
    assert set(codes(document)) == {"line_wrap"}
    assert write(document) == data


def test_the_last_terminator_may_be_missing():
    document = read(sent(last=False))

    assert tags(document) == WHOLE
    assert {each.severity for each in document.all_findings} == {Severity.NOTE}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"\xef\xbb\xbf", b"", ["byte_order_mark"]),
        (b"\r\n  ", b"\r\n \x1a\x00", []),
        (b"Subject: edi\n\n", b"", ["junk"]),
        (b"", b"-- end --", ["junk"]),
    ],
    ids=["byte order mark", "blanks", "junk before", "junk behind"],
)
def test_what_stands_around_an_interchange_is_kept(before, after, expected):
    data = before + sent(una="UNA:+.? '\n") + after

    document = read(data)

    assert (tags(document), write(document)) == (WHOLE, data)
    assert codes(document) == expected


def test_several_interchanges_may_have_separators_of_their_own():
    other = sent(una="UNA=*.? ~").replace(b"+", b"*").replace(b":", b"=").replace(b"'", b"~")
    other = other.replace(b"UNA=*.?", b"UNA=*.?", 1)
    data = sent(last=False) + b"\n" + other + sent()

    document = read(data)

    assert tags(document) == WHOLE * 3
    assert write(document) == data
    assert [each.raw for each in stream(data)] == [each.raw for each in document.interchanges]


def test_the_repetition_separator_is_one_in_syntax_4_alone():
    dialects = [
        read(sent(una="UNA:+.?*'", unb=UNB.replace(":3", f":{version}"))).interchanges[0].dialect
        for version in "1234"
    ]

    assert [each.repetition for each in dialects] == ["", "", "", "*"]
    assert [each.decimal for each in dialects] == [".", ".", ".", ".,"]


def test_trailing_empty_elements_and_components_are_kept():
    data = sent(BODY[0], "BGM+77::+PRO1:+++", *BODY[2:])

    document = read(data)

    assert document.interchanges[0].segments[2].elements == ("77::", "PRO1:", "", "", "")
    assert write(document) == data


def test_a_message_without_interchange_is_read():
    document = read(sent(*BODY[1:3], unb=BODY[0]))

    assert [each.code for each in document.interchanges[0].sets] == ["IFTSTA"]
    assert codes(document) == ["header_missing", "trailer_missing"]


@pytest.mark.parametrize(
    ("identifier", "text", "actual", "expected"),
    [
        ("UNOC", "Å", "latin-1", []),
        ("UNOY", "Å", "utf-8", []),
        ("UNOD", "ł", "iso8859-2", []),
        ("UNOE", "Ж", "iso8859-5", []),
        ("UNOB", "Å", "latin-1", ["charset_broken"]),
        ("UNOB", "Å", "utf-8", ["charset_broken"]),
        ("UNOC", "Å", "utf-8", ["charset_broken"]),
        ("UNOY", "Å", "latin-1", ["charset_broken"]),
        ("XXXA", "Å", "latin-1", ["charset_unknown"]),
    ],
)
def test_bytes_are_read_as_what_they_are(identifier, text, actual, expected):
    data = sent(BODY[0], "FTX+AAI+++#", *BODY[2:], unb=UNB.replace("UNOC", identifier))
    data = data.replace(b"#", text.encode(actual))

    document = read(data)

    assert document.interchanges[0].segments[2].get(4) == text
    assert (codes(document), write(document)) == (expected, data)


def test_small_letters_in_level_a_are_noted_once():
    document = read(sent(BODY[0], "BGM+77+pro+9", *BODY[2:], unb=UNB.replace("UNOC", "UNOA")))

    finding = document.all_findings[0]
    assert codes(document) == ["charset_lower_case"]
    assert (finding.tag, finding.place.segment, finding.place.element) == ("BGM", 2, 2)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(bytes_max=60), "bytes"),
        (Limits(segments_max=3), "segments"),
        (Limits(elements_max=2), "elements"),
        (Limits(segment_characters_max=10), "characters of a segment"),
        (Limits(interchanges_max=1), "interchanges"),
    ],
    ids=["bytes", "segments", "elements", "characters", "interchanges"],
)
def test_beyond_a_limit_the_rest_is_left_out(limits, expected):
    document = read(sent() + sent(), limits=limits)

    reached = [each for each in document.all_findings if each.code is FindingCode.LIMIT_REACHED]
    assert expected in {each.actual for each in reached}


def test_identity_and_test_indicator_come_from_the_header():
    unb = "UNB+UNOC:3+NR?+TH:14:IN+SHIP+260301:0930+7++++++1"

    item = read(sent(unb=unb)).interchanges[0]

    identity = item.identity
    assert item.is_test
    assert (identity.sender_qualifier, identity.sender) == ("14", "NR+TH/IN")
    assert (identity.receiver, identity.control_number) == ("SHIP", "7")

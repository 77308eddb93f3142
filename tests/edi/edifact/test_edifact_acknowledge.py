"""What we answer to a partner's EDIFACT: verdicts, positions and error codes by finding."""

from datetime import datetime

import pytest

from drawbar.edi import FindingCode, Severity, unplaced
from drawbar.edi.edifact import ControlNumbers, acknowledge, parse, read, receipt_for, write
from drawbar.edi.edifact.acknowledge_code import ERRORS, UNSPECIFIED
from drawbar.edi.meaning import MEANINGS

UNB = "UNB+UNOB:3+NRTH:14:IN+SHIP:ZZZ+260301:0930+7++++++1'"
GOOD = "UNH+1+IFTSTA:D:96A:UN'BGM+77+PRO1+9'UNT+3+1'"
SENT_AT = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001 - written as it is
NUMBERS = ControlNumbers(interchange="99", message=5)


def received(*messages: str, unb: str = UNB, trailer: str = "", una: str = ""):
    text = una + unb + "".join(messages) + (trailer or f"UNZ+{len(messages)}+7'")
    return read(text.encode()).interchanges[0]


def message(*segments: str, number: int = 2, kind: str = "IFTMIN:D:96A:UN") -> str:
    parts = (f"UNH+{number}+{kind}", *segments, f"UNT+{len(segments) + 2}+{number}")
    return "'".join(parts) + "'"


def answered(*messages: str, **changes) -> list[str]:
    (answer,) = acknowledge(received(*messages, **changes), numbers=NUMBERS, sent_at=SENT_AT)
    return write(answer).decode().split("'")


def body(*messages: str, **changes) -> list[str]:
    return answered(*messages, **changes)[3:-3]


def test_an_interchange_is_accepted_with_all_inside_under_mirrored_ids():
    assert answered(GOOD) == [
        "UNA:+.? ",
        "UNB+UNOB:3+SHIP:ZZZ+NRTH:14:IN+260302:0800+99++++++1",
        "UNH+5+CONTRL:D:3:UN",
        "UCI+7+NRTH:14:IN+SHIP:ZZZ+7",
        "UNT+3+5",
        "UNZ+1+99",
        "",
    ]


def test_syntax_4_is_answered_in_syntax_4_and_with_its_separators():
    unb = UNB.replace(":3", ":4").replace("260301", "20260301").replace("+", "|")
    good = GOOD.replace("+", "|")
    answer = answered(good, unb=unb, trailer="UNZ|1|7'", una="UNA:|.?*'")

    assert answer[:3] == [
        "UNA:|.?*",
        "UNB|UNOB:4|SHIP:ZZZ|NRTH:14:IN|20260302:0800|99||||||1",
        "UNH|5|CONTRL:4:1:UN",
    ]


@pytest.mark.parametrize(
    ("segments", "told"),
    [
        (("BGM+610+S-1+9", "DTM+137:20261301:102"), ["UCS+3", "UCD+12+2:2"]),
        (("BGM+610+S-1+9", "GID+x"), ["UCS+3", "UCD+37+2"]),
        (("BGM+610+S-1+9", "GID+1+a:PX"), ["UCS+3", "UCD+37+3:1"]),
        (("BGM+610+S-1+9", "MEA++G"), ["UCS+3", "UCD+13+2"]),
        (("BGM+610+S-1+1234",), ["UCS+2", "UCD+39+4"]),
        (("BGM+610+S-1+9", "CNT+7"), ["UCS+3", "UCD+13+2:2"]),
    ],
    ids=["no date", "no number", "no count", "missing", "too long", "component missing"],
)
def test_a_rejected_message_names_segment_element_and_component(segments, told):
    rejected = ["UCI+7+NRTH:14:IN+SHIP:ZZZ+7", "UCM+2+IFTMIN:D:96A:UN+4"]

    assert body(GOOD, message(*segments)) == [*rejected, *told]


def test_a_missing_segment_is_named_where_another_stands():
    assert body(message("DTM+137:20260301:102"))[1:] == ["UCM+2+IFTMIN:D:96A:UN+4", "UCS+2+13"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("UNT+3+1", "UNT+4+1"), "UCM+1+IFTSTA:D:96A:UN+4+29+UNT+2"),
        (("UNT+3+1", "UNT+3+9"), "UCM+1+IFTSTA:D:96A:UN+4+28+UNT+3"),
        (("UNT+3+1'", ""), "UCM+1+IFTSTA:D:96A:UN+4+13+UNT"),
        (("IFTSTA:", "QALITY:"), "UCM+1+QALITY:D:96A:UN+4+14+UNH+3"),
    ],
    ids=["count", "reference", "no trailer", "unknown type"],
)
def test_a_broken_envelope_of_a_message_rejects_the_message(changed, told):
    assert body(GOOD.replace(*changed))[1:] == [told]


@pytest.mark.parametrize(
    ("trailer", "told"),
    [
        ("UNZ+2+7'", "UCI+7+NRTH:14:IN+SHIP:ZZZ+4+29+UNZ+2"),
        ("UNZ+1+8'", "UCI+7+NRTH:14:IN+SHIP:ZZZ+4+28+UNZ+3"),
    ],
)
def test_a_broken_interchange_is_rejected_whole(trailer, told):
    assert body(GOOD, trailer=trailer) == [told]


def test_a_group_is_named_with_what_is_rejected_in_it():
    group = "UNG+IFTMIN+A:14+B+260301:0930+5+UN+D:96A'" + message("BGM+1", "GID+x") + "UNE+1+5'"

    assert body(group)[1:] == [
        "UCF+5+A:14+B+7",
        "UCM+2+IFTMIN:D:96A:UN+4",
        "UCS+3",
        "UCD+37+2",
    ]


@pytest.mark.parametrize("kind", ["CONTRL", "APERAK"])
def test_a_receipt_is_never_answered(kind):
    item = received(message("UCI+7+A+B+7", kind=f"{kind}:D:3:UN"))

    assert acknowledge(item, numbers=NUMBERS, sent_at=SENT_AT) == ()


def test_an_interchange_without_header_is_not_answered():
    item = read(GOOD.encode()).interchanges[0]

    assert acknowledge(item, numbers=NUMBERS, sent_at=SENT_AT) == ()


def test_the_partners_profile_decides_what_rejects():
    item = received(GOOD.replace("UNT+3", "UNT+4"))

    assert receipt_for(item, weigh=lambda _: Severity.WARNING).messages == ()
    assert receipt_for(item).messages[0].error == "29"


def test_what_we_answer_is_read_as_what_we_meant():
    item = received(GOOD, message("BGM+610+S-1+9", "GID+x", "MEA++G"))
    meant = receipt_for(item)

    (answer,) = acknowledge(item, numbers=NUMBERS, sent_at=SENT_AT)
    document = read(write(answer))

    understood, findings = parse(next(document.interchanges[0].sets))
    assert unplaced(understood) == meant
    assert (findings, document.all_findings) == ((), ())
    assert understood.messages[0].segments[0].at["position"].segment == 4


def test_every_error_of_the_envelopes_and_segments_has_a_code():
    of_x12 = {"header_cut", "amount_has_point", "charges_do_not_foot"}
    of_reading = {"no_interchange", "limit_reached", "standard_other"}
    errors = {code for code, (weight, _) in MEANINGS.items() if weight is Severity.ERROR}

    assert {str(code) for code in errors - set(ERRORS)} <= of_x12 | of_reading
    assert UNSPECIFIED not in ERRORS.values()
    assert ERRORS[FindingCode.ELEMENT_MISSING] == "13"

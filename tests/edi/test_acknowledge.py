"""Receipts: mirrored to the partner, exact about positions, and never given for receipts."""

from datetime import datetime

import pytest

from drawbar.edi import (
    Acknowledgement,
    FindingCode,
    Numbers,
    Severity,
    UnableToWrap,
    acknowledge,
    parse,
    read,
    weigh_by_table,
    write,
)

ISA = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*000000007*0*T*>"
)
GOOD = ("ST*214*0001", "B10*PRO1*S-1*NRTH", "LX*1", "AT7*X3*NS***20260301*0930*LT", "SE*5*0001")
SENT_AT = datetime(2026, 3, 1, 10, 0)  # noqa: DTZ001 - written as it is


def received(*body: str, gs: str = "QM", end: str = "~", ge: str = "GE*1*7"):
    group = f"GS*{gs}*NRTHAPP*SHIPAPP*20260301*0930*7*X*004010"
    lines = (ISA, group, *body, ge, "IEA*1*000000007")
    return read("".join(line + end for line in lines).encode("latin-1")).interchanges[0]


def answered(interchange, **options):
    numbers = Numbers(interchange=90, group=91, set=5)
    (answer,) = acknowledge(interchange, numbers=numbers, sent_at=SENT_AT, **options)
    return answer


def receipt(interchange, **options) -> Acknowledgement:
    typed, found = parse(next(answered(interchange, **options).sets))
    assert isinstance(typed, Acknowledgement)
    assert found == ()
    return typed


def test_a_receipt_goes_back_the_way_the_message_came():
    assert write(answered(received(*GOOD))) == (
        b"ISA*00*          *00*          *ZZ*SHIPPER        *02*NRTH           "
        b"*260301*1000*U*00401*000000090*0*T*>~"
        b"GS*FA*SHIPAPP*NRTHAPP*20260301*1000*91*X*004010~"
        b"ST*997*0005~AK1*QM*7~AK2*214*0001~AK5*A~AK9*A*1*1*1~SE*6*0005~"
        b"GE*1*91~IEA*1*000000090~"
    )


def test_a_receipt_is_written_in_the_partner_s_own_delimiters():
    assert b"AK9*A*1*1*1\n" in write(answered(received(*GOOD, end="\n")))


def test_an_error_is_named_by_segment_and_element():
    bad = received(GOOD[0], GOOD[1], GOOD[2], "AT7*X3*NS***20260230*0930*LT", GOOD[4])

    (item,) = receipt(bad).sets

    assert (item.verdict, item.errors) == ("R", ("5",))
    (segment,) = item.segments
    assert (segment.tag, segment.position, segment.code) == ("AT7", 4, "8")
    (element,) = segment.elements
    assert (element.element, element.number, element.code) == (5, "373", "8")
    assert element.bad_data == "20260230"


def test_a_missing_segment_is_named_where_it_should_be():
    (item,) = receipt(received(GOOD[0], *GOOD[2:4], "SE*4*0001")).sets

    assert [(each.tag, each.position, each.code) for each in item.segments] == [("B10", 2, "3")]


def test_a_warning_is_noted_and_the_set_accepted():
    odd = received(GOOD[0], GOOD[1], "ZZZ*1", *GOOD[2:4], "SE*6*0001")

    answer = receipt(odd)

    assert (answer.verdict, answer.sets[0].verdict) == ("E", "E")
    assert (answer.accepted, answer.sets[0].segments[0].code) == (1, "1")


def test_codes_that_only_our_tables_lack_are_not_held_against_the_partner():
    assert receipt(received(*GOOD[:3], "AT7*Z9*NS***20260301*0930*LT", GOOD[4])).verdict == "A"


def test_a_group_with_good_and_bad_sets_is_partly_accepted():
    bad = ("ST*214*0002", "B10*PRO1*S-1", "SE*3*0002")

    answer = receipt(received(*GOOD, *bad, ge="GE*2*7"))

    assert (answer.verdict, answer.included, answer.received, answer.accepted) == ("P", 2, 2, 1)


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ((*GOOD[:4], "SE*9*0001"), ("4",)),
        ((*GOOD[:4], "SE*5*0002"), ("3",)),
        (GOOD[:4], ("2",)),
        (("ST*864*0001", "BMG*00", "SE*3*0001"), ("1",)),
    ],
    ids=["count", "control number", "no trailer", "not a set of ours"],
)
def test_a_broken_set_is_rejected_with_its_reason(body, errors):
    (item,) = receipt(received(*body)).sets

    assert (item.verdict, item.errors) == ("R", errors)


@pytest.mark.parametrize(("ge", "errors"), [("GE*3*7", ("5",)), ("GE*1*8", ("4",)), ("", ("3",))])
def test_a_broken_group_is_rejected_with_its_reason(ge, errors):
    answer = receipt(received(*GOOD, ge=ge))

    assert (answer.verdict, answer.accepted, answer.errors) == ("R", 0, errors)


def test_the_partner_s_profile_decides_what_a_finding_weighs():
    forgiving = received(*GOOD[:4], "SE*9*0001")

    def weigh(finding):
        if finding.code is FindingCode.COUNT_WRONG:
            return Severity.WARNING
        return weigh_by_table(finding)

    assert receipt(forgiving, weigh=weigh).verdict == "E"


@pytest.mark.parametrize("code", ["997", "999"])
def test_a_receipt_is_never_given_for_a_receipt(code):
    incoming = received(f"ST*{code}*0001", "AK1*SM*7", "AK9*A*1*1*1", "SE*4*0001", gs="FA")

    assert acknowledge(incoming, numbers=Numbers(interchange=1, group=1), sent_at=SENT_AT) == ()


def test_a_receipt_in_a_group_of_another_name_is_still_a_receipt():
    incoming = received("ST*997*0001", "AK1*SM*7", "AK9*A*1*1*1", "SE*4*0001", gs="QM")

    assert acknowledge(incoming, numbers=Numbers(interchange=1, group=1), sent_at=SENT_AT) == ()


def test_our_receipt_is_never_answered_again():
    answer = answered(received(*GOOD))

    assert acknowledge(answer, numbers=Numbers(interchange=1, group=1), sent_at=SENT_AT) == ()


def test_bad_data_is_copied_in_plain_ascii_without_delimiters():
    bad = received(GOOD[0], "B10*PRO1*S-1*N\xd6RD>LAKE", *GOOD[2:])

    (element,) = receipt(bad).sets[0].segments[0].elements

    assert element.bad_data == "N?RD?LAKE"


def test_ids_that_fit_no_envelope_are_for_a_person():
    hostile = ISA.replace("SHIPPER        ", "SHIPPER WITH A LONG NAME")
    lines = (hostile, "GS*QM*A*B*20260301*0930*7*X*004010", *GOOD, "GE*1*7", "IEA*1*000000007")
    (incoming,) = read("~".join(lines).encode()).interchanges

    with pytest.raises(UnableToWrap, match="ISA06"):
        answered(incoming)

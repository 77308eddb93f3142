"""The TA1: a receipt for the envelope, mirrored, and never given for receipts."""

from datetime import date, datetime, time

import pytest

from drawbar.edi import (
    Numbers,
    acknowledge,
    acknowledge_interchange,
    interchange_receipt_for,
    interchange_receipts,
    read,
    write,
)

ISA = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*000000007*1*T*>"
)
BODY = (
    "GS*QM*NRTHAPP*SHIPAPP*20260301*0930*7*X*004010",
    "ST*214*0001",
    "B10*PRO1*S-1*NRTH",
    "SE*3*0001",
    "GE*1*7",
)
END = "IEA*1*000000007"
SENT_AT = datetime(2026, 3, 1, 10, 0)  # noqa: DTZ001 - written as it is
NUMBERS = Numbers(interchange=90, group=91)


def received(*lines: str):
    return read("".join(line + "~" for line in lines).encode()).interchanges[0]


def test_a_good_envelope_is_accepted_under_its_own_number_and_time():
    incoming = received(ISA, *BODY, END)
    (answer,) = acknowledge_interchange(incoming, numbers=NUMBERS, sent_at=SENT_AT)

    assert incoming.asks_receipt
    assert write(answer) == (
        b"ISA*00*          *00*          *ZZ*SHIPPER        *02*NRTH           "
        b"*260301*1000*U*00401*000000090*0*T*>~"
        b"TA1*000000007*260301*0930*A*000~IEA*0*000000090~"
    )


def test_a_partner_s_receipt_is_read_with_its_place():
    (receipt,) = interchange_receipts(received(ISA, "TA1*000000050*260228*1200*R*001", END))

    assert (receipt.control_number, receipt.verdict, receipt.note) == ("000000050", "R", "001")
    assert (receipt.on, receipt.clock) == (date(2026, 2, 28), time(12))
    assert receipt.at["note"].element == 5


@pytest.mark.parametrize(
    ("lines", "verdict", "note"),
    [
        ((ISA, *BODY, "IEA*1*000000008"), "R", "001"),
        ((ISA, *BODY, "IEA*2*000000007"), "R", "021"),
        ((ISA, *BODY), "R", "023"),
        ((ISA.replace("260301", "261301"), *BODY, END), "R", "014"),
        ((ISA.replace("0930", "2561"), *BODY, END), "R", "015"),
        ((ISA.replace("NRTH           ", "NRTH"), *BODY, END), "E", "006"),
        ((ISA, *BODY[:2], "B10", "SE*3*0001", "GE*1*7", END), "A", "000"),
    ],
    ids=[
        "other number in the trailer",
        "count of groups",
        "no trailer",
        "no such day",
        "no such time",
        "sender not of full width",
        "what is inside does not count",
    ],
)
def test_a_broken_envelope_is_named_by_its_note(lines, verdict, note):
    receipt = interchange_receipt_for(received(*lines))

    assert (receipt.verdict, receipt.note) == (verdict, note)


def test_a_number_that_came_before_with_other_content_is_rejected():
    receipt = interchange_receipt_for(received(ISA, *BODY, END), is_duplicate=True)

    assert (receipt.verdict, receipt.note) == ("R", "025")


@pytest.mark.parametrize(
    "lines",
    [
        (ISA, "TA1*000000050*260228*1200*A*000", "IEA*0*000000007"),
        (
            ISA,
            "GS*FA*A*B*20260301*0930*7*X*004010",
            "ST*997*0001",
            "AK1*SM*7",
            "AK9*A*1*1*1",
            "SE*4*0001",
            "GE*1*7",
            END,
        ),
    ],
    ids=["a TA1", "a 997"],
)
def test_an_envelope_of_receipts_is_never_answered(lines):
    incoming = received(*lines)

    assert acknowledge_interchange(incoming, numbers=NUMBERS, sent_at=SENT_AT) == ()
    assert acknowledge(incoming, numbers=NUMBERS, sent_at=SENT_AT) == ()


def test_our_own_receipt_is_never_answered_again():
    (answer,) = acknowledge_interchange(received(ISA, *BODY, END), numbers=NUMBERS, sent_at=SENT_AT)

    assert acknowledge_interchange(answer, numbers=NUMBERS, sent_at=SENT_AT) == ()

"""A carrier's yes or no to our instruction, and its receipts for what we sent."""

import pytest

from drawbar.edi import read
from drawbar.edi.edifact import SyntaxReceipt, parse
from drawbar.freight.delivery import AckReceived
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer

YES = """
BGM+770+4711+29
RFF+ACW:S-O-1-V1T1
RFF+CU:S-O-1
"""
CONTROL = "UCI+17+ACME+4012345000009:14:DISPO+7"
APPLICATION = """
BGM+313+A-1+29
RFF+ACW:17
"""


def test_an_acceptance_names_our_tender_and_the_carriers_number(hear):
    (fact,) = hear("IFTMCS", YES).facts

    assert (fact.answer, fact.carrier_ref, fact.pro) == (Answer.ACCEPTED, "NORD", "4711")
    assert fact.references[0] == Reference(ReferenceKind.TENDER, "S-O-1-V1T1")
    assert fact.lineage.place.startswith("interchange 1 / set 1 / segment 2 / element 3 / byte ")


def test_a_booking_is_answered_alike(hear):
    assert hear("IFTMBC", YES).facts[0].answer is Answer.ACCEPTED


@pytest.mark.parametrize("words", ["27", "+RE", "9+RE"])
def test_a_decline_has_its_reason(hear, words):
    body = YES.replace("+29", f"+{words}").replace("RFF+ACW", "FTX+AAI++CAP\nRFF+ACW")

    (fact,) = hear("IFTMCS", body, by={"declines": {"CAP": "no truck"}}).facts

    assert (fact.answer, fact.reason) == (Answer.DECLINED, "no truck")


def test_a_word_that_is_neither_yes_nor_no_is_a_problem_by_its_name(hear):
    reading = hear("IFTMCS", YES.replace("+29", "+4"))

    assert reading.facts == ()
    assert [(one.cause, one.table) for one in reading.problems] == [
        ("edifact:NORD:IFTMCS:4", "answers")
    ]


def test_an_answer_without_any_name_of_ours_is_a_problem(hear):
    reading = hear("IFTMCS", "BGM+770++29")

    assert [one.cause for one in reading.problems] == ["edifact:NORD:IFTMCS:id"]


def test_a_control_message_tells_that_our_interchange_was_read(hear):
    reading = hear("CONTRL", CONTROL)

    (fact,) = reading.facts
    assert (fact.control, fact.group_type, fact.accepted, fact.text) == ("17", "UNB", True, "")
    assert reading.replies == ()


def test_a_control_message_names_what_was_wrong(hear):
    told = f"{CONTROL}\nUCM+1+IFTMIN:D:96A:UN+4\nUCS+3+13\nUCD+12+2:2"

    (fact,) = hear("CONTRL", told).facts

    assert not fact.accepted
    assert fact.text == "segment 3 13 2:2:12"


def test_a_rejected_interchange_is_rejected_with_its_reason(hear):
    (fact,) = hear("CONTRL", "UCI+17+ACME+4012345000009:14:DISPO+4+29+UNZ+2").facts

    assert (fact.accepted, fact.text) == (False, "interchange code 29")


@pytest.mark.parametrize(
    ("body", "control", "accepted"),
    [
        (APPLICATION, "17", True),
        (APPLICATION.replace(":17", ":S-O-1-V1T1"), "S-O-1-V1T1", True),
        (APPLICATION.replace("+29", "+27"), "17", False),
        (APPLICATION + "ERC+5\nFTX+AAO+++no such depot", "17", False),
    ],
    ids=["by number", "by our tender", "not accepted", "with errors"],
)
def test_an_application_says_what_it_made_of_our_message(hear, body, control, accepted):
    reading = hear("APERAK", body)

    (fact,) = reading.facts
    assert (type(fact), fact.control, fact.accepted) == (AckReceived, control, accepted)
    assert reading.replies == ()


def test_an_application_that_names_nothing_is_a_problem(hear):
    reading = hear("APERAK", "BGM+313+A-1+29")

    assert [one.cause for one in reading.problems] == ["edifact:NORD:APERAK:reference"]


def test_we_owe_a_receipt_that_mirrors_the_ids(hear):
    (owed,) = hear("IFTMCS", YES).replies

    (interchange,) = read(owed.payload.answer).interchanges
    receipt, _ = parse(next(interchange.sets))
    assert interchange.identity.receiver == "4012345000009/DISPO"
    assert isinstance(receipt, SyntaxReceipt)
    assert (receipt.control_reference, receipt.action, owed.payload.group) == ("41", "7", "41")


def test_what_we_reject_is_never_applied(hear):
    reading = hear("IFTMCS", YES.replace("BGM+770+4711+29", "BGM+770+4711+12345"))

    (owed,) = reading.replies
    (interchange,) = read(owed.payload.answer).interchanges
    assert reading.facts == ()
    assert [one.cause for one in reading.problems] == [
        "edifact:NORD:IFTMCS:finding:element_too_long"
    ]
    assert parse(next(interchange.sets))[0].messages[0].segments[0].elements[0].element == 4


@pytest.mark.parametrize(
    ("changes", "part"),
    [({"sender": "OTHER"}, "sender"), ({"receiver": "OTHER"}, "receiver"), ({"test": "1"}, "test")],
)
def test_a_file_that_is_not_for_us_counts_nothing(hear, changes, part):
    reading = hear("IFTMCS", YES, **changes)

    assert (reading.facts, reading.replies) == ((), ())
    assert [one.cause for one in reading.problems] == [f"edifact:NORD:UNB:{part}"]


def test_x12_from_this_partner_is_refused_by_name(hear_bytes):
    isa = "ISA*00*          *00*          *02*ABCD           *ZZ*ACME           *260301*0930*U"
    x12 = f"{isa}*00401*000000007*0*P*>~GS*QM*A*B*20260301*0930*7*X*004010~GE*0*7~IEA*1*000000007~"

    reading = hear_bytes(x12.encode())

    assert [one.cause for one in reading.problems] == ["edifact:NORD:UNB:standard"]


def test_a_message_that_no_carrier_sends_us_is_a_problem(hear):
    reading = hear("IFTMIN", "BGM+340+1+9")

    assert [one.cause for one in reading.problems] == ["edifact:NORD:IFTMIN:set"]

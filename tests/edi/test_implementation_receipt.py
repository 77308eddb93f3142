"""The 999: what a 997 says, for partners who follow an implementation convention."""

from datetime import datetime

import pytest

from drawbar.edi import Acknowledgement, Numbers, acknowledge, parse, read, write

ISA = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*^*00501*000000007*0*T*>"
)
GOOD = ("ST*214*0001", "B10*PRO1*S-1*NRTH", "LX*1", "AT7*X3*NS***20260301*0930*LT", "SE*5*0001")
BAD = ("ST*214*0002", "B10*PRO1*S-1*N\xd6RD>", "SE*3*0002")
ODD = ("ST*214*0003", "B10*PRO1*S-1*NRTH", "ZZZ*1", "SE*4*0003")
NUMBERS = Numbers(interchange=90, group=91, set=5)
SENT_AT = datetime(2026, 3, 1, 10, 0)  # noqa: DTZ001 - written as it is


def received(*body: str, version: str = "005010"):
    count = sum(line.startswith("ST*") for line in body)
    group = f"GS*QM*NRTHAPP*SHIPAPP*20260301*0930*7*X*{version}"
    lines = (ISA, group, *body, f"GE*{count}*7", "IEA*1*000000007")
    return read("".join(line + "~" for line in lines).encode("latin-1")).interchanges[0]


def answered(interchange, **options):
    (answer,) = acknowledge(interchange, numbers=NUMBERS, sent_at=SENT_AT, **options)
    return answer


def test_a_999_names_sets_versions_and_places():
    answer = answered(received(*GOOD, *BAD), receipt="999")

    assert (
        b"ST*999*0005~AK1*QM*7*005010~AK2*214*0001~IK5*A~AK2*214*0002~"
        b"IK3*B10*2**8~IK4*3*140*5*N?RD?~IK5*R*5~AK9*P*2*2*1~SE*10*0005~"
    ) in write(answer)


def test_what_it_says_can_be_read_again():
    receipt, found = parse(next(answered(received(*GOOD, *BAD, *ODD), receipt="999").sets))

    assert isinstance(receipt, Acknowledgement)
    assert found == ()
    assert [each.verdict for each in receipt.sets] == ["A", "R", "E"]
    assert (receipt.verdict, receipt.accepted) == ("P", 2)


@pytest.mark.parametrize(
    ("version", "code", "follows"),
    [
        ("004010", "997", "004010"),
        ("005010", "997", "005010"),
        ("005010X222A1", "999", "005010X231A1"),
        ("004010VICS", "997", "004010VICS"),
    ],
)
def test_a_convention_is_answered_by_a_999_and_all_else_by_a_997(version, code, follows):
    answer = answered(received(*GOOD, version=version))

    (item,) = answer.sets
    assert (item.code, answer.groups[0].version) == (code, follows)


def test_a_partner_s_999_says_what_an_error_is_about():
    lines = (
        "ST*999*0001*005010X231",
        "AK1*HC*17456*005010X222",
        "AK2*837*0001*005010X222",
        "IK3*CLM*22**8",
        "CTX*CLM01>123456789",
        "IK4*2>1*782*1",
        "CTX*SITUATIONAL TRIGGER*CLM*43**5>3*1325",
        "IK5*R*5",
        "AK9*R*1*1*0",
        "SE*10*0001",
    )
    receipt, _ = parse(next(received(*lines, version="005010X231").sets))

    (error,) = receipt.sets[0].segments
    (element,) = error.elements
    assert error.contexts[0].name == "CLM01>123456789"
    assert (element.element, element.component) == (2, 1)
    assert (element.contexts[0].tag, element.contexts[0].position) == ("CLM", 43)
    assert element.at["code"].segment == 6

"""A carrier that writes X12 in its own way is understood, and its way is noted once."""

from decimal import Decimal

import pytest

from tests.cli.audit.folder import AGREED, BILLS, audited, bill

BILL = """
ST*210*0001
B3**{number}*{load}*PP**20260314*223125****ABCD
C3*USD
{names}
LX*1
L1*1***165000****400{text}
LX*2
L1*2***41250****FUE
LX*3
L1*3***16875****DTL
L3*****223125
SE*12*0001
"""
OWED = {"S-1001": Decimal("2231.25")}


def interchange(body: str, *, code: str = "IM", control: int = 41) -> bytes:
    inner = "".join(f"{line}~" for line in body.split("\n") if line)
    return (
        f"ISA*00*          *00*          *02*ABCD           *ZZ*ACME           "
        f"*260310*0930*U*00401*{control:09d}*0*P*>~"
        f"GS*{code}*ABCD*ACME*20260310*0930*{control}*X*004010~"
        f"{inner}GE*1*{control}~IEA*1*{control:09d}~"
    ).encode()


def billed(
    *names: str, number: str = "1", load: str = "T-1", text: str = "", control: int = 41
) -> bytes:
    body = BILL.format(number=number, load=load, names="\n".join(names), text=text)
    count = 11 + len(names)
    return interchange(body.replace("SE*12", f"SE*{count}"), control=control)


def noted(said, word: str) -> list[str]:
    return [one["text"] for one in said.notes if word in one["text"]]


def test_references_written_the_other_way_round_are_understood_and_noted_once(tmp_path):
    files = {
        "a.210": billed("N9*B-77*BM"),
        "b.210": billed("N9*BOL-1234567*BM", number="2", control=42),
    }

    said = audited(tmp_path, files)

    assert said.unread == []
    assert said.total("payable") == OWED["S-1001"]
    assert len(said.bills) == 2
    assert len(noted(said, "the other way round")) == 1


def test_references_written_as_they_should_be_are_not_turned(tmp_path):
    said = audited(tmp_path, {"a.210": billed("N9*BM*B-77", "N9*PO*CN")})

    assert (said.unread, said.of("payable")) == ([], OWED)
    assert noted(said, "the other way round") == []


def test_a_reference_that_fits_neither_way_is_still_named(tmp_path):
    said = audited(tmp_path, {"a.210": billed("N9*BM*B-77", "N9*PO-50322*PO-50322")})

    assert said.bills == []
    assert {one["field"] for one in said.unread} == {"N901"}


def test_events_under_reversed_references_find_their_shipment(tmp_path):
    status = (
        "ST*214*0001\nB10*123456789**ABCD\nL11*SI*S-1001\nLX*1\n"
        "AT7*X1*NS***20260311*1407*LT\nL11*QN*2\nSE*7*0001"
    )

    said = audited(
        tmp_path,
        {"s.214": interchange(status, code="QM"), "bills.csv": BILLS + bill(*AGREED)},
    )

    assert said.unread == []
    assert len(noted(said, "the other way round")) == 1


@pytest.mark.parametrize("qualifier", ["08", "ZJ"], ids=["one of X12", "one of their own"])
def test_a_qualifier_is_noted_once_until_codes_yaml_explains_it(tmp_path, qualifier):
    files = {
        "a.210": billed(f"N9*{qualifier}*B-77"),
        "b.210": billed(f"N9*{qualifier}*B-77", number="2", control=42),
    }

    before = audited(tmp_path / "before", files)
    after = audited(
        tmp_path / "after", files | {"codes.yaml": f'references: {{"{qualifier}": bol}}'}
    )

    assert len(noted(before, "no meaning")) == 1
    assert before.total("payable") == 0
    assert noted(after, "no meaning") == []
    assert after.total("payable") == OWED["S-1001"]


def test_a_qualifier_of_codes_yaml_must_name_a_reference(tmp_path):
    said = audited(tmp_path, {"codes.yaml": 'references: {"08": parcel}'})

    assert said.code == 4
    assert "parcel" in said.errors


def test_a_description_that_is_too_long_keeps_no_bill_from_being_judged(tmp_path):
    text = "****LINEHAUL AS AGREED UPON WITH YOUR DISPATCHER"

    said = audited(tmp_path, {"a.210": billed("N9*BM*B-77", text=text)})

    assert (said.unread, said.of("payable")) == ([], OWED)


def test_whom_to_pay_is_read_from_a_210(tmp_path):
    partner = "carrier_ref: ABCD\nname: Able Bodied\nsystem: abcd\nremittance: {names: [Able]}\n"
    files = {
        "drawbar.toml": 'name = "Acme"\nzone = "America/Chicago"\ncurrency = "USD"\n',
        "partners/ABCD.yaml": partner,
    }
    theirs = billed("N9*BM*B-77", "N1*RE*Able Bodied")
    strange = billed("N9*BM*B-77", "N1*RE*Evergreen Receivables")

    paid = audited(tmp_path / "theirs", files | {"a.210": theirs})
    held = audited(tmp_path / "strange", files | {"a.210": strange})

    assert paid.of("payable") == OWED
    assert held.total("payable") == held.total("not_owed") == 0
    assert held.total("undecided") == OWED["S-1001"]

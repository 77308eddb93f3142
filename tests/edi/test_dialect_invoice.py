"""Freight invoices as different carriers write them: what each says is kept, and it adds up."""

from datetime import date, time
from decimal import Decimal

import pytest

from drawbar.edi import FindingCode, FreightInvoice, Severity, build, parse, unplaced
from drawbar.edi.document import TransactionSet
from drawbar.edi.segment import Segment


def invoice(*body: str, net: str = "110000", start: str = "") -> tuple[FreightInvoice, list]:
    start = start or f"B3**INV-1*S-1*PP**20260301*{net}**20260305*035*NRTH"
    typed, found = taken(start, "C3*USD", *body)
    again, _ = parse(whole((Segment("ST", ("210", "0001")), *build(typed).segments)))
    assert unplaced(again) == unplaced(typed)
    return typed, found


def taken(*lines: str):
    segments = tuple(
        Segment(tag, tuple(elements), position=position, index=position)
        for position, line in enumerate(("ST*210*0001", *lines, "SE*9*0001"), start=1)
        for tag, *elements in [line.split("*")]
    )
    typed, found = parse(whole(segments))
    assert isinstance(typed, FreightInvoice)
    return typed, [(each.code, each.tag) for each in found if each.severity is not Severity.NOTE]


def whole(segments: tuple[Segment, ...]) -> TransactionSet:
    return TransactionSet(code="210", control_number="", version="004010", segments=segments)


@pytest.mark.parametrize("code", ["BD", "CO", "CR", ""], ids=["due", "corrected", "credit", "new"])
def test_a_correction_says_what_it_corrects(code):
    typed, found = invoice(
        "LX*1",
        "L1*1***110000****400",
        start=f"B3**INV-1*S-1*PP**20260301*110000*{code}*20260305*035*NRTH*20260302*TL*FOB",
    )

    assert (typed.correction, typed.service, typed.transport_terms) == (code, "TL", "FOB")
    assert found == []


def test_a_credit_is_negative_and_foots():
    typed, found = invoice("LX*1", "L1*1***-50000****400", "L3*****-50000", net="-50000")

    assert (typed.net_amount.value, typed.charged) == (Decimal("-500.00"), Decimal("-500.00"))
    assert found == []


def test_several_charges_may_share_a_line_and_one_may_be_taken_off():
    typed, found = invoice(
        "LX*1",
        "L5*1*PAPER*151*N",
        "L0*1*500*DM*42000*G*1500*E*20*PLT**L",
        "L1*1*2*PM*125000****400*****LINE HAUL",
        "L1*1*20*PH*10000****FUE",
        "L1*1***-25000****DSC****ALLOWANCE",
        "L7*1*NRTH 500****92.5*100",
        "L3*42000*G***110000****1500*E*20*L",
    )

    assert [charge.amount.value for charge in typed.charges] == [
        Decimal("1250.00"),
        Decimal("100.00"),
        Decimal("-250.00"),
    ]
    assert (typed.total.volume.value, typed.total.pieces) == (Decimal(1500), 20)
    assert found == []


def test_charges_without_any_line_are_read_and_foot():
    typed, found = invoice(
        "N1*BT*SHIPPER", "L1**2*PM*100000****400", "L1****10000****FUE", "L3*****110000"
    )

    (line,) = typed.lines
    assert (line.number, typed.charged) == (None, Decimal("1100.00"))
    assert found == [(FindingCode.LOOP_START_MISSING, "L1")]


def test_references_inside_a_line_do_not_lose_its_charges():
    typed, found = invoice(
        "LX*1", "L11*BOL1*BM", "N9*PO*4500", "L5*1*PAPER", "L1*1***110000****400"
    )

    assert [each.value for each in typed.lines[0].references] == ["BOL1", "4500"]
    assert typed.charged == Decimal("1100.00")
    assert (FindingCode.CHARGES_DO_NOT_FOOT, "B3") not in found


def test_what_was_paid_before_is_told_and_not_owed():
    typed, found = invoice("LX*1", "L1*1***110000*20000*30000**400***P")

    (charge,) = typed.charges
    assert (charge.advance.value, charge.prepaid.value) == (Decimal("200.00"), Decimal("300.00"))
    assert (charge.method, typed.charged) == ("P", Decimal("1100.00"))
    assert found == []


def test_the_currency_has_its_rate_where_the_carrier_gives_one():
    typed, found = taken(
        "B3**INV-1*S-1*PP**20260301*100****NRTH", "C3*CAD*1.3725", "LX*1", "L1*1***100****400"
    )

    assert (typed.currency, typed.exchange_rate.value) == ("CAD", Decimal("1.3725"))
    assert found == []


def test_terms_say_when_it_is_due_and_what_is_saved():
    typed, found = invoice(
        "ITD*01*3*2*20260311*10*20260331*30*2200****NET 30", "LX*1", "L1*1***110000****400"
    )

    terms = typed.terms
    assert (terms.discount_days, terms.net_days, terms.text) == (10, 30, "NET 30")
    assert (terms.net_due, terms.discount.value) == (date(2026, 3, 31), Decimal("22.00"))
    assert found == []


def test_who_signed_is_kept():
    typed, found = invoice("LX*1", "POD*20260305*1430*J DOE", "L1*1***110000****400")

    signed = typed.lines[0].delivery
    assert (signed.on, signed.clock, signed.signer) == (date(2026, 3, 5), time(14, 30), "J DOE")
    assert found == []


def test_trailer_route_and_stops_are_kept():
    typed, found = invoice(
        "G62*86*20260302*8*0915*PT",
        "R3*NRTH*B**M",
        "H3*LG*LIFT GATE",
        "N7**53001*********TL",
        "M7*SEAL1",
        "S5*1*LD*42000*L",
        "G62*86*20260302",
        "N1*SF*PLANT",
        "N4*RENO*NV",
        "LX*1",
        "L1*1***110000****400",
    )

    assert (typed.routing[0].method, typed.handling[0].text) == ("M", "LIFT GATE")
    assert (typed.equipment[0].number, typed.equipment[0].seals) == ("53001", ("SEAL1",))
    assert typed.stops[0].parties[0].city == "RENO"
    assert typed.moments[0].zone == "PT"
    assert found == []


@pytest.mark.parametrize(
    ("net", "total", "found"),
    [
        ("110000", "110000", []),
        ("1100", "110000", ["B3", "L3"]),
        ("110000", "1100", ["L3"]),
        ("", "110000", []),
    ],
    ids=["cents", "dollars in the start", "dollars in the total", "no net amount"],
)
def test_the_net_amount_stands_in_one_place_and_is_compared_with_the_others(net, total, found):
    typed, named = invoice("LX*1", "L1*1***110000****400", f"L3*****{total}", net=net)

    wrong = [tag for code, tag in named if code is FindingCode.CHARGES_DO_NOT_FOOT]
    assert (typed.net_amount.raw, wrong) == (net, found)

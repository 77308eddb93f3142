"""Shipment statuses and answers as different carriers write them: what each says is kept."""

from datetime import date, time
from decimal import Decimal

import pytest

from drawbar.edi import (
    FindingCode,
    Severity,
    ShipmentStatus,
    TenderAnswer,
    build,
    parse,
    read,
    unplaced,
)
from drawbar.edi.document import TransactionSet
from drawbar.edi.segment import Segment

HEAD = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*000000007*0*P*:~GS*QM*NRTH*SHIPPER*20260301*0930*7*X*{version}~"
)
B10 = "B10*PRO1*S-1*NRTH"


def received(code: str, *body: str, version: str = "004010"):
    lines = (f"ST*{code}*0001", *body, f"SE*{len(body) + 2}*0001", "GE*1*7", "IEA*1*000000007")
    text = HEAD.format(version=version) + "".join(f"{line}~" for line in lines)
    return next(read(text.encode()).interchanges[0].sets)


def said(code: str, *body: str, version: str = "004010"):
    item = received(code, *body, version=version)
    typed, found = parse(item)
    segments = (Segment("ST", (code, "0001")), *build(typed).segments)
    built = TransactionSet(code=code, control_number="", version=version, segments=segments)
    assert unplaced(parse(built)[0]) == unplaced(typed)
    return typed, [(each.code, each.tag) for each in found if each.severity is not Severity.NOTE]


def status(*body: str, version: str = "004010"):
    typed, found = said("214", *body, version=version)
    assert isinstance(typed, ShipmentStatus)
    return typed, found


def answer(*body: str):
    typed, found = said("990", *body)
    assert isinstance(typed, TenderAnswer)
    return typed, found


@pytest.mark.parametrize("code", ["X3", "AF", "X1", "D1", "X6", "AG", "AM", "SD", "CD", "J1", "OA"])
def test_every_usual_status_is_known(code):
    typed, found = status(B10, "LX*1", f"AT7*{code}*NS***20260301*0930*ET")

    assert (typed.lines[0].events[0].status, found) == (code, [])


@pytest.mark.parametrize("code", ["AA", "AB"])
def test_an_appointment_is_no_event(code):
    typed, found = status(B10, "LX*1", f"AT7***{code}*NA*20260302*1400*LT")

    (event,) = typed.lines[0].events
    assert (event.status, event.appointment, event.moment.on) == ("", code, date(2026, 3, 2))
    assert found == []


def test_a_code_that_we_do_not_know_is_kept_and_named():
    typed, found = status(B10, "LX*1", "AT7*QQ*NS***20260301*0930*ET")

    assert typed.lines[0].events[0].status == "QQ"
    assert found == [(FindingCode.CODE_UNKNOWN, "AT7")]


def test_a_place_may_be_a_city_or_a_position():
    typed, found = status(
        B10,
        "LX*1",
        "AT7*X6*NS***20260301*0930*UT",
        "MS1*RENO*NV*US*****89501",
        "LX*2",
        "AT7*X6*NS***20260301*1030*UT",
        "MS1****1194823*0393137*W*N",
    )

    city, position = (line.events[0].place for line in typed.lines)
    assert (city.city, city.state, city.postal_code) == ("RENO", "NV", "89501")
    assert (position.longitude, position.longitude_direction) == ("1194823", "W")
    assert (position.latitude, position.latitude_direction) == ("0393137", "N")
    assert found == []


def test_lines_without_their_numbers_are_read():
    typed, found = status(
        B10,
        "L11*4500*PO",
        "N1*SH*PLANT",
        "AT7*X3*NS***20260301*0930*LT",
        "MS1*RENO*NV",
        "AT7*AF*NS***20260301*1130*LT",
        "L11*2*QN",
    )

    (line,) = typed.lines
    assert (line.number, [event.status for event in line.events]) == (None, ["X3", "AF"])
    assert line.events[0].place.city == "RENO"
    assert [each.value for each in line.references] == ["2"]
    assert [each.value for each in typed.references] == ["4500"]
    assert found == [(FindingCode.LOOP_START_MISSING, "AT7")]


def test_each_stop_may_have_its_line():
    typed, _ = status(
        B10,
        *("LX*1", "AT7*X3*NS***20260301*0800*PT", "L11*1*QN"),
        *("LX*2", "AT7*AF*NS***20260301*0930*PT", "L11*1*QN"),
        *("LX*3", "AT7*X1*NS***20260303*0700*CT", "L11*2*QN"),
    )

    assert [
        (line.number, line.events[0].status, line.references[0].value) for line in typed.lines
    ] == [
        (1, "X3", "1"),
        (2, "AF", "1"),
        (3, "X1", "2"),
    ]


def test_a_newer_release_puts_references_before_events():
    body = (B10, "LX*1", "L11*1*QN", "AT8*G*L*42000*20", "AT7*X3*NS***20260301*0800*PT", "MS1*RENO")

    newer, found = status(*body, version="005010")
    older, named = status(*body)

    assert unplaced(newer) == unplaced(older)
    assert found == []
    assert named == [(FindingCode.SEGMENT_OUT_OF_ORDER, "AT7")]


def test_a_third_number_of_the_shipment_is_a_reference():
    typed, found = status("B10**S-1*NRTH**BM*BOL-7", "LX*1", "AT7*X3*NS***20260301*0800*PT")

    assert [(each.qualifier, each.value) for each in typed.references] == [("BM", "BOL-7")]
    assert found == []


def test_what_a_line_is_about_is_kept():
    typed, found = status(
        B10,
        "MS3*NRTH*O**M",
        "LX*1",
        "AT7*D1*NS***20260303*0930*CT",
        "MS2*NRTH*53001*TL",
        "M7*SEAL9",
        "MAN*CP*1Z999",
        "Q7*S*CTN*3",
        "K1*SIGNED BY J DOE*3 SHORT",
        "AT5*HM",
        "AT8*G*L*42000*20*480",
        "PRF*PO-1",
        "L11*D-77*DP",
    )

    (line,) = typed.lines
    assert typed.routing[0].method == "M"
    assert line.events[0].equipment.seals == ("SEAL9",)
    assert (line.marks[0].value, line.exceptions[0].pieces) == ("1Z999", 3)
    assert [note.text for note in line.notes] == ["SIGNED BY J DOE", "3 SHORT"]
    assert (line.handling[0].code, line.weights[0].loose_pieces) == ("HM", 480)
    assert (line.orders[0].order, line.orders[0].references[0].value) == ("PO-1", "D-77")
    assert found == []


@pytest.mark.parametrize(
    ("stated", "clock"),
    [
        ("0930", time(9, 30)),
        ("093015", time(9, 30, 15)),
        ("09301525", time(9, 30, 15, 250_000)),
        ("2400", None),
        ("930", None),
    ],
)
def test_a_time_has_four_to_eight_digits(stated, clock):
    typed, found = status(B10, "LX*1", f"AT7*X3*NS***20260301*{stated}*LT")

    assert typed.lines[0].events[0].moment.clock == clock
    assert (FindingCode.TIME_BAD in dict(found)) is (clock is None)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (("B1*NRTH*S-1*20260301*D", "V9*EQU"), "EQU"),
        (("B1*NRTH*S-1*20260301*D**T02",), "T02"),
        (("B1*NRTH*S-1*20260301*D", "N9*CN*PRO1", "V9*DEC*NO TRUCK*20260301*0930****T2"), "DEC"),
        (("B1*NRTH*S-1*20260301*D", "K1*NO CAPACITY"), ""),
    ],
    ids=["event", "start", "event with text", "text alone"],
)
def test_a_decline_gives_its_reason_where_the_carrier_does(body, reason):
    typed, found = answer(*body)

    assert (typed.action, typed.decline_reason) == ("D", reason)
    assert found == []


def test_a_decline_may_say_more_than_a_code():
    typed, _ = answer("B1*NRTH*S-1*20260301*D", "V9*DEC*NO TRUCK*20260301*0930*RENO*NV*US*T2")

    (event,) = typed.events
    assert (event.text, event.reason, event.clock) == ("NO TRUCK", "T2", time(9, 30))


def test_an_acceptance_may_name_truck_price_and_stops():
    typed, found = answer(
        "B1*NRTH*S-1*20260301*A",
        "N9*CN*PRO1",
        "G62*64*20260301*1*1500*CT",
        "N7**53001*********TL",
        "L9*400*1250.00",
        "K1*DRIVER ANN",
        "S5*1*LD",
        "G62*69*20260302*U*0900*PT",
        "S5*2*UL",
        "N9*AO*APPT7",
    )

    assert (typed.equipment[0].number, typed.charges[0].amount.value) == ("53001", Decimal(1250))
    assert [stop.number for stop in typed.stops] == [1, 2]
    assert typed.stops[0].moments[0].clock == time(9, 0)
    assert typed.stops[1].references[0].value == "APPT7"
    assert [note.text for note in typed.notes] == ["DRIVER ANN"]
    assert found == []


@pytest.mark.parametrize("tag", ["L11*PRO1*CN", "N9*CN*PRO1"])
def test_an_answer_may_give_references_either_way(tag):
    typed, found = answer("B1*NRTH*S-1*20260301*A", tag)

    assert [(each.qualifier, each.value) for each in typed.references] == [("CN", "PRO1")]
    assert found == []

"""What a 204, 990 and 214 say, and the way back."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from drawbar.edi import (
    Amount,
    Envelope,
    FindingCode,
    LoadTender,
    Moment,
    Party,
    Place,
    Reference,
    ShipmentStatus,
    Stop,
    TenderAnswer,
    Unparsed,
    build,
    parse,
    read,
    unplaced,
    wrap,
    write,
)
from drawbar.edi.load_tender import Hazard, Lading, OrderLine, TenderTotal
from drawbar.edi.shipment_status import StatusEvent, StatusLine, StatusPlace

HEAD = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*000000007*0*P*:~GS*XX*NRTH*SHIPPER*20260301*0930*7*X*004010~"
)
ENVELOPE = Envelope(
    sender_qualifier="ZZ",
    sender="SHIPPER",
    receiver_qualifier="02",
    receiver="NRTH",
    control_number=1,
    group_number=1,
    sent_at=datetime(2026, 3, 1),  # noqa: DTZ001 - written as it is
)


def parsed(code: str, *body: str, **options):
    lines = (f"ST*{code}*0001", *body, f"SE*{len(body) + 2}*0001", "GE*1*7", "IEA*1*000000007")
    document = read((HEAD + "".join(f"{line}~" for line in lines)).encode())
    return parse(next(document.interchanges[0].sets), **options)


def sent_and_read(typed):
    document = read(write(wrap([build(typed)], ENVELOPE)))
    return parse(next(document.interchanges[0].sets))


TENDER = (
    "B2**NRTH**S-1**PP",
    "B2A*04*LT",
    "L11*4500*PO*PURCHASE ORDER",
    "G62*64*20260301*1*1600*CT",
    "NTE**CALL AHEAD",
    "N1*BT*SHIPPER INC*93*44",
    "N7**53001*********TL",
    "S5*1*LD*42000*L*20*PL",
    "G62*37*20260302*I*0800*LT",
    "G62*38*20260302*K*1200*LT",
    "N1*SF*PLANT ONE*93*P1",
    "N3*1 MILL RD*DOCK 4",
    "N4*RENO*NV*89501*US",
    "G61*SH*ANN*TE*7755550100",
    "S5*2*UL*42000*L*20*PL",
    "L11*BM-9*BM",
    "N1*ST*STORE TWO*93*S2",
    "OID*O-1*4500**PL*20*L*42000",
    "L5**PAPER*151*N*PLT",
    "AT8*G*L*42000*20",
    "L3*42000*G***125000",
)


def test_a_tender_says_what_is_asked_of_whom():
    tender, found = parsed("204", *TENDER)

    assert isinstance(tender, LoadTender)
    assert found == ()
    assert (tender.shipment_id, tender.scac, tender.purpose) == ("S-1", "NRTH", "04")
    assert tender.respond_by == Moment(
        qualifier="64",
        on=date(2026, 3, 1),
        time_qualifier="1",
        clock=time(16, 0),
        zone="CT",
        at=tender.respond_by.at,
    )
    assert tender.total.charge == Amount(Decimal("1250.00"), "125000")


def test_stops_keep_their_order_parties_and_windows():
    tender, _ = parsed("204", *TENDER)
    first, second = tender.stops

    assert [(stop.number, stop.reason) for stop in tender.stops] == [(1, "LD"), (2, "UL")]
    assert [moment.qualifier for moment in first.moments] == ["37", "38"]
    assert first.parties[0].address == ("1 MILL RD", "DOCK 4")
    assert first.parties[0].contacts[0].number == "7755550100"
    assert second.orders[0].ladings[0].weights[0].pieces == 20


def test_each_value_knows_where_it_stood():
    tender, _ = parsed("204", *TENDER)

    assert tender.at["shipment_id"] == Place(segment=2, element=4, offset=tender.at["scac"].offset)
    assert tender.stops[0].at["weight"].segment == 9
    assert tender.references[0].at["value"].element == 1


def test_a_tender_goes_out_and_comes_back_the_same():
    tender = LoadTender(
        shipment_id="S-1",
        scac="NRTH",
        purpose="00",
        payer="PP",
        references=(Reference(qualifier="PO", value="4500"),),
        parties=(Party(role="BT", name="SHIPPER INC", id_qualifier="93", id="44"),),
        stops=(
            Stop(
                number=1,
                reason="LD",
                weight=Amount(Decimal("42000.5"), "42000.5"),
                weight_unit="L",
                moments=(Moment(qualifier="37", on=date(2026, 3, 2)),),
                ladings=(Lading(text="LOOSE"),),
                orders=(
                    OrderLine(
                        order="4500",
                        ladings=(
                            Lading(
                                text="BATTERIES",
                                contacts=(),
                                hazards=(),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        total=TenderTotal(charge=Amount(Decimal("1250.00"), "125000")),
    )

    again, found = sent_and_read(tender)

    assert unplaced(again) == tender
    assert found == ()


def test_dangerous_goods_stay_dangerous():
    hazard = Hazard(unit="PK", pieces=4, id="UN3166", hazard_class="9", shipping_names=("VEHICLE",))
    contact = parsed("204", *TENDER)[0].stops[0].parties[0].contacts[0]
    lading = Lading(text="CARS", contacts=(contact,), hazards=(hazard,))
    stop = Stop(number=1, reason="LD", ladings=(lading,))
    tender = LoadTender(shipment_id="S-1", scac="NRTH", purpose="00", payer="PP", stops=(stop,))

    again, found = sent_and_read(tender)

    assert unplaced(again).stops[0].ladings[0].hazards == (hazard,)
    assert found == ()


def test_a_reversed_reference_is_named_and_not_turned_around():
    tender, found = parsed("204", *TENDER[:2], "L11*PO*4500-2", *TENDER[3:])

    assert FindingCode.REFERENCE_REVERSED in {finding.code for finding in found}
    assert (tender.references[0].qualifier, tender.references[0].value) == ("4500-2", "PO")


def test_a_value_that_happens_to_be_a_qualifier_is_not_called_reversed():
    _, found = parsed("204", *TENDER[:2], "L11*PO*CN", *TENDER[3:])

    assert found == ()


def test_what_follows_the_total_belongs_to_the_tender_and_no_stop():
    tender, found = parsed("204", *TENDER, "NTE**LATE NOTE")

    assert [note.text for note in tender.notes] == ["CALL AHEAD", "LATE NOTE"]
    assert [finding.code for finding in found] == [FindingCode.SEGMENT_OUT_OF_ORDER]


def test_a_partner_who_reverses_references_is_read_the_other_way_round():
    tender, found = parsed("204", *TENDER[:2], "L11*PO*4500-2", references_reversed=True)

    assert (tender.references[0].qualifier, tender.references[0].value) == ("PO", "4500-2")
    assert FindingCode.REFERENCE_REVERSED not in {finding.code for finding in found}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (("B1*NRTH*S-1*20260301*D**T01",), "T01"),
        (("B1*NRTH*S-1*20260301*D", "N9*CN*PRO1", "V9*EQU"), "EQU"),
        (("B1*NRTH*S-1*20260301*A",), ""),
    ],
    ids=["in the answer", "in an event", "none"],
)
def test_an_answer_names_the_load_the_action_and_the_reason(body, reason):
    answer, found = parsed("990", *body)

    assert isinstance(answer, TenderAnswer)
    assert (answer.shipment_id, answer.scac, answer.on) == ("S-1", "NRTH", date(2026, 3, 1))
    assert (answer.action, answer.decline_reason) == (body[0].split("*")[4], reason)
    assert found == ()


def test_an_answer_goes_out_and_comes_back_the_same():
    reference = Reference(qualifier="CN", value="PRO1")
    answer = TenderAnswer(
        shipment_id="S-1", scac="NRTH", action="D", decline_reason="T01", references=(reference,)
    )

    again, found = sent_and_read(answer)

    assert (unplaced(again), found) == (answer, ())


def test_a_status_message_may_have_many_events():
    status, found = parsed(
        "214",
        "B10*PRO1*S-1*NRTH",
        "L11*4500*PO",
        "LX*1",
        "AT7*X3*NS***20260301*0930*LT",
        "MS1*RENO*NV*US",
        "MS2*NRTH*53001*TL",
        "AT7***AB*NA*20260302*0800*PT",
        "L11*2*QN",
        "Q7*D*PCS*3",
        "K1*LATE START*AT GATE",
        "AT8*G*L*42000*20",
        "LX*2",
        "AT7*AF*NS***20260301*1115*LT",
    )

    assert isinstance(status, ShipmentStatus)
    assert found == ()
    arrived, appointment = status.lines[0].events
    assert (arrived.status, arrived.appointment) == ("X3", "")
    assert (appointment.status, appointment.appointment) == ("", "AB")
    assert appointment.moment.zone == "PT"
    assert arrived.equipment.number == "53001"
    assert status.lines[0].references[0].value == "2"
    assert [note.text for note in status.lines[0].notes] == ["LATE START", "AT GATE"]
    assert status.lines[0].exceptions[0].pieces == 3
    assert status.lines[1].events[0].at["status"].segment == 14


def test_an_unreadable_time_stays_empty_beside_its_finding():
    status, found = parsed("214", "B10*P*S-1*NRTH", "LX*1", "AT7*X3*NS***20260301*9999*LT")

    assert status.lines[0].events[0].moment.clock is None
    assert [finding.code for finding in found] == [FindingCode.TIME_BAD]


def test_a_status_goes_out_and_comes_back_the_same():
    moment = Moment(on=date(2026, 3, 1), clock=time(9, 30), zone="LT")
    place = StatusPlace(city="RENO", state="NV", country="US")
    event = StatusEvent(status="X3", reason="NS", moment=moment, place=place)
    line = StatusLine(number=1, events=(event,))
    status = ShipmentStatus(reference="PRO1", shipment_id="S-1", scac="NRTH", lines=(line,))

    again, found = sent_and_read(status)

    assert (unplaced(again), found) == (status, ())


def test_a_set_without_typed_form_says_so():
    assert parsed("850", "BEG*00*SA*4500**20260301")[0] == Unparsed("850")

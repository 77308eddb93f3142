"""Load tenders as different shippers and brokers write them: what each says is kept."""

from decimal import Decimal

import pytest

from drawbar.edi import FindingCode, LoadTender, Severity, build, parse, read, unplaced
from drawbar.edi.document import TransactionSet
from drawbar.edi.segment import Segment

HEAD = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*U*00401*000000007*0*P*:~GS*SM*NRTH*SHIPPER*20260301*0930*7*X*004010~"
)
START = ("B2**NRTH**S-1**PP", "B2A*00*LT")
STOP = ("S5*1*LD", "S5*2*UL")


def tender(*body: str) -> tuple[LoadTender, list[tuple[str, str]]]:
    lines = ("ST*204*0001", *body, f"SE*{len(body) + 2}*0001", "GE*1*7", "IEA*1*000000007")
    document = read((HEAD + "".join(f"{line}~" for line in lines)).encode())
    typed, found = parse(next(document.interchanges[0].sets))
    assert isinstance(typed, LoadTender)
    assert unplaced(again(typed)) == unplaced(typed)
    return typed, [(each.code, each.tag) for each in found if each.severity is not Severity.NOTE]


def again(typed: LoadTender):
    segments = (Segment("ST", ("204", "0001")), *build(typed).segments)
    return parse(TransactionSet(code="204", control_number="", version="", segments=segments))[0]


@pytest.mark.parametrize(
    ("purpose", "means"),
    [("00", "original"), ("01", "cancel"), ("03", "delete"), ("04", "change"), ("05", "replace")],
)
def test_a_tender_may_be_new_changed_or_taken_back(purpose, means):
    typed, found = tender(START[0], f"B2A*{purpose}*LT", *STOP)

    assert (typed.purpose, found) == (purpose, []), means


def test_a_load_may_go_by_several_carriers():
    typed, found = tender(*START, "MS3*NRTH*O*RENO*M*NV", *STOP)

    (leg,) = typed.routing
    assert (leg.scac, leg.sequence, leg.city, leg.method, leg.state) == (
        "NRTH",
        "O",
        "RENO",
        "M",
        "NV",
    )
    assert found == []


def test_the_start_names_service_count_and_terms():
    typed, _ = tender("B2*TL*NRTH**S-1**PP**2***FOB*ZZ", START[1], *STOP)

    assert (typed.service, typed.equipment_count, typed.terms, typed.payment) == (
        "TL",
        2,
        "FOB",
        "ZZ",
    )


def test_the_moment_to_answer_by_is_the_one_marked_so():
    typed, found = tender(*START, "G62*10*20260302", "G62*64*20260301*1*1600*CT", *STOP)

    assert typed.respond_by is not None
    assert typed.respond_by.zone == "CT"
    assert [moment.qualifier for moment in typed.moments] == ["10"]
    assert found == [(FindingCode.SEGMENT_REPEATED, "G62")]


def test_equipment_may_be_cooled_and_measured():
    typed, _ = tender(*START, "N7**53001*8000*T*******RT*NRTH*034F**5300**L***9.5*8.5*4510", *STOP)

    (trailer,) = typed.equipment
    assert (trailer.temperature, trailer.length, trailer.iso_type) == ("034F", "5300", "4510")
    assert trailer.weight is not None
    assert (trailer.weight.value, trailer.weight_unit) == (Decimal(8000), "L")


def test_seals_without_equipment_are_kept():
    typed, found = tender(*START, "M7*SEAL1*SEAL2", *STOP)

    assert typed.equipment[0].seals == ("SEAL1", "SEAL2")
    assert found == [(FindingCode.LOOP_START_MISSING, "M7")]


def test_pallets_have_a_weight_and_are_exchanged_or_not():
    typed, found = tender(*START, STOP[0], "PLD*20*1*L*1200", STOP[1])

    stop = typed.stops[0]
    assert (stop.pallets, stop.pallet_exchange, stop.pallet_weight.value) == (20, "1", 1200)
    assert found == []


def test_a_stop_says_what_is_done_there_and_where():
    typed, _ = tender(*START, "S5*1*LD*100*L*2*PL*3*E*DROP AND HOOK*123456789*1", STOP[1])

    stop = typed.stops[0]
    assert (stop.text, stop.point, stop.accomplish) == ("DROP AND HOOK", "123456789", "1")


def test_an_order_lists_its_articles_and_numbers():
    typed, found = tender(
        *START,
        *STOP,
        "OID*REL-1*PO-1*LINE-4*CA*100*L*4000*E*80**LAST",
        "L11*D-77*DP",
        "G62*68*20260304",
        "LAD*CTN*100*L*40*L*4000*UP*012345678905*VN*ABC***CEREAL",
        "L5**CEREAL*60*N",
        "AT8*G*L*4000*100",
    )

    (order,) = typed.stops[1].orders
    assert (order.reference, order.order, order.further_reference, order.last_reference) == (
        "REL-1",
        "PO-1",
        "LINE-4",
        "LAST",
    )
    assert [(each.qualifier, each.value) for each in order.references] == [("DP", "D-77")]
    (article,) = order.details
    assert (article.pieces, article.text) == (100, "CEREAL")
    assert [(each.qualifier, each.value) for each in article.products] == [
        ("UP", "012345678905"),
        ("VN", "ABC"),
    ]
    assert order.ladings[0].weights[0].pieces == 100
    assert found == []


def test_a_stop_lists_articles_without_any_order():
    typed, found = tender(*START, STOP[0], "LAD*PLT*4****6000*******MIXED", STOP[1])

    assert typed.stops[0].details[0].text == "MIXED"
    assert found == [(FindingCode.CONDITION_UNMET, "LAD")]


@pytest.mark.parametrize(
    "body",
    [
        ("L11*APPT1*AO", "G62*69*20260302*U*0800*LT"),
        ("G62*69*20260302*U*0800*LT", "L11*APPT1*AO"),
        ("G62*69*20260302*U*0800*LT", "N1*SF*PLANT", "N4*RENO*NV", "L11*APPT1*AO"),
    ],
    ids=["before its times", "behind its times", "behind its place"],
)
def test_a_reference_of_a_stop_is_the_stops_wherever_it_stands(body):
    typed, _ = tender(*START, STOP[0], *body, STOP[1])

    assert [each.value for each in typed.stops[0].references] == ["APPT1"]
    assert typed.references == ()


def test_a_reference_before_the_first_stop_is_the_loads():
    typed, _ = tender(*START, "N1*BT*SHIPPER INC", "N7**53001", "L11*L-9*LO", *STOP)

    assert [each.value for each in typed.references] == ["L-9"]


def test_a_stray_segment_does_not_tear_apart_what_it_stands_in():
    typed, found = tender(
        *START, STOP[0], "N1*SF*PLANT", "NTE**DOCK 4", "N3*1 MILL RD", "N4*RENO*NV", STOP[1]
    )

    (party,) = typed.stops[0].parties
    assert (party.name, party.address, party.city) == ("PLANT", ("1 MILL RD",), "RENO")
    assert [note.text for note in typed.stops[0].notes] == ["DOCK 4"]
    assert found == [(FindingCode.SEGMENT_OUT_OF_ORDER, "NTE")]


def test_windows_are_pairs_of_moments():
    typed, found = tender(
        *START,
        STOP[0],
        "G62*37*20260302*I*0800*PT",
        "G62*38*20260302*K*1600*PT",
        STOP[1],
        "G62*53*20260304*G*0600*ET",
        "G62*54*20260304*L*1400*ET",
    )

    windows = [[moment.clock.hour for moment in stop.moments] for stop in typed.stops]
    assert windows == [[8, 16], [6, 14]]
    assert found == []


def test_dangerous_goods_need_no_contact_to_be_kept():
    typed, found = tender(
        *START,
        STOP[0],
        "L5**PAINT",
        "AT8*G*L*400*4",
        "LH1*PC*4*UN1263*******II",
        "LH2*3**FLAMMABLE",
        "LH3*PAINT",
        STOP[1],
    )

    (hazard,) = typed.stops[0].ladings[0].hazards
    assert (hazard.id, hazard.packing_group, hazard.hazard_class) == ("UN1263", "II", "3")
    assert (hazard.placard, hazard.shipping_names) == ("FLAMMABLE", ("PAINT",))
    assert (FindingCode.LOOP_START_MISSING, "LH1") in found


def test_services_and_handling_are_kept_at_load_and_stop():
    typed, found = tender(*START, "AT5*HM**HAZMAT DRIVER", STOP[0], "AT5**LG*LIFT GATE", STOP[1])

    assert typed.handling[0].text == "HAZMAT DRIVER"
    assert typed.stops[0].handling[0].service == "LG"
    assert found == []


def test_a_contact_may_have_a_number_or_an_address_for_mail():
    typed, _ = tender(
        *START, STOP[0], "N1*SF*PLANT", "G61*IC*ANN*TE*7755550100", "G61*IC*ANN*EM*A@B.C", STOP[1]
    )

    kinds = [contact.kind for contact in typed.stops[0].parties[0].contacts]
    assert kinds == ["TE", "EM"]

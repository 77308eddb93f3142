"""A customer's 204 becomes an order, or the list of everything that it lacks."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from drawbar.freight.order import OrderCancelled, OrderChanged, OrderReleased, StopPurpose
from drawbar.freight.reference import Reference, ReferenceKind

TENDER = """
B2**ACME**75027674**PP
B2A*00*LT
L11*B-77*BM
NTE*OTH*CALL AHEAD
N7**0*********RT
S5*1*LD
G62*37*20260310*I*0800*LT
G62*38*20260310*K*1200*LT
PLD*24
N1*SF*MILL
N3*1 DUMP ROAD
N4*DALLAS*TX*75201*US
S5*2*UL
G62*70*20260312*X*1400*ES
L11*PO-9*PO
N1*ST*STORE
N3*5 STATE ST
N4*CHICAGO*IL*60601*US
L3*18000*G**********L
"""
CUSTOMER = {"role": "customer", "party_ref": "GLOBEX"}


def tendered(hear, body: str = TENDER, **more):
    reading = hear("204", body, by=CUSTOMER | more)
    assert reading.problems == ()
    return reading.facts[0]


def lacks(hear, body: str, **more) -> list[str]:
    reading = hear("204", body, by=CUSTOMER | more)
    assert reading.facts == ()
    return [problem.cause for problem in reading.problems]


def test_a_tender_releases_an_order(hear):
    fact = tendered(hear)
    order = fact.order

    assert isinstance(fact, OrderReleased)
    assert (order.order_ref, order.customer_ref, order.revision) == ("75027674", "GLOBEX", 1)
    assert (order.equipment, order.note, order.pieces) == ("reefer", "CALL AHEAD", 24)
    assert order.references == (
        Reference(ReferenceKind.ORDER, "75027674"),
        Reference(ReferenceKind.BOL, "B-77"),
        Reference(ReferenceKind.PO, "PO-9"),
    )


def test_each_stop_has_its_window_on_its_own_clock(hear):
    pickup, delivery = tendered(hear).order.stops

    assert (pickup.purpose, delivery.purpose) == (StopPurpose.PICKUP, StopPurpose.DELIVERY)
    assert pickup.earliest_at == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
    assert (pickup.latest_at, pickup.appointment_at) == (
        datetime(2026, 3, 10, 17, 0, tzinfo=UTC),
        None,
    )
    assert delivery.earliest_at == delivery.appointment_at
    assert delivery.appointment_at == datetime(2026, 3, 12, 19, 0, tzinfo=UTC)
    assert (pickup.place.city, pickup.place.zone) == ("DALLAS", "America/Chicago")


@pytest.mark.parametrize("purpose", ["04", "05"], ids=["change", "replace"])
def test_a_change_counts_by_its_envelope(hear, purpose):
    fact = hear("204", TENDER.replace("B2A*00", f"B2A*{purpose}"), by=CUSTOMER, control=97)

    assert isinstance(fact.facts[0], OrderChanged)
    assert fact.facts[0].order.revision == 97


def test_a_cancellation_needs_no_stops(hear):
    fact = tendered(hear, "B2**ACME**75027674**PP\nB2A*01*LT\nS5*1*LD")

    assert isinstance(fact, OrderCancelled)
    assert fact.order_ref == "75027674"


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("PLD*24\n", "", "pieces"),
        ("G62*38*20260310*K*1200*LT\n", "", "window"),
        ("*1200*LT", "", "time of day"),
        ("N4*DALLAS*TX*75201*US", "N4*DALLAS*TX**US", "zone:TX"),
        ("N4*DALLAS*TX*75201*US", "N4*MONTREAL*QC*H3B2Y4*CA", "zone:QC"),
        ("N4*DALLAS*TX*75201*US\n", "", "address"),
        ("S5*1*LD", "S5*1*QQ", "S5:QQ"),
        ("B2A*00", "B2A*22", "purpose:22"),
        ("N7**0*********RT\n", "", "equipment"),
        ("*RT\n", "*TL\n", "N7:TL"),
        ("**75027674*", "***", "id"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_guessed(hear, before, after, cause):
    assert f"x12:GLOBEX:204:{cause}" in lacks(hear, TENDER.replace(before, after))


def test_everything_that_is_missing_is_named_at_once(hear):
    body = TENDER.replace("PLD*24\n", "").replace("G62*70*20260312*X*1400*ES\n", "")

    assert lacks(hear, body) == ["x12:GLOBEX:204:window", "x12:GLOBEX:204:pieces"]


def test_a_profile_may_know_the_zone_of_a_place(hear):
    body = TENDER.replace("N4*DALLAS*TX*75201*US", "N4*MONTREAL*QC*H3B2Y4*CA")
    order = tendered(hear, body, stop_zones={"QC": "America/Toronto"}).order

    assert order.pickup.place.zone == "America/Toronto"
    assert order.pickup.place.country == "CA"


def test_a_profile_may_know_what_trailer_a_customer_means(hear):
    unstated = TENDER.replace("N7**0*********RT\n", "")
    unspecified = TENDER.replace("*RT\n", "*TL\n")

    assert tendered(hear, unstated, equipment_unless_stated="flatbed").order.equipment == "flatbed"
    assert tendered(hear, unspecified, equipment_heard={"TL": "dry van"}).order.equipment == (
        "dry van"
    )


def test_order_lines_say_what_is_moved_and_kilograms_become_pounds(hear):
    lines = "OID*A*O-1**CT*10*K*1000\nOID*B*O-2**CT*5*L*300\nS5*2*UL"
    goods = tendered(hear, TENDER.replace("S5*2*UL", lines)).order.goods

    assert [(line.sku, line.pieces) for line in goods] == [("O-1", 10), ("O-2", 5)]
    assert [line.weight_lb for line in goods] == [Decimal("2204.62"), Decimal(300)]


def test_a_carrier_does_not_tender_to_us(hear):
    reading = hear("204", TENDER)

    assert reading.facts == ()
    assert reading.problems[0].cause == "x12:ABCD:204:role"

"""What a 210 says of the move itself: pickup day, shipper, consignee, weight and pieces.

Unless said: picked up March 18, from Dallas to Chicago, 18,000 lb in 24 pieces.
"""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.attribute import Locality, Tally

BILL = """
B3**19267*S-1001*PP**20260320*206250****ABCD
C3*USD
N9*CN*123456789
G62*86*20260318
N1*SH*GLOBEX DALLAS
N3*1 DOCK ROAD
N4*DALLAS*TX*75201*US
N1*CN*LAKESIDE DC
N3*9 PIER STREET
N4*CHICAGO*IL*60601*US
LX*1
L5*1*PUMPS
L0*1***18000*G***24*PLT
L1*1***165000****400
LX*2
L0*1***18000*G***24*PLT
L1*2***41250****FUE
L3*18000*G***206250******24*L
"""


def moved(hear, body=BILL):
    reading = hear("210", body)
    assert reading.problems == ()
    return reading.facts[0].bill.move


def test_a_bill_says_when_and_from_where_to_where_it_was_moved(hear):
    move = moved(hear)

    assert move.ship_on == date(2026, 3, 18)
    assert move.origin == Locality(postal_code="75201", city="DALLAS", region="TX")
    assert move.destination == Locality(postal_code="60601", city="CHICAGO", region="IL")


def test_freight_that_is_rated_in_two_lines_is_counted_once(hear):
    move = moved(hear)

    assert move.header == move.lines == Tally(weight_lb=Decimal(18000), pieces=24)


def test_a_foot_that_is_not_its_lines_keeps_no_bill_back(hear):
    move = moved(hear, BILL.replace("L3*18000*G***206250******24", "L3*17000*G***206250******23"))

    assert (move.header, move.lines) == (
        Tally(weight_lb=Decimal(17000), pieces=23),
        Tally(weight_lb=Decimal(18000), pieces=24),
    )


@pytest.mark.parametrize("qualifier", ["11", "17", "10"])
def test_another_ship_date_counts_where_the_actual_pickup_is_not_said(hear, qualifier):
    assert moved(hear, BILL.replace("G62*86", f"G62*{qualifier}")).ship_on == date(2026, 3, 18)


def test_the_actual_pickup_counts_before_any_other_date(hear):
    body = BILL.replace("G62*86*20260318", "G62*11*20260317\nG62*86*20260318")

    assert moved(hear, body).ship_on == date(2026, 3, 18)


def test_a_date_that_is_no_pickup_is_none(hear):
    assert moved(hear, BILL.replace("G62*86", "G62*35")).ship_on is None


def test_ship_from_and_ship_to_count_where_shipper_and_consignee_have_no_address(hear):
    body = BILL.replace("N1*SH", "N1*SF").replace("N1*CN", "N1*ST")

    assert moved(hear, body) == moved(hear)


def test_kilograms_are_pounds_to_the_hundredth(hear):
    move = moved(hear, BILL.replace("24*L\n", "24*K\n"))

    assert move.header.weight_lb == Decimal("39683.21")


def test_a_bill_that_says_nothing_of_its_move_has_none(hear):
    lines = [one for one in BILL.splitlines() if one[:2] in {"B3", "C3", "N9", "LX", "L1"}]

    assert moved(hear, "\n".join(lines)) is None

"""Which shipments a bill may be for by what it says of the move, and how they stand side by side.

Unless said: shipped on March 9 from 75201 to 60601, 18,000 lb, as the shipment is.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.attribute import NOWHERE, Locality, Move, Tally
from drawbar.matching.attribute import Candidate, beside, days_meant, fits, fitting
from drawbar.matching.tally import tally_doubts

DAY = date(2026, 3, 9)
DALLAS = Locality(postal_code="75201", city="Dallas", region="TX")
CHICAGO = Locality(postal_code="60601", city="Chicago", region="IL")
LOAD = Candidate(
    shipment_ref="S-1",
    picked_up_on=(DAY,),
    origin=DALLAS,
    destination=CHICAGO,
    weight_lb=Decimal(18000),
)


def weighs(weight, pieces=None):
    return Tally(weight_lb=None if weight is None else Decimal(weight), pieces=pieces)


BILLED = Move(ship_on=DAY, origin=DALLAS, destination=CHICAGO, header=weighs("18000"))


def found(move=BILLED, load=LOAD, percent=10):
    return fits(move, load, weight_percent=percent)


def test_a_bill_of_the_same_day_places_and_weight_fits():
    assert found()


@pytest.mark.parametrize(
    ("day", "fit"),
    [(7, False), (8, True), (10, True), (11, False)],
    ids=["two days before", "a day before", "a day after", "two days after"],
)
def test_the_ship_date_may_be_one_day_from_the_pickup(day, fit):
    assert found(structs.replace(BILLED, ship_on=date(2026, 3, day))) is fit


def test_the_planned_or_the_actual_pickup_day_is_enough():
    moved = structs.replace(LOAD, picked_up_on=(date(2026, 3, 2), DAY))

    assert found(load=moved)


def test_a_bill_without_a_ship_date_fits_nothing():
    assert not found(structs.replace(BILLED, ship_on=None))


@pytest.mark.parametrize(
    ("said", "fit"),
    [
        (Locality(postal_code="75201-1234"), True),
        (Locality(postal_code="75202", city="Dallas", region="TX"), False),
        (Locality(city="DALLAS ", region="tx"), True),
        (Locality(city="Dallas", region="GA"), False),
        (Locality(city="Dallas"), False),
        (NOWHERE, False),
    ],
    ids=["zip+4", "another zip", "city and state", "another state", "city alone", "not said"],
)
@pytest.mark.parametrize("end", ["origin", "destination"])
def test_a_place_is_told_by_postal_code_else_by_city_and_state(end, said, fit):
    load = structs.replace(LOAD, destination=DALLAS)
    move = structs.replace(BILLED, destination=DALLAS)

    assert found(structs.replace(move, **{end: said}), load) is fit


def test_city_and_state_count_where_the_shipment_has_no_postal_code():
    load = structs.replace(LOAD, origin=Locality(city="Dallas", region="TX"))

    assert found(load=load)


@pytest.mark.parametrize(
    ("weight", "fit"),
    [("19800", True), ("19801", False), ("16200", True), ("16199", False), (None, True)],
    ids=["10 % over", "first pound over", "10 % under", "first pound under", "not said"],
)
def test_the_weight_is_within_its_share_where_both_say_it(weight, fit):
    assert found(structs.replace(BILLED, header=weighs(weight))) is fit


def test_a_shipment_of_unknown_weight_fits_any():
    assert found(load=structs.replace(LOAD, weight_lb=Decimal(0)))


def test_the_weight_of_the_lines_counts_where_the_header_is_silent():
    move = structs.replace(BILLED, header=Tally(), lines=weighs("30000"))

    assert not found(move)


def test_all_that_fit_are_listed_by_their_number():
    loads = [structs.replace(LOAD, shipment_ref=ref) for ref in ("S-2", "S-1")]

    assert [one.shipment_ref for one in fitting(BILLED, loads, weight_percent=10)] == ["S-1", "S-2"]


def test_bill_and_shipment_stand_side_by_side():
    move = structs.replace(BILLED, ship_on=date(2026, 3, 10), origin=Locality(postal_code="75201"))

    assert beside(move, LOAD) == (
        "S-1: pickup 2026-03-09 (the bill says 2026-03-10), from Dallas, TX 75201 (bill: 75201),"
        " to Chicago, IL 60601 (bill: Chicago, IL 60601), 18,000 lb (bill: 18,000 lb)"
    )


def test_the_first_and_the_last_day_of_all_have_neighbours_on_one_side():
    ends = [days_meant(structs.replace(BILLED, ship_on=day)) for day in (date.min, date.max)]

    assert [len(days) for days in ends] == [2, 2]


@given(st.dates(), st.dates())
def test_days_fit_exactly_if_they_are_at_most_one_apart(said, known):
    load = structs.replace(LOAD, picked_up_on=(known,))

    assert found(structs.replace(BILLED, ship_on=said), load) is (abs((said - known).days) <= 1)


def test_a_header_that_is_not_its_lines_is_a_doubt_in_words():
    move = Move(header=weighs("18000", 24), lines=weighs("17500", 23))

    assert tally_doubts(move) == (
        "The header says 18,000 lb, the lines come to 17,500 lb.",
        "The header says 24 pieces, the lines come to 23.",
    )


@pytest.mark.parametrize(
    "move",
    [
        Move(header=weighs("18000", 24), lines=weighs("18000.0", 24)),
        Move(header=weighs("18000", 24)),
        Move(lines=weighs("18000", 24)),
    ],
    ids=["equal", "silent lines", "silent header"],
)
def test_no_doubt_where_both_agree_or_one_is_silent(move):
    assert tally_doubts(move) == ()


@pytest.mark.parametrize(
    "figures", [{"weight_lb": Decimal("NaN")}, {"weight_lb": Decimal(-1)}, {"pieces": -1}]
)
def test_no_weight_or_count_that_nothing_on_a_truck_can_have(figures):
    with pytest.raises(ValueError, match="not a"):
        Tally(**figures)

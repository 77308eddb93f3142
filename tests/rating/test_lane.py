"""Which lane prices a load. From Dallas, TX 75201 to Omaha, NE 68102 unless said."""

from itertools import pairwise

import pytest

from drawbar.freight.lane import LanePlace, LaneRate, RateZone
from drawbar.freight.place import Place
from drawbar.rating.lane import OnLane, lane_in, lane_of
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import contract, load

DALLAS = Place(
    name="Dock 4", city="Dallas", region="TX", postal_code="75201", zone="America/Chicago"
)
OMAHA = Place(
    name="Hub", city="Omaha", region="NE", postal_code="68102-1234", zone="America/Chicago"
)
ANY = LanePlace()


def lane(clause="L1", origin=ANY, destination=ANY) -> LaneRate:
    return LaneRate(clause=clause, origin=origin, destination=destination)


def clause_for(*lanes: LaneRate, origin=DALLAS, destination=OMAHA) -> str:
    answer = lane_of(lanes, origin=origin, destination=destination)
    assert isinstance(answer, OnLane), answer
    return answer.lane.clause


BY_EXACTNESS = [
    LanePlace(city="Omaha", region="NE"),
    LanePlace(city="Omaha"),
    LanePlace(postal_prefix="681"),
    LanePlace(postal_prefix="68"),
    LanePlace(region="NE", country="US"),
    LanePlace(region="NE"),
    LanePlace(country="US"),
    ANY,
]


@pytest.mark.parametrize(("exact", "rough"), list(pairwise(BY_EXACTNESS)), ids=str)
def test_the_more_exact_place_wins(exact, rough):
    assert clause_for(lane("rough", ANY, rough), lane("exact", ANY, exact)) == "exact"
    assert clause_for(
        lane("exact", exact), lane("rough", rough), origin=OMAHA, destination=DALLAS
    ) == ("exact")


def test_the_most_exact_end_decides_before_the_other_end():
    to_city = lane("to the city", ANY, LanePlace(city="Omaha"))
    states = lane("state to state", LanePlace(region="TX"), LanePlace(region="NE"))

    assert clause_for(states, to_city) == "to the city"


def test_with_equal_best_ends_the_other_end_decides():
    any_to_city = lane("any to city", ANY, LanePlace(city="Omaha"))
    state_to_city = lane("state to city", LanePlace(region="TX"), LanePlace(city="Omaha"))

    assert clause_for(any_to_city, state_to_city) == "state to city"


def test_with_equal_origins_the_exact_destination_decides():
    to_any = lane("city to any", LanePlace(city="Dallas"), ANY)
    to_state = lane("city to state", LanePlace(city="Dallas"), LanePlace(region="NE"))

    assert clause_for(to_any, to_state) == "city to state"


def test_with_equal_ends_the_exact_origin_decides():
    from_city = lane("from city", LanePlace(city="Dallas"), LanePlace(region="NE"))
    to_city = lane("to city", LanePlace(region="TX"), LanePlace(city="Omaha"))

    assert clause_for(to_city, from_city) == "from city"


@pytest.mark.parametrize(
    "named",
    [
        LanePlace(city="  omaha "),
        LanePlace(region="ne"),
        LanePlace(postal_prefix="681*"),
        LanePlace(postal_prefix="68102 1234"),
        LanePlace(country="us"),
    ],
    ids=str,
)
def test_spelling_does_not_matter(named):
    assert clause_for(lane("there", ANY, named)) == "there"


@pytest.mark.parametrize(
    "named",
    [
        LanePlace(city="Oma"),
        LanePlace(city="Omaha", region="TX"),
        LanePlace(postal_prefix="8102"),
        LanePlace(postal_prefix="68103"),
        LanePlace(country="CA"),
    ],
    ids=str,
)
def test_a_lane_to_elsewhere_does_not_count(named):
    answer = lane_of((lane("elsewhere", ANY, named),), origin=DALLAS, destination=OMAHA)

    assert isinstance(answer, Unrated)
    assert "from Dallas, TX 75201 to Omaha, NE 68102-1234" in answer.text


def test_a_lane_has_a_direction():
    back = lane("back", LanePlace(city="Omaha"), LanePlace(city="Dallas"))

    assert isinstance(lane_of((back,), origin=DALLAS, destination=OMAHA), Unrated)


def test_a_place_without_a_postal_code_is_in_no_postal_area():
    nowhere = Place(name="Field", region="NE", zone="America/Chicago")
    area = lane("area", ANY, LanePlace(postal_prefix="6"))

    assert isinstance(lane_of((area,), origin=DALLAS, destination=nowhere), Unrated)


def test_two_equally_exact_lanes_are_named_and_never_chosen_between():
    lanes = lane("L9", ANY, LanePlace(city="Omaha")), lane("L2", ANY, LanePlace(city="omaha"))

    answer = lane_of(lanes, origin=DALLAS, destination=OMAHA)

    assert isinstance(answer, Unrated)
    assert "L2 and L9" in answer.text


def at(*lanes: LaneRate, equipment="", service="", zones=()) -> str:
    """Return the clause of the lane from Dallas to Omaha, or why there is none."""
    answer = lane_of(
        lanes,
        origin=DALLAS,
        destination=OMAHA,
        equipment=equipment,
        service=service,
        zones=zones,
    )
    return answer.lane.clause if isinstance(answer, OnLane) else answer.text


PLAINS = RateZone(
    zone="Plains",
    places=(LanePlace(region="KS"), LanePlace(region="NE"), LanePlace(postal_prefix="6810")),
)
TO_PLAINS = LanePlace(zone="plains")


@pytest.mark.parametrize(
    ("other", "winner"),
    [
        (LanePlace(country="US"), "zone"),
        (LanePlace(region="NE"), "zone"),
        (LanePlace(postal_prefix="681"), "zone"),
        (LanePlace(postal_prefix="6810"), "other"),
        (LanePlace(city="Omaha"), "other"),
    ],
    ids=["country", "region", "shorter prefix", "the same prefix", "city"],
)
def test_a_zone_is_as_exact_as_its_place_that_covers_the_load(other, winner):
    lanes = lane("zone", ANY, TO_PLAINS), lane("other", ANY, other)

    assert at(*lanes, zones=(PLAINS,)) == winner
    assert at(*reversed(lanes), zones=(PLAINS,)) == winner


def test_a_place_outside_the_zone_is_on_no_lane_to_it():
    coast = RateZone(zone="Coast", places=(LanePlace(region="CA"),))

    assert "No lane" in at(lane("zone", ANY, LanePlace(zone="Coast")), zones=(coast,))


def test_a_zone_that_the_contract_does_not_define_is_named():
    answer = at(lane("typo", ANY, LanePlace(zone="Planes")), lane("any"), zones=(PLAINS,))

    assert answer == "Lane typo: no zone of the contract is called Planes."


def test_an_unknown_zone_on_a_lane_from_elsewhere_stops_no_load():
    elsewhere = lane("typo", LanePlace(region="CA"), LanePlace(zone="Planes"))

    assert at(elsewhere, lane("any")) == "any"


def test_a_zone_within_itself_covers_no_more_than_its_places():
    ring = (
        RateZone(zone="A", places=(LanePlace(zone="B"),)),
        RateZone(zone="B", places=(LanePlace(zone="A"), LanePlace(region="TX"))),
    )

    assert at(lane("ring", LanePlace(zone="A"), ANY), zones=ring) == "ring"
    assert "No lane" in at(lane("ring", ANY, LanePlace(zone="A")), zones=ring)


def of(clause: str, destination=ANY, **kinds: str) -> LaneRate:
    return LaneRate(clause=clause, destination=destination, **kinds)


def test_a_lane_for_another_truck_or_service_does_not_count():
    assert at(of("cold", equipment="Reefer"), equipment="reefer") == "cold"
    assert "No lane" in at(of("cold", equipment="reefer"), equipment="dry van")
    assert "for dry van and standard" in at(
        of("fast", service="expedited"), equipment="dry van", service="standard"
    )
    assert "No lane" in at(of("cold", equipment="reefer"))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (of("b", equipment="reefer"), of("w")),
        (of("b", service="expedited"), of("w")),
        (of("b", equipment="reefer"), of("w", service="expedited")),
        (of("b", equipment="reefer", service="expedited"), of("w", equipment="reefer")),
        (of("b", LanePlace(city="Omaha")), of("w", equipment="reefer")),
    ],
    ids=["truck named", "service named", "truck before service", "both", "place before truck"],
)
def test_the_lane_that_names_more_wins_after_its_places(better, worse):
    for lanes in ((better, worse), (worse, better)):
        assert at(*lanes, equipment="reefer", service="expedited") == "b"


def test_what_is_remembered_of_one_contract_is_not_told_of_another():
    clauses = ["first", "second", "first"]
    asked = [contract(lanes=(lane(clause),)) for clause in clauses]

    answers = [lane_in(one, load()) for one in (*asked, *asked)]

    told = [one.lane.clause for one in answers if isinstance(one, OnLane)]
    assert told == clauses * 2


def test_no_lane_is_told_with_both_ends_and_what_was_asked_for():
    assert lane_of((), origin=DALLAS, destination=OMAHA) == Unrated(
        text="No lane of the contract runs from Dallas, TX 75201 to Omaha, NE 68102-1234.",
        remedy="Add a lane that covers it, or approve a price for this load.",
    )
    assert "68102-1234 for reefer and expedited." in at(equipment="reefer", service="expedited")
    assert "68102-1234 for expedited." in at(service="expedited")


def test_a_place_without_a_postal_code_is_told_without_one():
    field = Place(name="Field", zone="America/Chicago")
    answer = lane_of((), origin=field, destination=OMAHA)

    assert isinstance(answer, Unrated)
    assert answer.text.startswith("No lane of the contract runs from Field to Omaha")


def test_a_tie_is_told_with_every_lane_and_what_to_do():
    lanes = [lane(name, ANY, LanePlace(city="Omaha")) for name in ("L9", "L2", "L5")]

    assert lane_of((*lanes, lane("any")), origin=DALLAS, destination=OMAHA) == Unrated(
        text="L2 and L5 and L9 name Dallas, TX 75201 to Omaha, NE 68102-1234 equally exactly.",
        remedy="Make one of these lanes more exact, or remove it.",
    )


@pytest.mark.parametrize(
    "ends",
    [
        (LanePlace(zone="Planes"), ANY),
        (ANY, LanePlace(zone="Planes")),
        (LanePlace(zone="Planes"), LanePlace(zone="Plains")),
    ],
    ids=["from", "to", "both, of which the first is told"],
)
def test_an_unknown_zone_is_told_with_its_lane_and_what_to_do(ends):
    zones = () if ends[1] != ANY and ends[0] != ANY else (PLAINS,)

    assert lane_of((lane("typo", *ends),), origin=DALLAS, destination=OMAHA, zones=zones) == (
        Unrated(
            text="Lane typo: no zone of the contract is called Planes.",
            remedy="Add that zone to the contract's zones, or correct the lane.",
        )
    )


def test_a_zone_and_a_place_of_its_own_must_both_cover_the_load():
    in_kansas = LanePlace(zone="Plains", region="KS")
    in_nebraska = LanePlace(zone="Plains", region="NE")

    assert "No lane" in at(lane("kansas", ANY, in_kansas), zones=(PLAINS,))
    assert at(lane("there", ANY, in_nebraska), zones=(PLAINS,)) == "there"


def test_a_zone_with_a_place_of_its_own_is_as_exact_as_the_more_exact_of_both():
    zone_and_city = lane("zone and city", ANY, LanePlace(zone="Plains", city="Omaha"))
    area = lane("area", ANY, LanePlace(postal_prefix="68102"))

    assert at(zone_and_city, area, zones=(PLAINS,)) == "zone and city"
    city = lane("city", ANY, LanePlace(city="Omaha", postal_prefix="6810", region="NE"))
    assert at(zone_and_city, city, zones=(PLAINS,)) == "city"


def test_places_of_a_zone_stated_twice_are_those_of_both():
    halves = (
        RateZone(zone="Plains", places=(LanePlace(region="KS"),)),
        RateZone(zone=" PLAINS ", places=(LanePlace(region="NE"),)),
    )

    assert at(lane("zone", ANY, TO_PLAINS), zones=halves) == "zone"


def test_of_the_places_of_a_zone_the_most_exact_that_covers_the_load_counts():
    cities = RateZone(zone="Cities", places=(LanePlace(city="Omaha"), LanePlace(country="US")))
    area = lane("area", ANY, LanePlace(postal_prefix="68102"))

    assert at(lane("zone", ANY, LanePlace(zone="Cities")), area, zones=(cities,)) == "zone"


def test_a_zone_within_a_zone_covers_what_the_inner_one_does():
    zones = (RateZone(zone="Mid", places=(LanePlace(zone="plains"),)), PLAINS)

    assert at(lane("mid", ANY, LanePlace(zone="Mid")), zones=zones) == "mid"


def test_blanks_name_no_equipment_and_no_service():
    blank = of("blank", equipment=" ", service=" ")

    assert at(blank, equipment="reefer", service="expedited") == "blank"
    assert at(blank, of("cold", equipment="Reefer "), equipment="reefer") == "cold"
    assert at(blank, of("fast", service=" EXPEDITED"), service="expedited") == "fast"


def test_the_lane_of_a_contract_asks_for_the_loads_own_places_equipment_service_and_zones():
    lanes = (
        of("right", TO_PLAINS, equipment="reefer", service="expedited"),
        of("any", ANY),
        lane("back", LanePlace(city="Omaha"), LanePlace(city="Dallas")),
    )
    terms = contract(lanes=lanes, zones=(PLAINS,))

    assert lane_in(terms, load(equipment="reefer", service="expedited")) == OnLane(lanes[0])
    assert lane_in(terms, load()) == OnLane(lanes[1])


@pytest.mark.parametrize(
    ("place", "rough"),
    [(LanePlace(region="NE"), LanePlace(country="US")), (LanePlace(country="US"), ANY)],
    ids=["region", "country"],
)
def test_a_zone_yields_only_to_what_is_as_exact_as_its_place(place, rough):
    zone = RateZone(zone="Z", places=(place,))
    lanes = lane("zone", ANY, LanePlace(zone="Z")), lane("rough", ANY, rough)

    assert at(*lanes, zones=(zone,)) == "zone"

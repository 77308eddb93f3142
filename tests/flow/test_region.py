"""Which region a place is in: the one that names it most exactly; a firm without any has states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.flow.region import region_of
from drawbar.freight.lane import LanePlace
from drawbar.freight.place import Place

REGIONS = {
    "southwest": (LanePlace(country="US", region="TX"), LanePlace(country="US", region="OK")),
    "midwest": (LanePlace(country="US", region="IL"),),
    "loop": (LanePlace(country="US", postal_prefix="606"),),
    "gate": (LanePlace(city="Laredo", region="TX"),),
}


def place(region: str = "", postal: str = "", *, city: str = "", country: str = "US") -> Place:
    return Place(
        name="DC", city=city, region=region, postal_code=postal, country=country, zone="UTC"
    )


@pytest.mark.parametrize(
    ("where", "region"),
    [
        (place("TX", "75201"), "southwest"),
        (place("tx", "75201"), "southwest"),
        (place("IL", "62701"), "midwest"),
        (place("IL", "60601"), "loop"),
        (place("TX", "78040", city="Laredo"), "gate"),
        (place("NY", "10001"), ""),
    ],
    ids=["a state", "in small letters", "another", "postal prefix", "a city", "named by none"],
)
def test_a_place_is_in_the_region_that_names_it_most_exactly(where, region):
    assert region_of(where, REGIONS) == region


def test_a_region_of_anywhere_takes_the_rest():
    assert region_of(place("NY"), {**REGIONS, "rest": (LanePlace(),)}) == "rest"
    assert region_of(place("TX"), {**REGIONS, "rest": (LanePlace(),)}) == "southwest"


def test_a_firm_without_regions_has_its_states():
    assert region_of(place("TX"), {}) == "TX"
    assert region_of(place(country="MX"), {}) == "MX"


@given(st.permutations(list(REGIONS.items())), st.sampled_from(["75201", "60601", "99999"]))
def test_the_order_of_the_file_changes_nothing(items, postal):
    where = place("IL", postal)

    assert region_of(where, dict(items)) == region_of(where, REGIONS)

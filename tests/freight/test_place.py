"""Places: an address that a driver finds and a clock that is right."""

import pytest

from drawbar.freight.instant import UnknownZone
from drawbar.freight.place import Place, missing_parts

FULL = {
    "name": "Acme Dallas",
    "street": "1 Main St",
    "city": "Dallas",
    "region": "TX",
    "postal_code": "75201",
    "zone": "America/Chicago",
}


def test_a_full_address_lacks_nothing():
    assert missing_parts(Place(**FULL)) == ()


@pytest.mark.parametrize("field", ["name", "street", "city", "region", "postal_code", "country"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_what_a_driver_needs_and_is_blank_is_missing(field, blank):
    assert missing_parts(Place(**{**FULL, field: blank})) == (field,)


@pytest.mark.parametrize("zone", ["", "CST", "Chicago", "+06:00"])
def test_a_zone_that_is_not_in_the_iana_database_is_refused(zone):
    with pytest.raises(UnknownZone, match="no time zone is called"):
        Place(**{**FULL, "zone": zone})


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "Dallas, TX"),
        ({"region": ""}, "Dallas"),
        ({"city": ""}, "TX"),
        ({"city": "", "region": ""}, "Acme Dallas"),
    ],
    ids=["city and region", "city", "region", "neither"],
)
def test_a_place_is_called_what_a_dispatcher_calls_it(changes, label):
    assert Place(**{**FULL, **changes}).label == label

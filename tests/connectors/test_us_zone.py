"""Which time zone an American address lies in, and where its state and ZIP code leave a doubt."""

import pytest

from drawbar.connectors.us_zone import us_zone
from drawbar.freight.instant import zone


@pytest.mark.parametrize(
    ("region", "postal_code", "expected"),
    [
        ("TX", "75201", "America/Chicago"),
        ("TX", "79901", "America/Denver"),
        ("IL", "", "America/Chicago"),
        ("GA", "30303", "America/New_York"),
        ("FL", "32501", "America/Chicago"),
        ("FL", "32809", "America/New_York"),
        ("IN", "46401", "America/Chicago"),
        ("IN", "46204", "America/Indiana/Indianapolis"),
        ("TN", "37203", "America/Chicago"),
        ("TN", "37402", "America/New_York"),
        ("AZ", "85001", "America/Phoenix"),
        (" tx ", "75201", "America/Chicago"),
    ],
)
def test_a_state_or_its_zip_area_settles_the_zone(region, postal_code, expected):
    assert us_zone(region, postal_code) == expected
    assert zone(expected)


@pytest.mark.parametrize(
    ("region", "postal_code"),
    [("TX", ""), ("TX", "79855"), ("FL", "32456"), ("ON", "M5V"), ("", "75201")],
    ids=["two zones, no ZIP", "a ZIP area in two zones", "another", "not a state", "no state"],
)
def test_a_doubt_stays_a_doubt(region, postal_code):
    assert us_zone(region, postal_code) is None

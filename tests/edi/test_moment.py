"""When it happened, in UTC: by the zone code, or by the zone of the stop."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.edi import UnableToTime, instant
from drawbar.edi.moment import FIXED_MINUTES, PREVAILING
from drawbar.edi.x12.r004010.codes import CODES

SUMMER, WINTER = date(2026, 7, 1), date(2026, 1, 15)
NOON = time(12, 0)


@pytest.mark.parametrize(
    ("on", "code", "hour"),
    [
        (SUMMER, "UT", 12),
        (SUMMER, "GM", 12),
        (SUMMER, "ET", 16),
        (WINTER, "ET", 17),
        (SUMMER, "ES", 17),
        (SUMMER, "ED", 16),
        (WINTER, "CT", 18),
        (SUMMER, "CS", 18),
        (SUMMER, "MD", 18),
        (WINTER, "PT", 20),
        (SUMMER, "AT", 20),
        (WINTER, "TT", 16),
        (SUMMER, "HT", 22),
        (SUMMER, "02", 10),
        (SUMMER, "20", 17),
        (SUMMER, "LT", 17),
        (SUMMER, "", 17),
    ],
)
def test_a_zone_code_fixes_the_instant(on, code, hour):
    found = instant(on, NOON, zone_code=code, stop_zone="America/Chicago")

    assert found == datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("code", ["LT", "", " "], ids=["local", "none", "blank"])
def test_local_time_without_the_stop_s_zone_is_refused(code):
    with pytest.raises(UnableToTime, match="not given"):
        instant(SUMMER, NOON, zone_code=code, stop_zone="")


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("XX", "America/Chicago"),
        ("LT", "Atlantis/Capital"),
        ("LT", "../etc/passwd"),
        ("LT", "\x00"),
    ],
)
def test_an_unknown_zone_is_refused(code, zone):
    with pytest.raises(UnableToTime):
        instant(SUMMER, NOON, zone_code=code, stop_zone=zone)


def test_a_time_that_clocks_skipped_is_refused():
    with pytest.raises(UnableToTime, match="skipped"):
        instant(date(2026, 3, 8), time(2, 30), zone_code="ET", stop_zone="")


def test_an_hour_that_occurs_twice_is_the_earlier_unless_said_otherwise():
    twice = date(2026, 11, 1), time(1, 30)

    earlier = instant(*twice, zone_code="ET", stop_zone="")
    later = instant(*twice, zone_code="ET", stop_zone="", is_later=True)

    assert (earlier.hour, later.hour) == (5, 6)


@given(st.datetimes(), st.sampled_from(sorted(CODES["zone"])))
def test_every_code_we_list_gives_utc_or_a_named_refusal(stated, code):
    try:
        found = instant(stated.date(), stated.time(), zone_code=code, stop_zone="America/Denver")
    except UnableToTime:
        return
    assert found.tzinfo is UTC


def test_every_zone_code_we_list_is_one_we_can_convert():
    assert set(CODES["zone"]) == {"LT", *PREVAILING, *FIXED_MINUTES}

"""The classes of the NMFC, as people and files write them."""

from decimal import Decimal

import msgspec
import pytest

from drawbar.freight.lane import LanePlace
from drawbar.freight.ltl import (
    FREIGHT_CLASSES,
    DensityBand,
    FakRange,
    UnknownFreightClass,
    freight_class,
)


def test_there_are_eighteen_classes_from_50_to_500():
    assert (len(FREIGHT_CLASSES), FREIGHT_CLASSES[0], FREIGHT_CLASSES[-1]) == (18, 50, 500)


@pytest.mark.parametrize("told", ["92.5", " 92.5 ", "092.50", "9.25e1"])
def test_a_class_is_read_however_it_is_written(told):
    assert freight_class(told) == Decimal("92.5")


@pytest.mark.parametrize("told", ["", "49", "71", "925", "NaN", "1e400", "-50", "class 70", "٧٠x"])
def test_what_is_no_class_is_refused_with_those_there_are(told):
    with pytest.raises(UnknownFreightClass, match=r"50, 55, .*, 92\.5, .*, 500"):
        freight_class(told)


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (FakRange, {"clause": "F", "class_from": "50", "class_to": "100", "rated_as": "71"}),
        (FakRange, {"clause": "F", "class_from": "100", "class_to": "50", "rated_as": "70"}),
        (DensityBand, {"from_lb_per_cubic_ft": "-1", "freight_class": "70"}),
        (DensityBand, {"from_lb_per_cubic_ft": "1", "freight_class": "7"}),
    ],
    ids=["rated as no class", "ends before it begins", "below nothing", "no class"],
)
def test_terms_that_cannot_be_are_refused(of, told):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(told, of, strict=False)


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (LanePlace(), "anywhere"),
        (LanePlace(city="Omaha", region="NE", country="US"), "Omaha, NE, US"),
        (LanePlace(zone="MIDWEST"), "zone MIDWEST"),
        (LanePlace(postal_prefix="651", country="US"), "651, US"),
    ],
    ids=["any", "city", "zone", "postal"],
)
def test_an_end_of_a_lane_is_said_as_people_say_it(place, label):
    assert place.label == label

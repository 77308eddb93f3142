"""Rules and worked examples that others published, restated as contracts; the figures are theirs.

Deficit: InSite (help for release 3.30, "Calculate Rated LTL Shipment").
Density: Central Freight Lines ("Density Calculator", measuring tips and class reference),
Mercury ("Density Calculator", how to measure), freightclasscalc.com ("How is freight density class
calculated?"). All state the density guideline of the NMFC, the last one with rounder bands.
"""

from decimal import Decimal

import pytest

from drawbar.freight.lane import LaneRate
from drawbar.freight.ltl import DensityBand, DensityTable, LtlTerms
from drawbar.rating.density import ByDensity, class_by_density
from drawbar.rating.linehaul import linehaul
from drawbar.rating.unrated import Unrated
from tests.rating.ltl_terms import breaks, contract, goods, load

INSITE = LaneRate(clause="tiers", breaks=breaks({"1": "14.38", "500": "10.29"}))
ALTERNATE = contract(ltl=LtlTerms())
AS_IS = contract(ltl=LtlTerms(deficit=False))


def charged(terms, pounds: str) -> str:
    charge = linehaul(terms, INSITE, load(goods(pounds)))
    assert not isinstance(charge, Unrated), charge
    return str(charge.charge.money.amount)


def test_insite_450_lb_cost_64_71_by_their_tier_and_51_45_as_500():
    assert charged(AS_IS, "450") == "64.71"
    assert charged(ALTERNATE, "450") == "51.45"


def test_insite_the_break_even_lies_at_357_78_lb():
    assert charged(ALTERNATE, "357.78") == charged(AS_IS, "357.78") == "51.45"
    assert charged(ALTERNATE, "357.70") == charged(AS_IS, "357.70") == "51.44"
    assert charged(AS_IS, "357.85") == "51.46"
    assert charged(ALTERNATE, "357.85") == "51.45"


def bands(told: str) -> tuple[DensityBand, ...]:
    """Read "from:class" pairs, densest last."""
    pairs = (one.split(":") for one in told.split())
    return tuple(
        DensityBand(from_lb_per_cubic_ft=Decimal(begin), freight_class=of) for begin, of in pairs
    )


EIGHTEEN = bands(
    "0:500 1:400 2:300 3:250 4:200 5:175 6:150 7:125 8:110 9:100 10.5:92.5 12:85 13.5:77.5"
    " 15:70 22.5:65 30:60 35:55 50:50"
)
ROUGH = bands(
    "0:500 1:400 2:300 3:250 4:200 5:175 6:150 7:125 8:110 9:100 10:92.5 12:85 13:77.5 15:70"
    " 22:65 30:60 35:55 50:50"
)


@pytest.mark.parametrize(
    ("table", "sides", "pounds", "density", "freight_class"),
    [
        (EIGHTEEN, (48, 40, 28), "110", "3.54", "250"),
        (EIGHTEEN, (25, 24, 23), "90", "11.27", "92.5"),
        (EIGHTEEN, (46, 42, 29), "120", "3.70", "250"),
        (ROUGH, (40, 48, 48), "425", "7.97", "125"),
    ],
    ids=["Central Freight pallet", "Mercury carton", "Mercury pallet", "freightclasscalc pallet"],
)
def test_the_class_by_density_is_the_published_one(table, sides, pounds, density, freight_class):
    length, width, height = map(Decimal, sides)
    line = goods(pounds, length_in=length, width_in=width, height_in=height)

    found = class_by_density(line, DensityTable(clause="D", version="published", bands=table))

    assert isinstance(found, ByDensity)
    assert found.freight_class == freight_class
    assert f"{density} lb per cubic foot" in found.step.text

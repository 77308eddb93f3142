"""Every clause of a contract stands on its page, under the name that a charge points at."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.freight.accessorial import (
    AccessorialRate,
    DetentionRate,
    Evidence,
    FreeTime,
    PassThrough,
    TonuRate,
    Unit,
)
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, QuickPay, Side
from drawbar.freight.exchange import ExchangeTerms
from drawbar.freight.fuel import FuelBand, FuelFormula, FuelSteps, FuelTerms, FuelWindow
from drawbar.freight.lane import Distance, LanePlace, LaneRate, MileageBand, RateZone, WeightBreak
from drawbar.freight.ltl import DensityBand, DensityTable, FakRange, LtlTerms
from drawbar.freight.tax import TaxTerms
from drawbar.web.desks.contract_clauses import beyond_said, fuel_said, ltl_said
from drawbar.web.desks.contract_lanes import distances_said, lanes_said
from drawbar.web.desks.rendering import render


def d(text: str) -> Decimal:
    return Decimal(text)


FULL = Contract(
    contract_ref="ABCD-2026",
    version=4,
    side=Side.BUY,
    party_ref="ABCD",
    currency="USD",
    valid_from=date(2026, 1, 1),
    known_at=datetime(2026, 1, 1, tzinfo=UTC),
    lanes=(
        LaneRate(
            clause="W1",
            destination=LanePlace(zone="PLAINS"),
            breaks=(
                WeightBreak(from_lb=d("500"), per_cwt=d("10.29"), freight_class="92.5"),
                WeightBreak(from_lb=d("0"), per_cwt=d("14.38")),
            ),
            discount_percent=d("70"),
            minimum=d("95"),
        ),
        LaneRate(clause="B1", bands=(MileageBand(to_mi=d("500"), per_mile=d("2.125")),)),
        LaneRate(clause="K1", per_km=d("1.4"), distance_km=d("1054"), equipment="reefer"),
    ),
    zones=(RateZone(zone="PLAINS", places=(LanePlace(region="NE"), LanePlace(region="KS"))),),
    distances=(Distance(clause="G36", destination=LanePlace(region="NE"), mi=d("655")),),
    ltl=LtlTerms(
        discount_percent=d("60"),
        minimum=d("80"),
        fak=(FakRange(clause="F1", class_from=d("50"), class_to=d("100"), rated_as="70"),),
        density=DensityTable(
            clause="D1",
            version="2025-07",
            bands=(DensityBand(from_lb_per_cubic_ft=d("8"), freight_class="125"),),
        ),
    ),
    fuel_index=FuelTerms(
        clause="FS",
        index="EIA-US",
        window=FuelWindow(weekday=2),
        bands=(FuelBand(from_price=d("3.50"), to_price=d("3.56"), percent=d("29")),),
        steps=FuelSteps(base_price=d("1.20"), step=d("0.06"), per_mile=d("0.01")),
        formula=FuelFormula(peg=d("1.20"), miles_per_gallon=d("6")),
    ),
    detention=DetentionRate(clause="DET", rate=d("18.75"), cap=d("300")),
    detention_at_delivery=DetentionRate(
        clause="DET-D",
        rate=d("20"),
        free_time_by_weight=(FreeTime(from_lb=d("0"), minutes=30),),
        needs_approval=True,
    ),
    tonu=TonuRate(clause="T1", amount=d("250")),
    accessorials=(
        AccessorialRate(clause="LUM", kind=ChargeKind.LUMPER, amount=d("0"), per=Unit.RECEIPT),
        AccessorialRate(
            clause="LG",
            kind=ChargeKind.LIFTGATE,
            amount=d("85"),
            evidence=(Evidence.RECEIPT,),
            place_is="residential",
        ),
    ),
    pass_through=(
        PassThrough(clause="P1", kind=ChargeKind.LUMPER, markup_percent=d("5"), cap=d("200")),
    ),
    tax=(TaxTerms(clause="V1", category="S", percent=d("19")),),
    exchange=ExchangeTerms(clause="X1", source="ECB"),
    quick_pay=QuickPay(clause="Q1", percent=d("2"), days=5),
)


def page(contract: Contract) -> str:
    answer = render(
        "contract.html",
        contract=contract,
        versions=[contract],
        applied=[],
        changed=(),
        home_zone="America/Chicago",
        lanes=lanes_said(contract),
        distances=distances_said(contract),
        ltl=ltl_said(contract),
        fuel=fuel_said(contract),
        beyond=beyond_said(contract),
    )
    return str(answer.content)


@pytest.mark.parametrize(
    "clause",
    ["W1", "B1", "K1", "F1", "D1", "FS", "DET", "DET-D", "T1", "LUM", "LG", "P1", "V1", "X1", "Q1"],
)
def test_every_clause_stands_once_under_its_name(clause):
    assert page(FULL).count(f'id="clause-{clause}"') == 1


@pytest.mark.parametrize(
    "words",
    [
        "zone PLAINS",
        "NE; KS",
        "10.29 USD",
        "0 to under 500",
        "2.125 USD a mile",
        "1.40 USD a km",
        "1,054 km",
        "655 mi",
        "60 % off the gross linehaul by weight",
        "classes 50 to 100 are rated as 70",
        "version 2025-07, pounds per cubic foot: from 8 class 125",
        "from the Wednesday on or after its own day",
        "3.5 to under 3.56: 29 %",
        "0.01 USD a mile for each begun 0.06 above 1.2",
        "(price - 1.2) / 6 a mile",
        "30 min from 0 lb free",
        "at most 300.00 USD",
        "as the receipt says",
        "must be on file: receipt; where the stop is residential",
        "plus 5 %, at most 200.00 USD",
        "19 % on everything else",
        "by ECB of the day of the invoice",
        "2 % off for payment within 5 days",
    ],
)
def test_what_a_clause_says_is_said(words):
    assert words in page(FULL).replace("&#39;", "'")


def test_a_contract_of_nothing_says_so():
    bare = Contract(
        contract_ref="BARE",
        version=1,
        side=Side.SELL,
        party_ref="GLOBEX",
        currency="EUR",
        valid_from=date(2026, 1, 1),
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
        lanes=(),
    )

    for words in ("It prices no lane.", "It grants none.", "It grants nothing else."):
        assert words in page(bare)

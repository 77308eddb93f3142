"""Whose bill is missing, and what of it. Agreed: linehaul 1,650.00, detention of stops 1 and 2."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.settlement.chase import missing_from, unbilled

HAUL, DETENTION = ChargeKind.LINEHAUL, ChargeKind.DETENTION


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def agreed(ref: str, kind: ChargeKind, amount: str, stop=0) -> AgreedCharge:
    charge = Charge(kind=kind, money=usd(amount), stop=stop)
    return AgreedCharge(charge_ref=ref, charge=charge, why=Explanation(rule="test"))


LINEHAUL = agreed("linehaul", HAUL, "1650.00")
FIRST = agreed("detention:1", DETENTION, "75.00", 1)
SECOND = agreed("detention:2", DETENTION, "168.75", 2)


def line(kind: ChargeKind, stop=0) -> BillLine:
    return BillLine(number=1, kind=kind, money=usd("1.00"), stop=stop)


@pytest.mark.parametrize(
    ("zone", "delivered", "missing"),
    [
        ("UTC", datetime(2026, 1, 10, 9, tzinfo=UTC), datetime(2026, 2, 24, tzinfo=UTC)),
        (
            "America/Chicago",
            datetime(2026, 1, 11, 5, 59, tzinfo=UTC),
            datetime(2026, 2, 24, 6, tzinfo=UTC),
        ),
        (
            "America/Chicago",
            datetime(2026, 1, 11, 6, tzinfo=UTC),
            datetime(2026, 2, 25, 6, tzinfo=UTC),
        ),
    ],
    ids=["the 10th", "the last minute of the 10th there", "the 11th there"],
)
def test_m20_a_bill_is_missing_45_days_after_the_day_of_delivery(zone, delivered, missing):
    assert missing_from(delivered, days=45, zone=zone) == missing


@pytest.mark.parametrize(
    ("billed", "released", "left"),
    [
        ([], {}, [LINEHAUL, FIRST, SECOND]),
        ([line(HAUL)], {}, [FIRST, SECOND]),
        ([line(DETENTION, 2)], {}, [LINEHAUL, FIRST]),
        ([line(DETENTION)], {}, [LINEHAUL]),
        ([line(HAUL, 2)], {}, [FIRST, SECOND]),
        ([line(ChargeKind.LUMPER, 1)], {}, [LINEHAUL, FIRST, SECOND]),
        ([], {"linehaul": "1650.00"}, [FIRST, SECOND]),
        ([], {"linehaul": "1649.99"}, [LINEHAUL, FIRST, SECOND]),
        ([], {"detention:2": "200.00"}, [LINEHAUL, FIRST]),
    ],
    ids=[
        "no bill", "one charge", "one stop", "a line of no stop", "a charge of no stop",
        "another kind", "all of it let go", "a cent still expected", "more than it let go",
    ],
)  # fmt: skip
def test_m20_what_no_bill_spoke_of_and_is_still_expected_is_missing(billed, released, left):
    freed = {ref: usd(amount) for ref, amount in released.items()}

    assert unbilled([LINEHAUL, FIRST, SECOND], billed=billed, released=freed) == tuple(left)


def test_m20_a_charge_of_nothing_is_not_missed_and_one_of_a_cent_is():
    nothing, cent = agreed("a", HAUL, "0.00"), agreed("b", HAUL, "0.01")

    assert unbilled([nothing, cent], billed=[], released={}) == (cent,)

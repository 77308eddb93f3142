"""What the end of a dispute uses up. Agreed: a provisional fuel of 412.50, linehaul 1,650.00."""

from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.verdict import Judgement, LineVerdict, OpenCharge, Reason
from drawbar.matching.concession import backed_by, conceded_uses

Kind = ChargeKind


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def agreed(kind: Kind, amount: str, used="0", provisional=False) -> OpenCharge:
    one = AgreedCharge(
        charge_ref=kind.value,
        charge=Charge(kind=kind, money=usd(amount)),
        why=Explanation(rule="test"),
        provisional=provisional,
    )
    return OpenCharge(agreed=one, used=usd(used))


CHARGES = (
    agreed(Kind.LINEHAUL, "1650.00", "1600.00"),
    agreed(Kind.FUEL_SURCHARGE, "412.50", "0", True),
)


@pytest.mark.parametrize(
    ("kind", "money", "backed"),
    [
        (Kind.LINEHAUL, "30.00", {"linehaul": "30.00"}),
        (Kind.LINEHAUL, "125.00", {"linehaul": "50.00"}),
        (Kind.FUEL_SURCHARGE, "412.50", {"fuel_surcharge": "412.50"}),
        (Kind.LUMPER, "90.00", {}),
        (Kind.LINEHAUL, "0.00", {}),
    ],
    ids=["within what is left", "beyond it", "provisional", "never agreed", "nothing"],
)
def test_a_disputed_amount_is_backed_by_what_is_left(kind, money, backed):
    line = BillLine(number=1, kind=kind, money=usd("2000.00"))

    answer = backed_by(line, usd(money), agreed=CHARGES)

    assert answer == {ref: usd(amount) for ref, amount in backed.items()}


def test_another_currency_backs_nothing():
    line = BillLine(number=1, kind=Kind.LINEHAUL, money=usd("10.00"))

    assert backed_by(line, Money(Decimal(10), "CAD"), agreed=CHARGES) == {}


def short_paid(**uses: str) -> LineVerdict:
    return LineVerdict(
        line=BillLine(number=1, kind=Kind.LINEHAUL, money=usd("1725.00")),
        judgement=Judgement.SHORT_PAID,
        payable=usd("1600.00"),
        disputed=usd("125.00"),
        reason=Reason.RATE,
        uses={ref: usd(amount) for ref, amount in uses.items()},
    )


@pytest.mark.parametrize(
    ("uses", "conceded", "used"),
    [
        ({"linehaul": "1600.00"}, "125.00", {"linehaul": "125.00"}),
        ({"linehaul": "1600.00"}, "40.00", {"linehaul": "40.00"}),
        ({"other": "1600.00"}, "60.00", {"linehaul": "50.00", "other": "10.00"}),
        ({"a": "1.00", "b": "1.00"}, "60.00", {"linehaul": "50.00", "b": "10.00"}),
        ({}, "60.00", {"linehaul": "50.00"}),
    ],
    ids=["beyond what is left", "within it", "on another charge", "on two", "on no charge"],
)
def test_what_is_conceded_is_used_so_that_a_credit_opens_nothing(uses, conceded, used):
    answer = conceded_uses(short_paid(**uses), usd(conceded), agreed=CHARGES)

    assert answer == {ref: usd(amount) for ref, amount in used.items()}

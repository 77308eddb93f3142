"""What the end of a dispute uses up. Agreed: a provisional fuel of 412.50, linehaul 1,650.00."""

from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.verdict import Judgement, LineVerdict, OpenCharge, Reason
from drawbar.matching.concession import Conceded, backed_by, conceded_uses, counted

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


def conceded(amount: str, *, stop=0, on="") -> Conceded:
    return Conceded(kind=Kind.LUMPER, stop=stop, money=usd(amount), charge_ref=on)


def lumper(ref: str, amount: str, stop=0) -> AgreedCharge:
    charge = Charge(kind=Kind.LUMPER, money=usd(amount), stop=stop)
    return AgreedCharge(charge_ref=ref, charge=charge, why=Explanation(rule="test"))


@pytest.mark.parametrize(
    ("one", "charges", "used", "waits"),
    [
        (conceded("100.00"), (lumper("a", "100.00"),), {"a": "100.00"}, "0"),
        (conceded("100.00", stop=2), (lumper("a", "60.00"),), {"a": "60.00"}, "40.00"),
        (conceded("50.00", stop=2), (lumper("a", "50"), lumper("b", "50", 2)), {"b": "50.00"}, "0"),
        (conceded("50.00", stop=2), (lumper("a", "50.00", 3),), {}, "50.00"),
        (conceded("50.00"), (), {}, "50.00"),
    ],
    ids=["all of it", "a part of it", "its own stop first", "another stop", "nothing agreed yet"],
)
def test_a_concession_uses_up_what_is_agreed_for_its_kind_and_stop_later(one, charges, used, waits):
    answer = counted((one,), agreed=charges, used={})

    assert answer.used == {ref: usd(amount) for ref, amount in used.items()}
    assert sum(left.money.amount for left in answer.conceded) == Decimal(waits)


def test_a_concession_on_top_of_a_charge_moves_to_the_next():
    charges = (lumper("a", "100.00"), lumper("b", "30.00"))

    answer = counted((conceded("50.00", on="a"),), agreed=charges, used={"a": usd("150.00")})

    assert answer.used == {"a": usd("120.00"), "b": usd("30.00")}
    assert answer.conceded == (conceded("20.00", on="a"),)


def test_a_concession_that_a_higher_agreement_covers_counts_no_more():
    charges = (lumper("a", "150.00"), lumper("b", "30.00"))

    answer = counted((conceded("50.00", on="a"),), agreed=charges, used={"a": usd("150.00")})

    assert (answer.used, answer.conceded) == ({"a": usd("150.00")}, ())

"""What is conceded beyond all that is agreed: which money, for what, and on top of which charge."""

from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.verdict import Judgement, LineVerdict, OpenCharge
from drawbar.matching.concession import Conceded, Counted, counted, unbacked

LUMPER = ChargeKind.LUMPER


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def lumper(ref: str, amount: str, stop=0) -> AgreedCharge:
    charge = Charge(kind=LUMPER, money=usd(amount), stop=stop)
    return AgreedCharge(charge_ref=ref, charge=charge, why=Explanation(rule="test"))


def conceded(amount: str, *, stop=0, on="") -> Conceded:
    return Conceded(kind=LUMPER, stop=stop, money=usd(amount), charge_ref=on)


def verdict(*on: str) -> LineVerdict:
    """Return a lumper line of 90.00 at stop 2, disputed, paid before on these charges."""
    return LineVerdict(
        line=BillLine(number=1, kind=LUMPER, money=usd("90.00"), stop=2),
        judgement=Judgement.STOPPED,
        payable=usd("0.00"),
        disputed=usd("90.00"),
        uses={ref: usd("1.00") for ref in on},
    )


@pytest.mark.parametrize(
    ("amount", "on", "beyond"),
    [
        ("90.00", (), (conceded("40.00", stop=2),)),
        ("50.01", ("lumper:1", "lumper:2"), (conceded("0.01", stop=2, on="lumper:2"),)),
        ("50.00", (), ()),
    ],
    ids=["never paid", "on top of the last charge", "all of it is agreed"],
)
def test_what_no_charge_backs_is_told_with_its_kind_stop_and_charge(amount, on, beyond):
    agreed = (OpenCharge(agreed=lumper("a", "50.00"), used=usd("0")),)

    assert unbacked(verdict(*on), usd(amount), agreed=agreed) == beyond


@pytest.mark.parametrize(
    ("one", "charges", "used", "after"),
    [
        (
            conceded("50.00"),
            [lumper("a", "100.00")],
            {"a": "30.00"},
            Counted(used={"a": usd("80.00")}, conceded=()),
        ),
        (
            conceded("50.00"),
            [lumper("a", "30.50")],
            {"a": "30.00"},
            Counted(used={"a": usd("30.50")}, conceded=(conceded("49.50"),)),
        ),
        (
            conceded("1.00"),
            [lumper("a", "0.50")],
            {},
            Counted(used={"a": usd("0.50")}, conceded=(conceded("0.50"),)),
        ),
        (
            conceded("50.00", on="gone"),
            [lumper("b", "30.00")],
            {"gone": "50.00"},
            Counted(
                used={"gone": usd("20.00"), "b": usd("30.00")},
                conceded=(conceded("20.00", on="gone"),),
            ),
        ),
        (
            conceded("50.00", on="a"),
            [lumper("a", "40.00"), lumper("b", "30.00")],
            {},
            Counted(used={}, conceded=()),
        ),
    ],
    ids=[
        "beside what bills used",
        "half a dollar of room",
        "half a dollar waits",
        "on a charge that is agreed no more",
        "on a charge that nothing is paid on",
    ],
)
def test_a_concession_is_counted_to_the_cent(one, charges, used, after):
    before = {ref: usd(amount) for ref, amount in used.items()}

    assert counted((one,), agreed=tuple(charges), used=before) == after

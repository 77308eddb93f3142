"""What a charge would come to if a figure of the carrier were right: linehaul in two lines."""

from decimal import Decimal

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.verdict import Reason, Supposition
from drawbar.matching.reason import Priced, excess_reason


def line(number: int, amount: str, currency: str = "USD", kind=ChargeKind.LINEHAUL) -> BillLine:
    return BillLine(number=number, kind=kind, money=Money(Decimal(amount), currency))


def miles(amount: str | None, currency: str = "USD", text: str = "550 miles") -> Supposition:
    money = Money(Decimal(amount), currency) if amount else None
    return Supposition(reason=Reason.MILES, money=money, text=text)


LINES = (
    line(1, "600.00"),
    line(2, "500.00"),
    line(3, "70.00", "CAD"),
    line(4, "9.00", kind=ChargeKind.LUMPER),
)


@pytest.mark.parametrize(
    ("supposed", "why"),
    [
        ([miles("600.00")], (Reason.MILES, "550 miles")),
        ([miles("1100.00")], (Reason.MILES, "550 miles")),
        ([miles("600.01")], (Reason.RATE, "")),
        ([miles("600.00", "CAD")], (Reason.RATE, "")),
        ([miles("1.00"), miles("600.00", text="560 miles")], (Reason.MILES, "560 miles")),
        (
            [miles(None), miles(None, text="class 70")],
            (Reason.RATE, "550 miles; class 70"),
        ),
        ([miles(None), miles("600.00", text="560 miles")], (Reason.MILES, "560 miles")),
        ([], (Reason.RATE, "")),
    ],
    ids=[
        "the line", "all lines of its kind and currency", "a cent beside it", "another currency",
        "the first that fits", "figures that differ and explain nothing", "one that does", "none",
    ],
)  # fmt: skip
def test_an_excess_is_explained_by_the_first_figure_that_comes_to_it_to_the_cent(supposed, why):
    priced = Priced(lines=LINES, agreed=(), suppose=lambda _: supposed)

    assert excess_reason(LINES[0], priced) == why

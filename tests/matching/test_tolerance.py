"""How far above what was agreed a bill is paid as billed: TOL-A, first cent over.

Bill over 2 % and 25.00; line over 5 %; bill under 10 % and 200.00. Both of a pair must hold.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import OpenCharge
from drawbar.matching.draw import Drawn, draw
from drawbar.matching.tolerance import bill_passes, line_passes, overcharge, residues

KINDS = (ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE, ChargeKind.LUMPER)
TOL_A = Tolerance()


def drawing(*pairs: tuple[str, str], used="0"):
    """Return what lines draw, one of each kind: (billed, agreed)."""
    lines, charges = [], []
    for number, (kind, (billed, agreed)) in enumerate(zip(KINDS, pairs, strict=False)):
        lines.append(BillLine(number=number, kind=kind, money=usd(billed)))
        charge = AgreedCharge(
            charge_ref=kind.value,
            charge=Charge(kind=kind, money=usd(agreed)),
            why=Explanation(rule="test"),
        )
        charges.append(OpenCharge(agreed=charge, used=usd(used)))
    return draw(tuple(lines), agreed=charges, currency="USD")


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def passes(*pairs: tuple[str, str], tolerance=TOL_A, used="0") -> tuple[bool, bool]:
    drawn = drawing(*pairs, used=used)
    draws = [one for one in drawn.draws if isinstance(one, Drawn)]
    lines = all(line_passes(one, tolerance) for one in draws)
    return lines, bill_passes(draws, drawn.pots, tolerance)


@pytest.mark.parametrize(
    ("pairs", "lines", "bill"),
    [
        ([("1000.00", "1000.00")], True, True),
        ([("1020.00", "1000.00")], True, True),
        ([("1020.01", "1000.00")], True, False),
        ([("2025.00", "2000.00")], True, True),
        ([("2025.01", "2000.00")], True, False),
        ([("105.00", "100.00"), ("1000.00", "1000.00")], True, True),
        ([("105.01", "100.00"), ("1000.00", "1000.00")], False, True),
        ([("1010.00", "1000.00"), ("1010.01", "1000.00")], True, True),
        ([("1012.50", "1000.00"), ("1012.50", "1000.00")], True, True),
        ([("1012.50", "1000.00"), ("1012.51", "1000.00")], True, False),
        ([("1050.00", "1000.00"), ("950.00", "1000.00")], True, False),
    ],
    ids=[
        "as agreed",
        "2 % of the bill",
        "first cent over 2 %",
        "25.00",
        "first cent over 25.00",
        "5 % of the line",
        "first cent over 5 % of the line",
        "two lines together within",
        "two lines together 25.00",
        "two lines together first cent over",
        "too little there does not make up for too much here",
    ],
)
def test_pays_up_to_the_tolerance_and_not_a_cent_above(pairs, lines, bill):
    assert passes(*pairs) == (lines, bill)


def test_is_compared_unrounded():
    third = Tolerance(bill_over_percent=Decimal("0.333"), line_over_percent=Decimal("0.333"))

    assert passes(("1003.33", "1000.00"), tolerance=third) == (True, True)
    assert passes(("1003.34", "1000.00"), tolerance=third) == (False, False)


def test_is_a_percent_of_what_was_left_of_the_charge():
    assert passes(("102.00", "1000.00"), used="900") == (True, True)
    assert passes(("102.01", "1000.00"), used="900") == (True, False)
    assert passes(("105.01", "1000.00"), used="900") == (False, False)


def test_zero_tolerance_is_affordable():
    none = Tolerance(
        bill_over_percent=Decimal(0), bill_over=Decimal(0), line_over_percent=Decimal(0)
    )

    assert passes(("1000.00", "1000.00"), tolerance=none) == (True, True)
    assert passes(("1000.01", "1000.00"), tolerance=none) == (False, False)


@pytest.mark.parametrize(
    ("pairs", "rest"),
    [
        ([("900.00", "1000.00")], {"linehaul": Decimal("100.00")}),
        ([("899.99", "1000.00")], {}),
        ([("2800.00", "3000.00")], {"linehaul": Decimal("200.00")}),
        ([("2799.99", "3000.00")], {}),
        (
            [("950.00", "1000.00"), ("90.00", "100.00")],
            {"linehaul": Decimal("50.00"), "fuel_surcharge": Decimal("10.00")},
        ),
        ([("1900.00", "2000.00"), ("1899.99", "2000.00")], {}),
        ([("950.00", "1000.00"), ("110.00", "100.00")], {"linehaul": Decimal("50.00")}),
    ],
    ids=[
        "10 %",
        "first cent under 10 %",
        "200.00",
        "first cent under 200.00",
        "two lines together",
        "two lines together first cent under",
        "only what is low",
    ],
)
def test_what_is_billed_a_little_low_is_not_expected_any_more(pairs, rest):
    assert residues(drawing(*pairs).pots, TOL_A).released == rest


cents = st.integers(1, 300_000).map(lambda count: str(Decimal(count).scaleb(-2)))


@given(st.lists(st.tuples(cents, cents), min_size=1, max_size=3), st.data())
def test_a_line_billed_lower_never_makes_room_for_another(pairs, data):
    drawn = drawing(*pairs)
    over = overcharge(one for one in drawn.draws if isinstance(one, Drawn))
    assert over == sum(max(Decimal(b) - Decimal(a), Decimal(0)) for b, a in pairs)

    lower = data.draw(st.integers(0, len(pairs) - 1))
    billed, agreed = pairs[lower]
    if Decimal(billed) <= Decimal(agreed):
        cheaper = [*pairs[:lower], ("0.01", agreed), *pairs[lower + 1 :]]
        assert passes(*cheaper) == passes(*pairs)

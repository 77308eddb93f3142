"""Each comparison with the tolerance, whole: which limits, which figures, what each says."""

from decimal import Decimal

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.party import Measure, Tolerance
from drawbar.freight.verdict import Comparison, Level
from drawbar.matching.draw import Drawn
from drawbar.matching.pot import Pot
from drawbar.matching.tolerance import (
    Residues,
    bill_passes,
    charge_passes,
    compare_bill,
    compare_line,
    line_passes,
    residues,
)

BOTH, GREATER = Measure.BOTH, Measure.GREATER
TOL = Tolerance(
    bill_over_percent=Decimal(2),
    bill_over=Decimal(25),
    bill_under_percent=Decimal(10),
    bill_under=Decimal(200),
    bill_measure=BOTH,
    line_over_percent=Decimal(5),
    line_over=Decimal(50),
    line_under_percent=Decimal(4),
    line_under=Decimal(40),
    line_measure=GREATER,
)
"""The bill: over 2 % and 25, under 10 % and 200. A line: over 5 % or 50, under 4 % or 40."""

NO_LINE_LIMIT = Tolerance(line_over_percent=None)
ONLY_LINES = Tolerance(
    bill_over_percent=None,
    bill_over=None,
    bill_under_percent=None,
    bill_under=None,
    line_over_percent=Decimal(5),
)


def drawn(excess: str, base: str = "1000.00", earlier: str = "0", number=3) -> Drawn:
    money = Money(Decimal(base) + Decimal(excess), "USD")
    line = BillLine(number=number, kind=ChargeKind.LINEHAUL, money=money)
    return Drawn(line, {"a": Decimal(base)}, Decimal(excess), Decimal(base), Decimal(earlier))


def pot(agreed: str, left: str = "0", ref="a", *, drawn=True, **said: str | bool) -> Pot:
    figures = {name: Decimal(one) if isinstance(one, str) else one for name, one in said.items()}
    return Pot(
        charge_ref=ref,
        kind=ChargeKind.LINEHAUL,
        stop=0,
        currency="USD",
        provisional=False,
        agreed=Decimal(agreed),
        left=Decimal(left),
        drawn=drawn,
        **({"used": Decimal(0)} | figures),
    )


def test_a_line_is_weighed_by_the_limits_of_lines():
    assert compare_line(drawn("45.00", earlier="10.00"), TOL) == Comparison(
        level=Level.LINE,
        about="3",
        difference=Decimal("45.00"),
        earlier=Decimal("10.00"),
        base=Decimal("1000.00"),
        limit_percent=Decimal(5),
        limit=Decimal(50),
        measure=GREATER,
        percent_holds=False,
        amount_holds=False,
        holds=False,
    )


def test_a_bill_is_weighed_by_all_its_excess_over_all_that_it_draws_on():
    draws = [drawn("20.00"), drawn("4.50"), drawn("0.00")]
    pots = [pot("1000.00", tolerated="0.40"), pot("500.00", tolerated="0.10")]
    unbilled = pot("300.00", "300.00", "c", drawn=False)

    assert compare_bill(iter(draws), iter([*pots, unbilled]), TOL) == Comparison(
        level=Level.BILL,
        about="",
        difference=Decimal("24.50"),
        earlier=Decimal("0.50"),
        base=Decimal("1500.00"),
        limit_percent=Decimal(2),
        limit=Decimal(25),
        measure=BOTH,
        percent_holds=True,
        amount_holds=True,
        holds=True,
    )


@pytest.mark.parametrize(
    ("excess", "base", "measure", "limits", "says"),
    [
        ("20.00", "1000.00", BOTH, ("2", "25"), (True, True, True)),
        ("20.01", "1000.00", BOTH, ("2", "25"), (False, True, False)),
        ("20.01", "1000.00", GREATER, ("2", "25"), (False, True, True)),
        ("25.00", "2000.00", BOTH, ("2", "25"), (True, True, True)),
        ("25.01", "2000.00", BOTH, ("2", "25"), (True, False, False)),
        ("25.01", "2000.00", GREATER, ("2", "25"), (True, False, True)),
        ("25.01", "1000.00", GREATER, ("2", "25"), (False, False, False)),
        ("20.00", "1000.00", BOTH, ("2", None), (True, None, True)),
        ("20.01", "1000.00", GREATER, ("2", None), (False, None, False)),
        ("25.00", "1000.00", GREATER, (None, "25"), (None, True, True)),
        ("25.01", "9000.00", BOTH, (None, "25"), (None, False, False)),
        ("0.00", "0.00", BOTH, ("0", "0"), (True, True, True)),
        ("0.01", "0.00", BOTH, ("2", None), (False, None, False)),
    ],
    ids=[
        "2 %", "first cent over 2 %", "the amount is greater", "25.00", "first cent over 25.00",
        "the percent is greater", "above both", "percent only", "percent only, over",
        "amount only", "amount only, over", "nothing of nothing", "a cent of nothing",
    ],
)  # fmt: skip
def test_limits_are_inclusive_and_both_must_hold_or_the_greater(
    excess, base, measure, limits, says
):
    percent, amount = (None if one is None else Decimal(one) for one in limits)
    tolerance = Tolerance(line_over_percent=percent, line_over=amount, line_measure=measure)

    asked = compare_line(drawn(excess, base), tolerance)

    assert asked
    assert (asked.percent_holds, asked.amount_holds, asked.holds) == says
    assert line_passes(drawn(excess, base), tolerance) is says[2]


def test_what_has_no_limit_is_not_asked_and_passes():
    assert compare_line(drawn("999.00"), NO_LINE_LIMIT) is None
    assert line_passes(drawn("999.00"), NO_LINE_LIMIT) is True
    assert compare_bill([drawn("999.00")], [pot("1000.00")], ONLY_LINES) is None
    assert bill_passes([drawn("999.00")], [pot("1000.00")], ONLY_LINES) is True


def test_what_earlier_bills_were_let_pass_counts_once_more():
    assert line_passes(drawn("45.00", earlier="5.00"), TOL) is True
    assert line_passes(drawn("45.01", earlier="5.00"), TOL) is False
    assert bill_passes([drawn("15.00")], [pot("1000.00", tolerated="5.00")], TOL) is True
    assert bill_passes([drawn("15.01")], [pot("1000.00", tolerated="5.00")], TOL) is False


@pytest.mark.parametrize(
    ("over", "tolerance", "passes"),
    [
        ("50.00", TOL, True),
        ("50.01", TOL, False),
        ("20.00", NO_LINE_LIMIT, True),
        ("20.01", NO_LINE_LIMIT, False),
        ("60.00", Tolerance(line_over_percent=None, line_over=Decimal(60)), True),
        ("60.01", Tolerance(line_over_percent=None, line_over=Decimal(60)), False),
        ("50.01", Tolerance(line_over_percent=Decimal(5)), False),
    ],
    ids=[
        "5 % of the line", "first cent over it", "2 % where lines have no limit",
        "first cent over 2 %", "an amount is a limit of lines", "first cent over it too",
        "a percent is a limit of lines",
    ],
)  # fmt: skip
def test_one_charge_is_weighed_by_the_limits_of_lines_else_of_the_bill(over, tolerance, passes):
    answer = charge_passes(Decimal(over), agreed=Decimal("1000.00"), tolerance=tolerance)

    assert answer is passes


def test_a_rule_that_limits_only_a_bill_by_nothing_lets_a_charge_pass():
    under_only = Tolerance(
        bill_over_percent=None, bill_over=None, line_over_percent=None, line_over=Decimal(0)
    )

    assert charge_passes(Decimal("0.01"), agreed=Decimal(10), tolerance=under_only) is False
    assert charge_passes(Decimal("0.00"), agreed=Decimal(10), tolerance=under_only) is True


def under(level: Level, about: str, difference: str, base: str, **said) -> Comparison:
    percent, amount, measure = (10, 200, BOTH) if level is Level.BILL else (4, 40, GREATER)
    return Comparison(
        level=level,
        about=about,
        is_under=True,
        difference=Decimal(difference),
        base=Decimal(base),
        limit_percent=Decimal(percent),
        limit=Decimal(amount),
        measure=measure,
        **said,
    )


def test_what_is_low_is_weighed_charge_by_charge_and_then_in_sum():
    """Of 1,000.00 each a is 30.00 low, b 50.00: above 4 % and 40; c is not billed at all."""
    pots = [
        pot("1000.00", "30.00", "a"),
        pot("1000.00", "50.00", "b"),
        pot("1000.00", "1000.00", "c", drawn=False),
        pot("1000.00", "0.00", "d"),
        pot("0", "7.00", ""),
    ]

    assert residues(iter(pots), TOL) == Residues(
        released={"a": Decimal("30.00")},
        comparisons=(
            under(
                Level.CHARGE, "a", "30.00", "1000.00",
                percent_holds=True, amount_holds=True, holds=True,
            ),
            under(
                Level.CHARGE, "b", "50.00", "1000.00",
                percent_holds=False, amount_holds=False, holds=False,
            ),
            under(
                Level.BILL, "", "87.00", "3000.00",
                percent_holds=True, amount_holds=True, holds=True,
            ),
        ),
    )  # fmt: skip


def test_nothing_is_final_while_the_bill_in_sum_is_too_low():
    low = [pot("1000.00", "40.00", ref) for ref in "abcde"] + [pot("1000.00", "0.01", "f")]
    answer = residues(low, TOL)

    assert answer.released == {}
    assert [one.holds for one in answer.comparisons] == [*[True] * 6, False]


def test_a_bill_that_is_not_low_is_not_asked():
    assert residues([pot("1000.00", "0.00")], TOL) == Residues(released={}, comparisons=())


def test_where_nobody_asks_all_that_is_low_is_final():
    answer = residues([pot("1000.00", "900.00")], ONLY_LINES)

    assert answer == Residues(released={"a": Decimal("900.00")}, comparisons=())


def test_a_charge_paid_beyond_what_is_agreed_makes_no_room_for_a_low_one():
    over = pot("1000.00", "-150.00", "b")

    assert residues([pot("2000.00", "200.01", "a"), over], TOL).released == {}


def test_a_credit_that_no_line_took_up_is_final_whatever_the_tolerance_says():
    """Of 300.00 that came back 120.00 was billed again; the charge itself is open otherwise."""
    credited = pot(
        "1000.00", "1000.00", "a", drawn=False, used="300.00", credited="300.00", taken="120.00"
    )
    small = pot("100.00", "5.00", "b", drawn=False, used="95.00", credited="300.00")

    assert residues([credited, small], TOL).released == {
        "a": Decimal("180.00"),
        "b": Decimal("5.00"),
    }


def test_a_charge_that_an_earlier_bill_drew_on_is_weighed_where_bills_count_together():
    alone = pot("1000.00", "30.00", "a", drawn=False, used="970.00")
    together = pot("1000.00", "30.00", "a", drawn=False, used="970.00", counts_earlier=True)

    assert residues([alone], TOL).released == {}
    assert residues([together], TOL).released == {"a": Decimal("30.00")}

"""How a bill was weighed, in words. The rule is TOL-A, version 3: 2 % and 25.00 of a bill."""

from decimal import Decimal

import pytest

from drawbar.freight.party import Measure
from drawbar.freight.verdict import Comparison, Evaluation, Level
from drawbar.matching.evaluation import compared, told


def comparison(**said) -> Comparison:
    """Return 74.00 over 2,062.50 of a bill, both limits asked and none holding, unless said."""
    facts = {
        "level": Level.BILL,
        "difference": Decimal("74.00"),
        "base": Decimal("2062.50"),
        "limit_percent": Decimal("2.00"),
        "limit": Decimal("25.00"),
        "measure": Measure.BOTH,
        "holds": False,
    }
    return Comparison(**facts | said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {},
            "the bill may be at most 2 % and 25.00 USD over; "
            "it is 74.00 over 2,062.50 (3.5879 %) and fails",
        ),
        (
            {"measure": Measure.GREATER, "limit": Decimal("1250.00"), "holds": True},
            "the bill may be at most 2 % or 1,250.00 USD over; "
            "it is 74.00 over 2,062.50 (3.5879 %) and passes",
        ),
        (
            {"limit": None},
            "the bill may be at most 2 % over; it is 74.00 over 2,062.50 (3.5879 %) and fails",
        ),
        (
            {"limit_percent": None, "difference": Decimal("1074.00")},
            "the bill may be at most 25.00 USD over; it is 1,074.00 over 2,062.50 and fails",
        ),
        (
            {"limit_percent": Decimal("2.50"), "measure": Measure.GREATER, "limit": None},
            "the bill may be at most 2.5 % over; it is 74.00 over 2,062.50 (3.5879 %) and fails",
        ),
        (
            {"earlier": Decimal("1010.00")},
            "the bill may be at most 2 % and 25.00 USD over; it is 74.00 over 2,062.50"
            " (52.5576 %), after 1,010.00 of earlier bills, and fails",
        ),
        (
            {"difference": Decimal("0.00"), "holds": True},
            "the bill may be at most 2 % and 25.00 USD over; it is 0.00 over 2,062.50 and passes",
        ),
        (
            {"difference": Decimal("0.00"), "earlier": Decimal("5.00"), "holds": True},
            "the bill may be at most 2 % and 25.00 USD over; it is 0.00 over 2,062.50"
            " (0.2424 %), after 5.00 of earlier bills, and passes",
        ),
        (
            {"base": Decimal("0.00")},
            "the bill may be at most 2 % and 25.00 USD over; it is 74.00 over 0.00 and fails",
        ),
        (
            {"level": Level.LINE, "about": "3"},
            "line 3 may be at most 2 % and 25.00 USD over; "
            "it is 74.00 over 2,062.50 (3.5879 %) and fails",
        ),
        (
            {"level": Level.CHARGE, "about": "detention:2", "is_under": True},
            "charge detention:2 may be at most 2 % and 25.00 USD under; "
            "it is 74.00 under 2,062.50 (3.5879 %) and fails",
        ),
    ],
    ids=[
        "both", "the greater", "a percent only", "an amount only", "the greater of one",
        "after earlier bills", "nothing too much", "nothing but what was let pass before",
        "a percent of nothing", "a line", "a charge billed too low",
    ],
)  # fmt: skip
def test_a_comparison_is_told_with_limit_figures_and_answer(said, sentence):
    assert compared(comparison(**said), "USD") == sentence


@pytest.mark.parametrize(
    ("scope", "name"),
    [("", "TOL-A version 3"), ("ABCD at Globex", "TOL-A version 3 for ABCD at Globex")],
    ids=["everybody", "a carrier at a customer"],
)
def test_an_evaluation_tells_rule_and_version_and_leaves_lines_to_tell_their_own(scope, name):
    evaluation = Evaluation(
        policy_ref="TOL-A",
        version=3,
        scope=scope,
        comparisons=(
            comparison(),
            comparison(level=Level.LINE, about="1"),
            comparison(level=Level.CHARGE, about="linehaul", is_under=True),
        ),
    )

    assert told(evaluation, "USD") == (
        f"{name}: the bill may be at most 2 % and 25.00 USD over; "
        "it is 74.00 over 2,062.50 (3.5879 %) and fails",
        f"{name}: charge linehaul may be at most 2 % and 25.00 USD under; "
        "it is 74.00 under 2,062.50 (3.5879 %) and fails",
    )

"""Why a linehaul by weight is too high, proved by rating it again: 18,000 lb, class 70 agreed.

Class 70 is 10.00 and class 85 20.00 for 100 lb, fuel 25 % of it: 1,800.00 and 450.00 are owed.
"""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Shown
from drawbar.freight.lane import LaneRate
from drawbar.freight.ledger import Account
from drawbar.freight.ltl import LtlTerms
from drawbar.freight.verdict import Reason
from tests.flow.stage import Stage, acme, answered, bill, driven, order, released, usd
from tests.rating.ltl_terms import breaks

LINEHAUL, FUEL = ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE
BY_CLASS = LaneRate(clause="L1", breaks=(*breaks({"0": "10"}, "70"), *breaks({"0": "20"}, "85")))


def judged(*lines, **shown):
    """Return the verdicts on a bill whose linehaul shows these figures, and what is paid of it."""
    company = acme()
    contracts = tuple(
        structs.replace(one, ltl=LtlTerms(), lanes=(BY_CLASS,))
        if one.contract_ref == "ABCD-2026"
        else one
        for one in company.contracts
    )
    placed = order()
    goods = tuple(structs.replace(one, freight_class="70") for one in placed.goods)
    told = bill(*lines)
    haul = structs.replace(told.bill.lines[0], shown=Shown(**shown))
    told = structs.replace(
        told, bill=structs.replace(told.bill, lines=(haul, *told.bill.lines[1:]))
    )
    stage = Stage(structs.replace(company, contracts=contracts))
    stage.learn(released(structs.replace(placed, goods=goods)), answered("S-1001-V1T1"), *driven())
    stage.learn(told)
    return stage.bill("B-1").verdicts, -stage.balance(Account.ACCOUNTS_PAYABLE)


def test_by_the_weight_and_class_of_the_order_all_is_paid():
    verdicts, paid = judged((LINEHAUL, "1800.00"), (FUEL, "450.00"))

    assert ([one.reason for one in verdicts], paid) == ([None, None], Decimal("2250.00"))


@pytest.mark.parametrize(
    ("billed", "shown", "reason", "over"),
    [
        ("2000.00", {"weight_lb": Decimal(20000)}, Reason.REWEIGH, "200.00"),
        ("3600.00", {"freight_class": "85"}, Reason.RECLASS, "1800.00"),
        (
            "4000.00",
            {"weight_lb": Decimal(20000), "freight_class": "85"},
            Reason.REWEIGH,
            "2200.00",
        ),
        ("2000.01", {"weight_lb": Decimal(20000)}, Reason.RATE, "200.01"),
        ("1999.99", {"weight_lb": Decimal(20000)}, Reason.RATE, "199.99"),
        ("3600.01", {"freight_class": "85"}, Reason.RATE, "1800.01"),
        ("3600.00", {"weight_lb": Decimal(20000)}, Reason.RATE, "1800.00"),
    ],
    ids=[
        "another weight",
        "another class",
        "both",
        "a cent above another weight",
        "a cent below another weight",
        "a cent above another class",
        "a weight that does not explain it",
    ],
)
def test_the_reason_is_the_figure_that_explains_the_amount_to_the_cent(billed, shown, reason, over):
    (haul,), paid = judged((LINEHAUL, billed), **shown)

    assert (haul.reason, haul.disputed, haul.payable) == (reason, usd(over), usd("1800.00"))
    assert paid == Decimal("1800.00")


def test_a_surcharge_on_another_weight_has_the_reason_of_its_linehaul():
    verdicts, paid = judged((LINEHAUL, "2000.00"), (FUEL, "500.00"), weight_lb=Decimal(20000))

    assert [(one.reason, one.disputed) for one in verdicts] == [
        (Reason.REWEIGH, usd("200.00")),
        (Reason.REWEIGH, usd("50.00")),
    ]
    assert paid == Decimal("2250.00")

"""What a new version of the folder may move: a policy of money everybody's loads, others none."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.cases.desk import Assignment, Desk
from drawbar.flow.amendment import TOLD_MAX, Contradiction, amendment
from drawbar.freight.case import CaseKind
from drawbar.freight.lane import LanePlace, LaneRate
from drawbar.freight.market import NO_MARKET
from tests.flow.stage import acme

TODAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"regions": {"south": (LanePlace(region="TX"),)}}, "regions"),
        ({"cases": {CaseKind.UNRATED: Assignment(owner=Desk.FINANCE)}}, "cases"),
    ],
    ids=["regions", "owners of cases"],
)
def test_what_moves_no_money_is_told_and_prices_no_load_again(policy, said):
    told = amendment(acme(), acme(**policy), NO_MARKET, on=TODAY)

    assert not told.everybody
    assert told.since == TODAY
    assert any(said in one for one in told.changes)


def test_another_policy_of_money_reaches_everybodys_loads():
    told = amendment(acme(), acme(missing_invoice_days=9), NO_MARKET, on=TODAY)

    assert told.everybody
    assert told.since < TODAY


def test_of_a_contract_that_says_much_else_the_first_differences_are_told():
    before = acme()
    first, *others = before.contracts
    lanes = tuple(LaneRate(clause=f"9.{n}", flat=Decimal(n)) for n in range(TOLD_MAX + 5))
    after = structs.replace(before, contracts=(structs.replace(first, lanes=lanes), *others))

    with pytest.raises(Contradiction, match=r"; and [0-9]+ more\. What was applied stays"):
        amendment(before, after, NO_MARKET, on=TODAY)

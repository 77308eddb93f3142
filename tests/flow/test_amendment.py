"""What a new version of the folder may move: a policy of money everybody's loads, others none."""

from datetime import date

import pytest

from drawbar.cases.desk import Assignment, Desk
from drawbar.flow.amendment import amendment
from drawbar.freight.case import CaseKind
from drawbar.freight.lane import LanePlace
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

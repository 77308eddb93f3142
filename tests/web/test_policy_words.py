"""The firm's policies on their page: words, units, and amounts with their currency."""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.cases.desk import Assignment, Desk
from drawbar.cli.company.folder import load_company
from drawbar.flow.company import Policy
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.case import CaseKind
from drawbar.freight.lane import LanePlace
from drawbar.freight.party import Measure, Tolerance
from drawbar.web.desks.policy_words import policy_said
from tests.web.conftest import ACME


def said(**fields):
    company = load_company(ACME).company
    company = structs.replace(company, policy=structs.replace(Policy(), **fields))
    return {one.name: one.says for one in policy_said(company)}


@pytest.mark.parametrize(
    ("fields", "name", "says"),
    [
        ({"pod_before_payment": False}, "Proof of delivery before payment", ("no",)),
        ({"answer_waits_days": 1}, "An answer waits for its tender", ("1 day",)),
        ({"silent_after_hours": 0}, "A truck is silent after", ("never",)),
        ({"wms": ""}, "WMS", ("none",)),
        ({"tolerance_by_carrier": {}}, "Tolerance by carrier", ("none",)),
        (
            {
                "approval_limits": {
                    "finance": ApprovalLimit(alone=Decimal(500), together=Decimal(5000))
                }
            },
            "May approve beyond what is agreed, of one bill",
            ("finance: alone up to 500.00 USD, two persons up to 5,000.00 USD",),
        ),
        ({}, "Carriers are paid by", ("the ERP",)),
        ({"cost_centres": {"4711": Decimal("60.0")}}, "Cost centres, by weight", ("4711: 60",)),
        (
            {"regions": {"south": (LanePlace(region="TX", country="US"), LanePlace(city="Gary"))}},
            "Regions, for measures",
            ("south: TX, US; Gary",),
        ),
        (
            {"cases": {CaseKind.BILL_STOPPED: Assignment(owner=Desk.SALES, due_hours=1)}},
            "Whose a kind of case is, where not as usual",
            ("bill stopped: sales, due within 1 hour",),
        ),
    ],
    ids=[
        "no",
        "one day",
        "never",
        "no system",
        "no entry",
        "limit",
        "a choice",
        "weight",
        "places",
        "a desk",
    ],
)
def test_a_policy_is_said_with_its_unit(fields, name, says):
    assert said(**fields)[name] == says


def test_a_tolerance_says_how_percent_and_amount_go_together():
    tolerance = Tolerance(bill_measure=Measure.GREATER, line_over_percent=None)

    lines = said(tolerance_by_carrier={"ABCD": tolerance})["Tolerance by carrier"]

    assert "ABCD: a bill too high: at most 2 % or, where more, 25.00 in its currency" in lines
    assert "ABCD: a line too high: no limit" in lines


def test_nothing_of_python_is_on_the_page():
    text = " ".join(line for lines in said().values() for line in lines)

    for sign in ("{", "(", "None", "True", "Decimal", "_"):
        assert sign not in text, sign

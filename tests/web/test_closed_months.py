"""Closed months are measured: how soon they closed, and how far their margin was put right."""

from datetime import UTC, datetime

import pytest

from tests.web.a_week import approval, tell_a_week

pytestmark = pytest.mark.system

APRIL = "first=2026-04-01&last=2026-04-30"


@pytest.fixture(scope="module")
def closed(doors):
    """Return a firm that closed March on 4 April, and learned of a cost of March after it."""
    tell_a_week(doors)
    doors.clock.at = datetime(2026, 4, 4, 15, tzinfo=UTC)
    said = {"period": "2026-03", "reason": "the auditor saw what is open"}
    assert doors.post("/v1/period-closings", said).status_code == 202
    doors.work()
    return doors


def seen(closed, name):
    answer = closed.get(f"/v1/kpis/{name}?{APRIL}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_month_closes_so_many_days_after_its_last(closed):
    told = seen(closed, "days_to_close")

    assert told["kpi"]["reading"] == {"part": None, "value": "4.00", "base": 1}
    assert [(row["kind"], row["ref"]) for row in told["items"]] == [("period", "2026-03")]


def test_a_measure_of_months_leads_to_the_month(closed):
    page = closed.get(f"/kpis/days_to_close?{APRIL}").text

    assert 'href="/month-end?period=2026-03"' in page
    assert closed.get("/month-end?period=2026-03").status_code == 200


def test_what_comes_after_the_close_puts_its_margin_right(closed):
    before = seen(closed, "margin_restatement")["kpi"]["reading"]["value"]
    closed.clock.at = datetime(2026, 4, 5, 15, tzinfo=UTC)
    late = approval(8101) | {"money": {"amount": "100.00", "currency": "USD"}}
    assert closed.post("/v1/charge-approvals", late).status_code == 202
    closed.work()

    after = seen(closed, "margin_restatement")["kpi"]["reading"]["value"]

    assert before == "0.00"
    assert float(after) > 0

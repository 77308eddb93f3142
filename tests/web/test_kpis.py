"""The measures: page, API and export say the same of a week at Acme, and each leads to its rows."""

import csv
import io
import re

import psycopg
import pytest

from drawbar.kpis.registry import KPIS
from drawbar.records.desk.measure import MEASURES
from drawbar.web.auth.role import Role
from tests.web.a_week import tell_a_week

pytestmark = pytest.mark.system

WEEK = "first=2026-03-01&last=2026-03-07"


@pytest.fixture(scope="module")
def week(doors):
    tell_a_week(doors)
    return doors


def told(week, path, **asked):
    answer = week.get(path, **asked)
    assert answer.status_code == 200, answer.text
    return answer


def test_page_api_and_export_show_the_same_figures(week):
    over = told(week, f"/v1/kpis?{WEEK}").json()["items"]
    page = told(week, f"/kpis?{WEEK}").text
    rows = csv.DictReader(io.StringIO(told(week, f"/kpis.csv?{WEEK}").text))

    figures = {one["name"]: one["reading"]["value"] for one in over}
    shown = dict(re.findall(r'data-kpi="(\w+)" data-value="([^"]*)"', page))
    assert list(figures) == list(MEASURES)
    assert shown == figures
    assert {row["name"]: row["value"] for row in rows} == figures


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_of_exactly_the_rows_that_it_leads_to(week, name):
    seen = told(week, f"/v1/kpis/{name}?{WEEK}").json()

    assert seen["kpi"]["definition"] == KPIS[name].definition
    refs = {(row["kind"], row["ref"]) for row in seen["items"]}
    if name != "cases_on_time_in_full":  # which counts pieces
        assert seen["kpi"]["reading"]["base"] <= len(seen["items"])
    for kind, ref in refs:
        place = {"shipment": "shipments", "freight_bill": "bills"}.get(kind)
        if place:
            told(week, f"/{place}/{ref}")


@pytest.mark.parametrize("name", MEASURES)
def test_the_parts_of_a_measure_have_all_of_its_rows(week, name):
    for by in MEASURES[name].dimensions:
        seen = told(week, f"/v1/kpis/{name}?{WEEK}&by={by.value}").json()
        whole = seen["kpi"]["reading"]["base"]
        assert sum(part["base"] for part in seen["parts"]) == whole


def test_something_is_measured_in_a_week(week):
    over = told(week, f"/v1/kpis?{WEEK}").json()["items"]

    filled = {one["name"] for one in over if one["reading"]["value"]}
    assert {"first_tender_acceptance", "touchless_match", "margin", "on_time"} <= filled


def test_the_margin_is_that_of_the_ledger(week):
    seen = told(week, f"/v1/kpis/margin?{WEEK}").json()
    with psycopg.connect(week.logins.owner_url) as connection:
        (booked,) = connection.execute(
            "SELECT -sum(amount) FROM entry_lines WHERE currency = 'USD' AND account IN"
            " ('freight_revenue', 'freight_cost', 'freight_variance')"
        ).fetchone()

    assert seen["kpi"]["reading"]["value"] == str(booked)


def test_who_sees_no_money_sees_no_measure_of_money(week):
    over = told(week, f"/v1/kpis?{WEEK}", role=Role.CUSTOMER_SERVICE).json()["items"]

    assert over
    assert not {one["group"] for one in over} & {"Bills", "Money"}
    assert week.get("/v1/kpis/margin", role=Role.CUSTOMER_SERVICE).status_code == 404


@pytest.mark.parametrize(
    "asked",
    ["first=2026-02-30", "first=2026-03-08&last=2026-03-01", "first=2020-01-01&last=2026-03-01"],
    ids=["no such day", "the wrong way round", "years"],
)
def test_an_unfit_period_is_refused_with_the_reason(week, asked):
    answer = week.get(f"/v1/kpis?{asked}")

    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_a_measure_names_the_parts_that_it_has(week):
    answer = week.get(f"/v1/kpis/days_sales_outstanding?{WEEK}&by=lane")

    assert answer.status_code == 400
    assert "customer" in answer.json()["detail"]


def test_a_carrier_sees_no_measure_of_ours(week):
    assert week.get("/v1/kpis", role=Role.CARRIER).status_code == 403

"""Boards: what a filter leaves, in which order, leaf by leaf, the same in page, JSON and CSV."""

import csv
import io

import psycopg
import pytest

from drawbar.web.auth.role import Role
from tests.web.test_browser import ORDER

pytestmark = pytest.mark.system

SHIPMENTS = """
    INSERT INTO shipments (ref, version, changed_at, body, status, customer_ref, carrier_ref,
           origin, destination, pickup_due_at, delivery_due_at, cost, currency)
    SELECT 'S-T-' || n, 1, changed_at, body,
           (ARRAY['in_transit', 'delivered', 'covered'])[1 + n % 3], 'GLOBEX', 'ABCD',
           (ARRAY['Dallas, TX', 'Reno, NV'])[1 + n % 2],
           (ARRAY['Reno, NV', 'Chicago, IL'])[1 + n % 2],
           CASE WHEN n % 4 > 0 THEN timestamptz '2026-03-01 15:00Z' + n * interval '1 h' END,
           timestamptz '2026-03-02 13:00Z' + n * interval '10 min', n, 'USD'
      FROM shipments, generate_series(10, 59) AS n WHERE ref = 'S-SO-9001'
"""
CASES = """
    INSERT INTO cases (kind, subject_kind, subject_ref, item, cause, text, remedy, owner, due_at,
           amount, currency, message_ref, opened_at)
    SELECT 'dispute', 'freight_bill', 'B-' || n, '', 'rate', '100%_sure \\ ' || n, 'mend it',
           (ARRAY['finance', 'dispatch'])[1 + n % 2],
           timestamptz '2026-03-02Z' + n * interval '1 h',
           CASE WHEN n % 3 = 0 THEN NULL ELSE n END, 'USD', '', timestamptz '2026-03-01Z'
      FROM generate_series(1, 20) AS n
"""


@pytest.fixture(scope="module")
def books(doors):
    assert doors.post("/v1/orders", ORDER).status_code == 202
    doors.work()
    with psycopg.connect(doors.logins.engine_url, autocommit=True) as connection:
        connection.execute(SHIPMENTS)
        connection.execute(CASES)
    return doors


def rows(books, address, role=Role.ADMIN):
    answer = books.get(address, role=role)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def refs(books, query):
    return {row["ref"] for row in rows(books, f"/shipments.json?limit=1000&{query}")}


def test_a_text_is_found_in_any_spelling_and_means_itself(books):
    assert refs(books, "q=s-t-1") == {f"S-T-{n}" for n in range(10, 20)}
    assert len(rows(books, "/cases.json?q=100%25_SURE&limit=100")) == 20
    assert rows(books, "/cases.json?q=100__sure") == []


def test_a_lane_is_one_end_or_both(books):
    assert len(refs(books, "lane=reno")) == 50
    assert refs(books, "lane=Reno+%3E+Chicago") == {f"S-T-{n}" for n in range(11, 60, 2)}


def test_late_is_what_should_have_been_and_was_not(books):
    late = refs(books, "due=late+delivery")

    assert late == {"S-T-11"}  # 10 is delivered, 12 is due at this very instant


def test_days_are_those_of_the_firm_and_the_last_one_counts(books):
    day = refs(books, "from=2026-03-02&to=2026-03-02")

    assert "S-T-15" in day  # 06:00Z is midnight in Chicago
    assert "S-T-14" not in day
    assert "S-T-38" in day  # 05:00Z of the 3rd
    assert "S-T-39" not in day


@pytest.mark.parametrize("order", ["newest", "pickup", "delivery", "event"])
def test_leaf_after_leaf_shows_every_row_once_in_one_order(books, order):
    whole = [row["ref"] for row in rows(books, f"/shipments.json?limit=1000&order={order}")]
    read, after = [], ""
    while after is not None:
        leaf = books.get(f"/shipments.json?limit=7&order={order}&after={after}").json()
        read += [row["ref"] for row in leaf["items"]]
        after = leaf["next"]

    assert read == whole
    assert len(set(read)) == leaf["total"] == 51


def test_the_most_money_at_risk_comes_first_and_the_unknown_last(books):
    amounts = [row["amount"] for row in rows(books, "/cases.json?order=risk&limit=100")]

    known = [float(amount) for amount in amounts if amount is not None]
    assert known == sorted(known, reverse=True)
    assert amounts[len(known) :] == [None] * (len(amounts) - len(known))


def test_the_file_has_the_same_rows_as_the_data(books):
    query = "owner=finance&order=risk"
    told = list(csv.DictReader(io.StringIO(books.get(f"/cases.csv?{query}").text)))

    assert [row["case_id:integer"] for row in told] == [
        str(row["case_id"]) for row in rows(books, f"/cases.json?{query}&limit=1000")
    ]


def test_rows_are_asked_for_by_name_and_must_fit_all_the_same(books):
    asked = "/shipments.json?status=delivered&refs=S-T-10,S-T-11,NOBODY"

    assert [row["ref"] for row in rows(books, asked)] == ["S-T-10"]


def test_who_may_not_see_money_sees_none_in_data_or_file(books):
    shown = rows(books, "/cases.json?limit=1000", role=Role.CUSTOMER_SERVICE)
    file = books.get("/cases.csv", role=Role.CUSTOMER_SERVICE).text

    assert {row["amount"] for row in shown} == {None}
    assert {row["amount:decimal"] for row in csv.DictReader(io.StringIO(file))} == {""}


@pytest.mark.parametrize(
    "query",
    [
        *("from=2026-02-30", "due=whenever", "limit=0", "limit=1001", "limit=x", "refs=%00"),
        *(
            "after=WyIiLDFd",
            "after=%FF",
            "order=risk&after=WyJ4IiwxXQ",
            "order=due&after=WyJ4IiwxXQ",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(books, query):
    board = "cases" if "order" in query else "shipments"
    answer = books.get(f"/{board}.json?{query}")

    assert answer.status_code == 400, answer.text
    assert answer.json()["detail"]


def test_done_is_not_new_and_new_is_not_filtered(books, slow_doors):
    with psycopg.connect(books.logins.engine_url, autocommit=True) as connection:
        connection.execute("UPDATE cases SET settled_at = opened_at")
    look = {"Accept": "text/html"}

    assert "every case is settled" in books.get("/cases", **look).text
    assert "Nothing fits this filter" in books.get("/cases?owner=nobody", **look).text
    assert "No carrier has billed yet" in books.get("/bills", **look).text


@pytest.mark.parametrize("typo", ["SO-9011", "S-SO-901", "SO-90001"])
def test_a_reference_with_a_slip_is_answered_with_what_may_be_meant(books, typo):
    page = (
        books.get("/search", Accept="text/html")
        if not typo
        else books.client.get(
            "/search", params={"q": typo}, headers=books.key(Role.ADMIN) | {"Accept": "text/html"}
        )
    )

    assert "Did you mean" in page.text
    assert "SO-9001" in page.text

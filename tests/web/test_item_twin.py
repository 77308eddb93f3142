"""A page's sheet has what its data twin lists: the same items, each amount beside its currency."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from msgspec import Struct

from drawbar.web.api.v1.term import AmountV1
from drawbar.web.auth.role import Role
from drawbar.web.desks.csv_twin import csv_bytes
from drawbar.web.desks.item_twin import columns_of, row_of
from tests.web.a_week import tell_a_week


class Item(Struct, frozen=True, kw_only=True):
    ref: str
    count: int
    is_open: bool
    due_on: date
    seen_at: datetime | None
    money: AmountV1
    disputed: AmountV1 | None
    sums: tuple[AmountV1, ...]


def usd(amount: str) -> AmountV1:
    return AmountV1(amount=amount, currency="USD")


def test_the_columns_follow_from_the_type_of_the_items():
    head = [f"{one.name}:{one.kind}" for one in columns_of(Item)]

    assert head == [
        *("ref:text", "count:integer", "is_open:text", "due_on:date", "seen_at:utc"),
        *("amount:decimal", "currency:text", "disputed:decimal", "disputed_currency:text"),
        "sums:text",
    ]


def test_a_row_says_each_thing_exactly_and_nothing_where_there_is_none():
    item = Item(
        ref="=S-1",
        count=7,
        is_open=True,
        due_on=date(2026, 3, 2),
        seen_at=None,
        money=usd("-12.50"),
        disputed=None,
        sums=(usd("1.00"), usd("2.00")),
    )

    written = b"".join(csv_bytes(columns_of(Item), [row_of(item)])).decode()

    (_, row) = csv.reader(io.StringIO(written))
    assert row == [
        "'=S-1",
        "7",
        "true",
        "2026-03-02",
        "",
        "-12.50",
        "USD",
        "",
        "",
        "1.00 USD; 2.00 USD",
    ]


LISTED = {
    "/exposure": ("items", "shipment_ref"),
    "/payables": ("items", "bill_ref"),
    "/payments": ("items", "run_ref"),
    "/payees": ("items", "change_ref"),
    "/month-end": ("checklist", "item"),
    "/case-groups": ("items", "cause"),
}
FILLED = {"/exposure", "/payables", "/month-end", "/case-groups"}


@pytest.fixture(scope="module")
def week(doors):
    tell_a_week(doors)
    doors.clock.at = datetime(2026, 4, 2, 9, tzinfo=UTC)
    return doors


def sheet(week, path, **asked):
    answer = week.get(f"{path}.csv", **asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    return [{name.partition(":")[0]: cell for name, cell in row.items()} for row in rows]


@pytest.mark.system
@pytest.mark.parametrize(("path", "where"), LISTED.items(), ids=LISTED)
def test_a_sheet_has_the_items_of_the_page(week, path, where):
    listed, named = where
    items = week.get(f"{path}.json").json()[listed]

    rows = sheet(week, path)

    assert [row[named] for row in rows] == [item[named] for item in items]
    assert bool(rows) == (path in FILLED)
    assert f'href="{path}.csv' in week.get(path).text


@pytest.mark.system
def test_who_sees_no_money_has_groups_without_it(week):
    rows = sheet(week, "/case-groups", role=Role.CUSTOMER_SERVICE)
    items = week.get("/case-groups.json", role=Role.CUSTOMER_SERVICE).json()["items"]

    assert rows
    assert {row["money_at_risk"] for row in rows} == {""}
    assert {item["money_at_risk"] for item in items} == {None}


@pytest.mark.system
def test_the_sheet_of_policies_can_be_read_before_anything_was_applied(week):
    assert sheet(week, "/policies") == []

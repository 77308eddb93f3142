"""What a page that listens is told: that something changed, in which rows, and only what it may."""

import json
from contextlib import contextmanager

import httpx
import pytest

from drawbar.web.auth.role import Role
from tests.web.test_browser import ORDER

pytestmark = pytest.mark.system


@contextmanager
def listening(doors, role=Role.ADMIN):
    """Yield what is told, event by event."""
    with (
        httpx.Client(base_url=doors.address, timeout=20) as client,
        client.stream("GET", "/live", headers=doors.key(role)) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield events(answer.iter_lines())


def events(lines):
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


def order(order_ref):
    return ORDER | {"order_ref": order_ref}


def changes(told, topic, beats=20):
    """Return the references that the first change of a list names."""
    for _ in range(beats):
        kind, said = next(told)
        if kind == "changed" and topic in said["topics"]:
            return said["topics"][topic]
    raise AssertionError(f"nothing was said of {topic}, last {said}")


def test_a_page_is_told_which_rows_changed(doors):
    with listening(doors) as told:
        next(told)
        assert doors.post("/v1/orders", order("SO-7001")).status_code == 202
        doors.work()

        assert changes(told, "shipments") == ["S-SO-7001"]


def test_a_quiet_second_is_told_too_with_the_time_of_the_books(doors):
    with listening(doors) as told:
        next(told)
        kind, said = next(told)

    assert kind == "still"
    assert said["now"] == "2026-03-02T15:00:00Z"


def test_every_page_that_listens_is_told(doors):
    with listening(doors) as one, listening(doors, Role.FINANCE) as other:
        next(one), next(other)
        doors.post("/v1/orders", order("SO-7002"))
        doors.work()

        assert changes(one, "orders") == changes(other, "orders") == ["SO-7002"]


def test_who_may_not_see_money_hears_nothing_of_bills(doors):
    with listening(doors, Role.CUSTOMER_SERVICE) as told:
        _, said = next(told)

    assert "shipments" in said["versions"]
    assert not {"bills", "invoices", "messages", "deliveries"} & said["versions"].keys()

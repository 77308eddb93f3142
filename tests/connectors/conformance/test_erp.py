"""What holds for every ERP: drafts and postings are two steps, and reading misses nothing."""

import time

import pytest
from msgspec import structs

from drawbar.connectors.port import Unreachable
from drawbar.freight.delivery import Confirmed, Existing, Rejected, Unknown

pytestmark = pytest.mark.system


def drafts(erp) -> list[dict]:
    found = erp.far.ask("GET", "/api/documents", origin=erp.sending.business_key)["documents"]
    return [document for document in found if document["state"] == "draft"]


def read_all(connector, flow: str, cursor: str, *, settle: bool = True) -> tuple[list, str]:
    items = []
    while True:
        page = connector.changes(flow, cursor)
        items += page.items
        cursor = page.cursor
        if settle:
            connector.settled(page)
        if not page.more:
            return items, cursor


def put(erp, origin: str) -> None:
    lines = [{"account": "5100", "debit": "1"}, {"account": "2150", "credit": "1"}]
    erp.far.ask(
        "POST",
        "/api/documents",
        {"kind": "journal", "reference": "R", "origin": origin, "currency": "USD"}
        | {"dated": "2026-03-10", "lines": lines},
    )


def at(erp, now: str) -> None:
    erp.far.ask("POST", "/control/clock", {"now": now})


def test_a_draft_whose_posting_got_lost_is_posted_by_the_next_attempt(erp):
    erp.far.fault("lose_request", path="/post")

    assert isinstance(erp.connector.send(erp.sending), Unknown)
    assert len(drafts(erp)) == 1
    assert erp.connector.find("PostJournal", erp.sending.business_key) == ()
    assert isinstance(erp.connector.send(erp.again()), Confirmed)
    assert drafts(erp) == []
    assert erp.held() == 1


def test_a_draft_whose_number_got_lost_is_not_put_twice(erp):
    erp.far.fault("lose_answer", method="POST", path="/api/documents")

    assert isinstance(erp.connector.send(erp.sending), Unknown)
    assert isinstance(erp.connector.send(erp.again()), Confirmed)
    assert drafts(erp) == []
    assert erp.held() == 1


def test_a_closed_month_is_refused_with_200_and_posted_when_it_opens(erp):
    erp.far.ask("POST", "/control/months", {"month": "2026-03"})
    refused = erp.connector.send(erp.sending)
    erp.far.ask("POST", "/control/months", {"month": "2026-03", "closed": False})

    assert isinstance(refused, Rejected)
    assert (refused.field, refused.text[:13]) == ("dated", "PERIOD_CLOSED")
    assert isinstance(erp.connector.send(erp.again()), Confirmed)
    assert erp.held() == 1


def test_a_document_that_an_accountant_cancelled_no_longer_stands(erp):
    erp.connector.send(erp.sending)
    found = erp.far.ask("GET", "/api/documents", origin=erp.sending.business_key)["documents"]
    erp.far.ask("POST", f"/control/documents/{found[0]['id']}/cancel")

    assert erp.connector.find("PostJournal", erp.sending.business_key) == ()
    assert isinstance(erp.connector.send(erp.again()), Confirmed)


def test_reads_every_document_of_one_stamp_however_small_the_pages(erp, number):
    at(erp, f"2031-01-01T00:{number % 60:02d}:00Z")
    _, cursor = read_all(erp.connector, "documents", "")
    for index in range(7):
        put(erp, f"tie-{number}-{index}")
    erp.connector._settings = structs.replace(erp.connector._settings, page_rows=3)

    items, _ = read_all(erp.connector, "documents", cursor, settle=False)

    ours = [item for item in items if f"tie-{number}-".encode() in item.body]
    assert len(ours) == 7
    assert len({item.key for item in items}) == len(items)


def test_reads_a_row_that_became_visible_after_its_stamp(erp, number):
    at(erp, f"2032-01-01T00:{number % 60:02d}:30Z")
    put(erp, f"early-{number}")
    _, cursor = read_all(erp.connector, "documents", "")
    at(erp, f"2032-01-01T00:{number % 60:02d}:10Z")
    put(erp, f"late-{number}")

    items, _ = read_all(erp.connector, "documents", cursor)

    assert [f"late-{number}".encode() in item.body for item in items] == [True]


def test_the_same_row_has_the_same_key_when_a_fresh_process_reads_it_again(erp, number):
    put(erp, f"again-{number}")
    first, cursor = read_all(erp.connector, "documents", "", settle=False)
    repeated, _ = read_all(erp.connector, "documents", cursor)

    assert {item.key for item in repeated} <= {item.key for item in first}
    assert repeated != []


def test_what_is_settled_does_not_come_again(erp, number):
    put(erp, f"settled-{number}")
    _, cursor = read_all(erp.connector, "documents", "")

    assert read_all(erp.connector, "documents", cursor)[0] == []


def test_a_second_change_within_one_second_is_not_lost(erp, number):
    at(erp, f"2033-01-01T00:{number % 60:02d}:00Z")
    erp.connector.send(erp.sending)
    _, cursor = read_all(erp.connector, "documents", "")
    found = erp.far.ask("GET", "/api/documents", origin=erp.sending.business_key)["documents"]
    erp.far.ask("POST", f"/control/documents/{found[0]['id']}/cancel")

    items, _ = read_all(erp.connector, "documents", cursor)

    assert [b'"cancelled"' in item.body for item in items] == [True]


def test_a_read_from_the_beginning_brings_everything_again(erp, number):
    put(erp, f"fresh-{number}")
    first, _ = read_all(erp.connector, "documents", "")
    second, _ = read_all(erp.connector, "documents", "")

    assert [item.key for item in second] == [item.key for item in first]


def test_an_outage_makes_reading_unreachable_and_changes_nothing(erp):
    erp.far.fault("outage")

    with pytest.raises(Unreachable):
        erp.connector.changes("documents", "")


def test_twenty_bills_go_out_within_a_few_seconds(erp, number):
    started = time.monotonic()
    for index in range(20):
        sending = structs.replace(erp.sending, business_key=f"many-{number}-{index}")
        assert isinstance(erp.connector.send(sending), Confirmed | Existing)

    assert time.monotonic() - started < 20

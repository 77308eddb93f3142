"""``drawbar trace``: whichever of its names somebody has, a load tells one and the same story."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import msgspec
import psycopg
import pytest

from drawbar.cli.timeline import Track
from drawbar.cli.tracing import only, traced
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.records.server import Logins
from tests.cli.stand import AGREED, learn, take, working
from tests.flow.stage import acme, bill, order, released

DISPUTE = "D-S-1001-detention-0"
Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def ask(firm: Logins) -> Iterator[Ask]:
    """Return what asks for a reference as the command does, and reads its JSON."""
    with psycopg.connect(firm.request_url, autocommit=True) as connection:

        def ask_for(ref: str) -> dict[str, Any]:
            found = traced(connection.cursor(), ref, acme())
            return json.loads(msgspec.json.encode(found))

        yield ask_for


@pytest.fixture(scope="module")
def whole(ask: Ask) -> dict[str, Any]:
    """Return the story of the load."""
    (told,) = ask("S-1001")["stories"]
    return told


def test_every_reference_of_a_load_tells_the_same_story(ask: Ask, whole, subtests):
    bill_message = next(e for e in whole["timeline"] if e["what"] == "BillReceived")["message_ref"]
    sent = next(row for row in whole["told"]["deliveries"] if row["kind"] == "PostVoucher")
    assert len(sent["messages"]) == 2, "what was sent, and the answer to it"
    names = (
        *("1001", " 1001 ", "PO-1001", "po 1001", "BOL-1001", "bol1001", "s-1001"),
        *("0004711-88", "4711-88", "000471188", "4711 88-01", "S-1001-V1T1"),
        *("B-1", "19267", "B-2", "N-5", "I-000001"),
        *(DISPUTE, "B-1/1", sent["document"], "freight_bill:B-1:bill_approved:1"),
        *(bill_message, *sent["messages"]),
    )
    for name in names:
        with subtests.test(name):
            assert ask(name)["stories"] == [whole]


def test_the_story_of_a_load_holds_its_order_its_bills_its_invoice_and_what_is_contested(whole):
    assert [(one["kind"], one["ref"]) for one in whole["told"]["streams"]] == [
        ("order", "1001"),
        ("shipment", "S-1001"),
        ("freight_bill", "B-1"),
        ("freight_bill", "B-2"),
        ("customer_invoice", "I-000001"),
        ("dispute", DISPUTE),
    ]
    assert "LineContested" in {event["what"] for event in whole["timeline"]}


def test_a_name_of_two_loads_tells_two_stories_each_as_by_its_own_name(ask: Ask, firm: Logins):
    shared = (Reference(ReferenceKind.PO, "PO-SHARED"),)
    with working(firm) as engine:
        learn(engine, *(released(order(ref, references=shared)) for ref in ("2001", "2002")))

    both = ask("po-shared")["stories"]

    assert both == [ask(ref)["stories"][0] for ref in ("2001", "2002")]


def test_one_invoice_number_on_two_bills_ties_no_load_to_the_other(ask: Ask, firm: Logins):
    with working(firm) as engine:
        learn(
            engine,
            released(order("6001")),
            bill(*AGREED, ref="B-61", number="ONE-DOC", references=_bol("BOL-6001")),
            bill(*AGREED, ref="B-62", number="ONE-DOC", references=_bol("BOL-NOWHERE")),
        )

    stories = ask("ONE-DOC")["stories"]

    refs = [{stream["ref"] for stream in one["told"]["streams"]} for one in stories]
    assert refs == [{"B-62"}, {"6001", "S-6001", "B-61"}]


def test_a_bill_whose_load_nobody_knows_tells_its_own_story(ask: Ask, firm: Logins):
    with working(firm) as engine:
        learn(engine, bill(*AGREED, ref="B-9", number="77", references=_bol("BOL-NOBODY")))

    (told,) = ask("77")["stories"]

    assert told["about"] == {"kind": "freight_bill", "ref": "B-9"}
    assert told["told"]["streams"][0]["status"] == "waiting_shipment"


def test_an_order_on_hold_has_a_story_before_it_has_a_shipment(ask: Ask, firm: Logins):
    with working(firm) as engine:
        learn(engine, released(order("3001", customer="NOBODY")))

    (told,) = ask("PO-3001")["stories"]

    assert told["about"] == {"kind": "order", "ref": "3001"}
    assert told["told"]["streams"][0]["status"] == "on_hold"


def test_each_fact_says_from_which_place_of_which_message_it_is(run, whole):
    received = next(one for one in whole["timeline"] if one["what"] == "OrderReleased")
    kept = json.loads(run("message", "show", received["message_ref"], "--json").stdout)

    assert (received["place"], kept["facts"][0]["place"]) == ("line 1", "line 1")
    assert kept["facts"][0]["key"] == received["ref"]


def test_the_timeline_is_in_the_order_of_learning_and_every_event_has_a_track(whole):
    told = whole["timeline"]

    assert [event["at"] for event in told] == sorted(event["at"] for event in told)
    assert all(event["tracks"] for event in told)


@pytest.mark.parametrize("track", list(Track))
def test_a_lane_shows_its_events_and_no_others(ask: Ask, firm: Logins, track):
    with psycopg.connect(firm.request_url) as connection:
        found = traced(connection.cursor(), "1001", acme())

    shown = only(found, track.value).stories[0].timeline

    assert shown
    assert shown == tuple(one for one in found.stories[0].timeline if track in one.tracks)


def test_the_command_prints_the_lane_that_was_asked_for_as_json(run, whole):
    told = json.loads(run("trace", "1001", "--json", "--lane", "people").stdout)

    people = [one for one in whole["timeline"] if "people" in one["tracks"]]
    assert told["stories"][0]["timeline"] == people


def test_each_charge_says_by_which_clause_of_which_version_it_is_owed(whole):
    linehaul, fuel = (one["agreed"]["why"] for one in whole["told"]["why"]["cost"])

    assert (linehaul["contract_ref"], linehaul["contract_version"]) == ("ABCD-2026", 1)
    assert linehaul["clause"].startswith("1.1")
    assert fuel["steps"][-1]["result"] == "412.50 USD"


def test_what_is_payable_and_what_is_disputed_is_all_that_was_billed(whole):
    verdicts = [line for bill in whole["told"]["why"]["bills"] for line in bill["verdicts"]]

    assert [verdict["judgement"] for verdict in verdicts] == ["payable", "payable", "stopped"]
    for one in verdicts:
        parts = Decimal(one["payable"]["amount"]) + Decimal(one["disputed"]["amount"])
        assert parts == Decimal(one["line"]["money"]["amount"])


def test_people_read_the_verdict_of_each_line_and_its_reason(run):
    told = run("trace", "1001").stdout

    assert "stopped (NO_EVENT)" in told
    assert "ABCD-2026 version 1, 1.1 Dallas, TX to Chicago, IL" in told
    assert "PostVoucher B-1/1 to erp: confirmed as D-" in told


def test_raw_shows_the_bytes_and_only_where_they_are_asked_for(run):
    text = '"order_ref":"1001"'

    assert text in run("trace", "1001", "--raw").stdout
    assert text not in run("trace", "1001").stdout


def test_nothing_in_a_message_can_move_the_cursor(run, firm: Logins):
    with working(firm) as engine:
        ref = take(engine, "api:release-order", b'{"note": "\x1b[2J\x07"}', key="evil")

    shown = run("trace", ref, "--raw").stdout

    assert "\x1b" not in shown
    assert "\\x1b[2J\\x07" in shown


def test_bytes_that_are_no_text_are_a_hex_dump(run, firm: Logins):
    with working(firm) as engine:
        ref = take(engine, "api:release-order", bytes(range(128, 160)), key="binary")

    assert "00000010  90 91 92" in run("trace", ref, "--raw").stdout


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("no such thing", "drawbar message list --state dead"),
        ("order 1001", "Did you mean 1001? It is order 1001"),
        ("#4711-88", "Did you mean 4711-88? It is shipment S-1001"),
        ("GLOBEX", "GLOBEX is a customer"),
        ("LOST-77", "contains it and was not applied (dead)"),
    ],
    ids=["nobody", "a word before it", "a sign before it", "a customer", "in a dead letter"],
)
def test_what_is_not_found_exits_3_and_says_what_it_may_be(run, firm: Logins, asked, hint):
    with working(firm) as engine:
        take(engine, "api:release-order", b'{"order_ref": "LOST-77"', key="lost")

    found = run("trace", asked)

    assert (found.exit_code, found.stdout) == (3, "")
    assert hint in found.stderr


def _bol(value: str) -> tuple[Reference, ...]:
    return (Reference(ReferenceKind.BOL, value),)

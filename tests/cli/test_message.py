"""``drawbar message``: what is bad is mended by a named person, and read again without doubles."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from drawbar.cli.mending import replay
from drawbar.engine import Engine
from drawbar.flow.run import FreightRun
from drawbar.freight.fact import Fact
from drawbar.freight.invoice import InvoiceReady
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import OrderReleased
from drawbar.records.desk.reads import open_reads
from drawbar.records.server import Logins
from drawbar.records.session import open_pool
from drawbar.web.api.v1.readers import READERS
from tests.cli.stand import At, Run, learn, take, working
from tests.engine.database import read_lines
from tests.flow.stage import acme, answered, driven, milestone, order, released

SIGNED = ("--by", "Ana", "--because", "a comma was missing")
RELEASE = "api:release-order"


def release(order_ref: str) -> bytes:
    """Return what a program sends to release an order."""
    day = {"earliest_at": "2026-03-04T14:00:00Z", "latest_at": "2026-03-04T22:00:00Z"}
    place = {"name": "Plant", "city": "Dallas", "region": "TX", "postal_code": "75201"}
    place |= {"street": "1 Main St", "zone": "America/Chicago"}
    stops = [{"purpose": purpose, "place": place, **day} for purpose in ("pickup", "delivery")]
    goods = [{"sku": "PUMP", "pieces": 10, "weight_lb": "12000"}]
    order = {"order_ref": order_ref, "stated_at": "2026-03-02T14:00:00Z", "customer_ref": "GLOBEX"}
    return json.dumps(order | {"stops": stops, "goods": goods}).encode()


def took(firm: Logins, body: bytes, *, channel: str = RELEASE, key: str = "") -> str:
    with working(firm) as engine:
        return take(engine, channel, body, key=key or body.decode())


def shown(run: Run, ref: str, *more: str) -> dict[str, Any]:
    return json.loads(run("message", "show", ref, "--json", *more).stdout)


def count_of_facts(firm: Logins) -> int:
    with psycopg.connect(firm.request_url) as connection:
        (count,) = connection.execute("SELECT count(*) FROM facts").fetchone() or (0,)
    return int(count)


@pytest.fixture
def broken(firm: Logins, request: pytest.FixtureRequest) -> str:
    """Return a dead letter: an order of which a comma is missing."""
    return took(firm, release(request.node.name[:30]).replace(b", ", b" ", 1))


@pytest.fixture
def mended(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "mended.json"
    path.write_bytes(release(request.node.name[:30]))
    return path


def test_the_list_is_filtered_by_what_became_of_messages(run, broken):
    told = json.loads(
        run("message", "list", "--state", "dead", "--channel", RELEASE, "--json").stdout
    )

    assert told[0]["message_ref"] == broken
    assert {one["outcome"] for one in told} == {"dead"}


def test_no_message_is_said_on_stderr_and_is_no_failure(run):
    found = run("message", "list", "--channel", "nobody.speaks")

    assert (found.exit_code, found.stdout) == (0, "")
    assert "no such message" in found.stderr


def test_a_dead_letter_shows_why_it_is_dead_and_whose_it_is(run, broken):
    told = run("message", "show", broken).stdout

    assert "dead" in told.splitlines()[0]
    assert "dead_letter" in told
    assert "malformed" in told


def test_raw_bytes_are_the_very_bytes(run, firm: Logins):
    ref = took(firm, b'{"a":\x00\xff}', key="odd bytes")

    assert msgspec.json.decode(
        msgspec.json.encode(shown(run, ref, "--raw")["body"]), type=bytes
    ) == (b'{"a":\x00\xff}')
    assert "body" not in shown(run, ref)


def test_an_edit_is_a_new_version_and_the_original_stays(run, broken, mended: Path):
    before = shown(run, broken, "--raw")

    done = run("message", "edit", broken, mended, *SIGNED, "--json")

    told = json.loads(done.stdout)
    after, version = shown(run, broken, "--raw"), shown(run, told["taken"]["message_ref"])
    assert (done.exit_code, told["taken"]["outcome"]) == (0, "applied")
    assert (after["body"], after["outcome"]) == (before["body"], "edited")
    assert after["edited_to"] == version["message_ref"]
    assert (version["author"], version["reason"]) == ("Ana", "a comma was missing")


def test_an_edit_shows_what_differs(run, broken, mended: Path):
    told = run("message", "edit", broken, mended, *SIGNED).stdout.splitlines()

    assert [line[0] for line in told if line and line[:3] not in {"---", "+++"}][:3] == [
        "@",
        "-",
        "+",
    ]


def test_the_story_tells_the_original_and_who_edited_it(run, broken, mended: Path):
    version = json.loads(run("message", "edit", broken, mended, *SIGNED, "--json").stdout)

    (told,) = json.loads(run("trace", version["taken"]["message_ref"], "--json").stdout)["stories"]

    assert [one["message_ref"] for one in told["told"]["messages"]][:2] == [
        broken,
        version["taken"]["message_ref"],
    ]
    assert f"Ana edited {broken}: a comma was missing" in str(told["timeline"])


def test_an_edit_that_cannot_be_read_is_kept_and_exits_1(run, broken, tmp_path: Path):
    worse = tmp_path / "worse.json"
    worse.write_text("not json either")

    done = run("message", "edit", broken, worse, *SIGNED)

    assert done.exit_code == 1
    assert "cannot be read either" in done.stderr


def test_an_edit_that_changes_nothing_is_refused(run, broken, tmp_path: Path):
    same = tmp_path / "same.json"
    same.write_bytes(release("test_an_edit_that_changes_noth").replace(b", ", b" ", 1))

    done = run("message", "edit", broken, same, *SIGNED)

    assert (done.exit_code, shown(run, broken)["outcome"]) == (5, "dead")


def test_a_message_that_was_edited_names_its_later_version(run, broken, mended: Path):
    first = json.loads(run("message", "edit", broken, mended, *SIGNED, "--json").stdout)

    for again in (("edit", broken, mended, *SIGNED), ("replay", broken, "--by", "Ana")):
        done = run("message", *again)
        assert done.exit_code == 5
        assert first["taken"]["message_ref"] in done.stderr


@pytest.mark.parametrize(
    "signature",
    [
        ("--by", "Ana"),
        ("--because", "x"),
        ("--by", " ", "--because", "x"),
        ("--by", "A", "--because", ""),
    ],
    ids=["no reason", "nobody", "a blank name", "an empty reason"],
)
def test_an_edit_without_a_name_and_a_reason_is_refused(run, broken, mended: Path, signature):
    assert run("message", "edit", broken, mended, *signature).exit_code == 2
    assert shown(run, broken)["outcome"] == "dead"


@pytest.mark.parametrize("command", ["show", "edit", "replay"])
def test_an_unknown_message_exits_3(run, mended: Path, command):
    more = {"show": (), "edit": (mended, *SIGNED), "replay": ("--by", "Ana")}[command]

    found = run("message", command, "M-000000-NOBODY", *more)

    assert (found.exit_code, found.stdout) == (3, "")
    assert "drawbar message list" in found.stderr


def replayed(run: Run, *refs: str) -> tuple[int, list[str]]:
    done = run("message", "replay", *refs, "--by", "Ana", "--json")
    assert done.stdout, done.stderr
    return done.exit_code, [one["end"] for one in json.loads(done.stdout)]


def test_what_we_learned_to_read_recovers(run, firm: Logins):
    with open_pool(firm.engine_url) as pool:
        unable = Engine(pool, FreightRun(acme()), At(), {})
        ref = take(unable, RELEASE, release("R-1"), key="R-1")

    assert shown(run, ref)["outcome"] == "dead"
    assert replayed(run, ref) == (0, ["recovered"])
    assert shown(run, ref)["outcome"] == "applied"


class Poisoned(FreightRun):
    """A flow that cannot decide one kind of fact: a fault of ours, mended by the next version."""

    cannot: type[Fact] = OrderReleased

    def decide(self, fact, known):
        if isinstance(fact, self.cannot):
            raise TypeError("a fault of ours")
        return super().decide(fact, known)


class UnableToInvoice(Poisoned):
    cannot = InvoiceReady


@contextmanager
def faulty(firm: Logins, flow: type[Poisoned]) -> Iterator[Engine]:
    with open_pool(firm.engine_url) as pool:
        yield Engine(pool, flow(acme()), At(), {**READERS, "toy": read_lines})


def test_a_fact_that_failed_by_our_fault_recovers_with_its_message(run, firm: Logins):
    with faulty(firm, Poisoned) as engine:
        ref = take(engine, RELEASE, release("R-2"), key="R-2")

    assert "a fault of ours" in run("message", "show", ref).stdout
    assert replayed(run, ref) == (0, ["recovered"])
    assert json.loads(run("trace", "R-2", "--json").stdout)["stories"]


def test_what_followed_from_a_message_and_failed_recovers_with_it(run, firm: Logins):
    *road, _ = driven("S-5001")
    pod = {
        "references": [{"kind": "shipment", "value": "S-5001"}],
        "delivered_at": "2026-03-11T15:40:00Z",
        "signer": "R. Diaz",
        "signed_on": "2026-03-11",
        "pieces": 24,
    }
    with faulty(firm, UnableToInvoice) as engine:
        learn(engine, released(order("5001")), answered("S-5001-V1T1"), *road)
        body = json.dumps(pod).encode()
        ref = take(engine, "api:submit-pod", body, key="pod 5001", sender="carrier:ABCD")
    assert "InvoiceReady" in run("message", "show", ref).stdout

    assert replayed(run, ref) == (0, ["recovered"])

    assert "customer invoice  I-" in run("trace", "5001").stdout


def test_a_fact_that_fails_again_is_told_once_with_the_reason(run, firm: Logins):
    with faulty(firm, Poisoned) as engine, open_reads(firm.request_url) as reads:
        ref = take(engine, RELEASE, release("R-5"), key="R-5")

        (told,) = replay(engine, reads, [ref], by="Ana")

    assert [one["name"] for one in shown(run, ref)["dead_facts"]] == ["OrderReleased"]
    assert (told.end, told.why) == ("failed again", "OrderReleased: TypeError: a fault of ours")


def test_what_was_applied_is_not_applied_twice(run, firm: Logins):
    ref = took(firm, release("R-3"))
    before = count_of_facts(firm)

    assert replayed(run, ref, ref) == (0, ["recovered"])
    assert count_of_facts(firm) == before


def test_what_waits_for_its_shipment_is_waiting_and_not_recovered(run, firm: Logins):
    with working(firm) as engine:
        told = {
            "references": [{"kind": "shipment", "value": "S-LATER"}],
            "milestone": "delivered",
            "happened_at": "2026-03-09T10:00:00Z",
        }
        body = json.dumps({"milestones": [told]}).encode()
        ref = take(engine, "api:report-milestones", body, key="waits", sender="carrier:ABCD")

    assert replayed(run, ref) == (0, ["waiting"])


def test_some_that_fail_again_are_a_partial_end_and_all_a_failure(run, firm: Logins, broken):
    fine = took(firm, release("R-4"))

    assert replayed(run, broken) == (1, ["failed again"])
    assert replayed(run, fine, broken) == (8, ["recovered", "failed again"])


def test_what_nobody_reads_here_is_left_as_it_is(run, firm: Logins):
    fact = milestone(MilestoneKind.ESTIMATED, 60)
    ref = took(firm, msgspec.json.encode(fact), channel="toy")

    done = run("message", "replay", ref, "--by", "Ana")

    assert (done.exit_code, shown(run, ref)["outcome"]) == (5, "applied")
    assert "--company" in done.stderr


def test_nothing_is_replayed_where_one_of_them_cannot_be(run, firm: Logins, broken):
    done = run("message", "replay", broken, "M-000000-NOBODY", "--by", "Ana")

    assert (done.exit_code, done.stdout) == (3, "")


def test_what_went_out_is_not_replayed_but_delivered_again(run):
    sent = json.loads(run("message", "list", "--state", "sent", "--json").stdout)[0]["message_ref"]

    done = run("message", "replay", sent, "--by", "Ana")

    assert done.exit_code == 5
    assert "--as retry" in done.stderr

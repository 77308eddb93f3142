"""Files go out as posts: each under a key of its own; without an answer nobody guesses."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from drawbar.connectors.registry import UnreadableSettings, open_system
from drawbar.freight.delivery import Confirmed, Existing, Rejected, Unknown
from tests.connectors.conformance.conftest import load_of, sent

pytestmark = pytest.mark.system
MAIL = {"party_ref": "ABCD", "stable_seconds": 0}
ENDS = {"ours": {"qualifier": "ZZ", "id": "ACME"}, "theirs": {"qualifier": "02", "id": "ABCD"}}


class Door(ThreadingHTTPServer):
    """A partner's door: keeps what was posted by its key, and misbehaves as told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Doorkeeper)
        self.kept: dict[str, list[bytes]] = {}
        self.headers: list[dict[str, str]] = []
        self.faults: list[str] = []
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Doorkeeper(BaseHTTPRequestHandler):
    server: Door

    def do_POST(self) -> None:
        self.server.asked.append(f"POST {self.path}")
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault == "lost before":
            self.close_connection = True
            return
        if fault.isdigit():
            self.answer(int(fault), b"no, because of the weather")
            return
        self.server.headers.append(dict(self.headers))
        self.server.kept.setdefault(self.headers["Idempotency-Key"], []).append(body)
        if fault == "lost after":
            self.close_connection = True
            return
        self.answer(202, b"{}")

    def do_GET(self) -> None:
        self.server.asked.append(f"GET {self.path}")
        key = self.path.rpartition("/")[2].replace("%3A", ":").replace("%25", "%")
        self.answer(200 if key in self.server.kept else 404, b"")

    def do_HEAD(self) -> None:
        self.do_GET()

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def door() -> Iterator[Door]:
    with Door() as door:
        thread = threading.Thread(target=door.serve_forever, args=(0.05,))
        thread.start()
        yield door
        door.shutdown()
        thread.join()


@pytest.fixture
def partner(door, tmp_path):
    """Return a fresh connector to the same door, as after a restart."""
    opened = []

    def fresh(**more):
        folders = {"inbox": "", "outbox": "/edi/in", "own": str(tmp_path / "own")}
        http = {"address": door.address, "answer_seconds": 2} | more
        described = {"connector": "x12_folder", "folders": folders, "wire": {"http": http}}
        opened.append(open_system("abcd", described | MAIL | ENDS))
        return opened[-1]

    yield fresh
    for one in opened:
        one.close()


OFFER = sent(7, load_of(7))


def deliver(connector, tries=4):
    """Do what the engine does: ask first where it may have happened, then send once."""
    outcome = connector.send(OFFER)
    while isinstance(outcome, Unknown) and tries:
        tries -= 1
        found = connector.find("TenderLoad", OFFER.business_key)
        outcome = Existing(document=found[0]) if found else connector.send(OFFER)
    return outcome


def test_a_file_is_posted_once_with_our_key_and_secret(partner, door, monkeypatch):
    monkeypatch.setenv("ABCD_KEY", "open sesame")
    connector = partner(secret_env="ABCD_KEY")
    outcome = connector.send(OFFER)
    again = partner(secret_env="ABCD_KEY").send(OFFER)

    assert isinstance(outcome, Confirmed)
    assert isinstance(again, Existing)
    assert list(door.kept.values()) == [[outcome.said]]
    assert door.asked == ["POST /edi/in"]
    assert door.headers[0]["Authorization"] == "Bearer open sesame"
    assert door.headers[0]["Content-Type"] == "application/edi-x12"
    assert connector.find("TenderLoad", OFFER.business_key) == ("7",)


def test_another_header_may_carry_the_secret(partner, door, monkeypatch):
    monkeypatch.setenv("ABCD_KEY", "open sesame")
    partner(secret_env="ABCD_KEY", header="X-Api-Key", scheme="").send(OFFER)

    assert door.headers[0]["X-Api-Key"] == "open sesame"


@pytest.mark.parametrize("fault", ["lost before", "lost after", "503", "429"])
@pytest.mark.parametrize("unknown", ["repeat", "look_up"])
def test_without_an_answer_it_arrives_by_one_key_with_the_same_bytes(partner, door, fault, unknown):
    door.faults += [fault]
    outcome = deliver(partner(unknown=unknown))

    assert isinstance(outcome, Confirmed | Existing)
    (bodies,) = door.kept.values()
    assert len(set(bodies)) == 1
    assert len(bodies) == (2 if (unknown, fault) == ("repeat", "lost after") else 1)


def test_a_door_that_can_be_asked_is_asked_and_not_told_twice(partner, door):
    door.faults += ["lost after"]
    connector = partner(unknown="look_up")
    outcome = connector.send(OFFER)
    found = partner(unknown="look_up").find("TenderLoad", OFFER.business_key)

    assert isinstance(outcome, Unknown)
    assert found == ("7",)
    assert [one.split()[0] for one in door.asked] == ["POST", "GET"]


def test_where_nothing_may_be_repeated_a_person_is_asked(partner):
    assert partner(unknown="ask").capabilities().can_find is False
    assert partner(unknown="repeat").capabilities().can_find is True


def test_a_refusal_is_a_refusal_and_a_person_may_send_it_again(partner, door):
    door.faults += ["400"]
    refused = partner().send(OFFER)
    again = partner().send(OFFER)

    assert isinstance(refused, Rejected)
    assert "the weather" in refused.text
    assert isinstance(again, Confirmed)


def test_a_redirect_is_a_refusal(partner, door):
    door.faults += ["307"]

    assert isinstance(partner().send(OFFER), Rejected)


def test_a_door_that_is_not_there_is_unknown_and_not_well(partner):
    away = partner(address="http://127.0.0.1:1")

    assert isinstance(away.send(OFFER), Unknown)
    with pytest.raises(OSError, match="ConnectError"):
        away.probe()


def test_nothing_is_polled(partner):
    connector = partner()
    page = connector.changes("inbox", "")
    connector.settled(page)

    assert (page.items, page.more) == ((), False)
    assert connector.probe()


@pytest.mark.parametrize("more", [{"address": "edi.example"}, {"unknown": "hope"}])
def test_settings_that_would_go_wrong_later_are_refused(partner, more):
    with pytest.raises(UnreadableSettings):
        partner(**more)

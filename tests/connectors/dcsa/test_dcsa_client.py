"""A container line as a real server: read on page by page, and again from the newest day."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from drawbar.connectors.cursor import UnreadableCursor
from drawbar.connectors.dcsa.client import DcsaLine, connect
from drawbar.connectors.dcsa.manifest import Settings
from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Unreachable

pytestmark = pytest.mark.system

Pages = dict[str, tuple[Any, str]]
EVENT = {"eventID": "e-1", "eventCreatedDateTime": "2026-03-10T08:30:00Z"}
LATER = {"eventID": "e-2", "eventCreatedDateTime": "2026-03-12T23:00:00Z"}


class Far:
    """The line's side: pages by cursor, and what it was asked."""

    def __init__(self) -> None:
        self.pages: Pages = {}
        self.asked: list[dict[str, list[str]]] = []


@pytest.fixture
def far() -> Far:
    return Far()


@pytest.fixture
def line(far: Far) -> Iterator[DcsaLine]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            far.asked.append(asked)
            body, following = far.pages[asked.get("cursor", [""])[0]]
            self.send_response(200)
            self.send_header("Next-Page", following)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    connector = connect(
        Settings(system="blue", party_ref="BLUE", line=LineSettings(address=address))
    )
    yield connector
    connector.close()
    server.shutdown()
    server.server_close()


def test_pages_are_read_to_the_last_and_then_from_the_newest_day_on(line, far):
    link = "https://line.example/v2/events?limit=100&cursor=p2"
    far.pages = {"": ([LATER], link), "p2": ({"events": [EVENT]}, "")}

    first = line.changes("events", "")
    second = line.changes("events", first.cursor)
    line.changes("events", second.cursor)

    assert (first.more, second.more) == (True, False)
    assert [json.loads(item.body) for item in (*first.items, *second.items)] == [
        [LATER],
        {"events": [EVENT]},
    ]
    assert [asked.get("cursor") for asked in far.asked] == [None, ["p2"], None]
    assert far.asked[2]["eventCreatedDateTime:gte"] == ["2026-03-12T00:00:00Z"]


def test_an_empty_page_brings_nothing_and_the_same_page_has_the_same_key(line, far):
    far.pages = {"": ([], "")}
    assert line.changes("events", "").items == ()

    far.pages = {"": ([EVENT], "p2"), "p2": ([EVENT], "p2")}
    first, second = line.changes("events", ""), line.changes("events", "")

    assert first.items[0].key == second.items[0].key
    assert line.probe()


def test_a_page_that_names_itself_as_the_next_ends_the_round(line, far):
    far.pages = {"": ([EVENT], "p2"), "p2": ([EVENT], "p2")}

    assert not line.changes("events", line.changes("events", "").cursor).more


def test_an_answer_without_events_is_no_answer(line, far):
    far.pages = {"": ({"errors": []}, "")}

    with pytest.raises(Unreachable):
        line.changes("events", "")
    assert not line.probe()


def test_a_cursor_that_is_not_ours_is_refused(line):
    with pytest.raises(UnreadableCursor):
        line.changes("events", "p2")


def test_a_line_that_only_posts_is_never_asked():
    connector = connect(Settings(system="blue", party_ref="BLUE"))

    assert connector.capabilities().flows == ()
    assert connector.changes("events", "").items == ()
    assert connector.probe()
    connector.close()

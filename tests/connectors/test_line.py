"""What a line does with answers that are late, endless, redirected, or no answers at all."""

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from msgspec import Struct

from drawbar.connectors import line as lines
from drawbar.connectors.line import Line, LineSettings, NoReply, NotAsExpected

pytestmark = pytest.mark.system


class Told(Struct):
    well: bool


@pytest.fixture
def line_to() -> Iterator[Callable[..., Line]]:
    """Return a line to a server that answers in the given way."""
    servers: list[ThreadingHTTPServer] = []
    opened: list[Line] = []

    def line(answer: Callable[[BaseHTTPRequestHandler], None], **more: Any) -> Line:
        class Caller(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *_: object) -> None: ...

        server = ThreadingHTTPServer(("127.0.0.1", 0), Caller)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        address = f"http://127.0.0.1:{server.server_address[1]}"
        opened.append(Line(LineSettings(address=address, **more)))
        return opened[-1]

    yield line
    for one in opened:
        one.close()
    for server in servers:
        server.shutdown()
        server.server_close()


def say(caller: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    caller.send_response(status)
    for name, value in headers.items():
        caller.send_header(name, value)
    caller.end_headers()
    caller.wfile.write(body)


def test_an_answer_is_read_as_what_it_should_be(line_to):
    answer = line_to(lambda caller: say(caller, 200, b'{"well": true}')).ask("GET", "/")

    assert (answer.status, answer.read(Told)) == (200, Told(well=True))


def test_an_answer_that_is_something_else_names_how_it_begins(line_to):
    answer = line_to(lambda caller: say(caller, 503, b"<html>down")).ask("GET", "/")

    with pytest.raises(NotAsExpected, match=r"HTTP 503.*<html>down"):
        answer.read(Told)


def test_a_redirect_is_not_followed(line_to):
    line = line_to(lambda caller: say(caller, 302, b"", Location="http://127.0.0.1:1/"))

    assert line.ask("GET", "/").status == 302


def test_an_answer_without_end_is_cut(line_to, monkeypatch):
    monkeypatch.setattr(lines, "ANSWER_BYTES_MAX", 1000)

    with pytest.raises(NoReply, match="more than 1000"):
        line_to(lambda caller: say(caller, 200, b"x" * 5000)).ask("GET", "/")


def test_an_answer_that_comes_in_drips_does_not_hold_us_for_ever(line_to):
    done = threading.Event()

    def drip(caller: BaseHTTPRequestHandler) -> None:
        caller.send_response(200)
        caller.end_headers()
        while not done.wait(0.1):
            caller.wfile.write(b" ")

    with pytest.raises(NoReply, match="does not end"):
        line_to(drip, answer_seconds=0.4).ask("GET", "/")
    done.set()


def test_the_time_that_we_need_to_begin_is_not_taken_from_the_far_side(line_to, monkeypatch):
    line, begin = (
        line_to(lambda caller: say(caller, 200, b"{}"), answer_seconds=2),
        lines.Line._open,
    )

    def slowly(one: Line) -> httpx.Client:
        time.sleep(2.1)
        return begin(one)

    monkeypatch.setattr(lines.Line, "_open", slowly)

    assert line.ask("GET", "/").status == 200


def test_nobody_there_is_no_reply():
    line = Line(LineSettings(address="http://127.0.0.1:9", connect_seconds=0.5))

    with pytest.raises(NoReply, match="ConnectError"):
        line.ask("GET", "/")
    line.close()


def test_the_secret_comes_from_the_environment(line_to, monkeypatch):
    seen: list[str | None] = []
    monkeypatch.setenv("ERP_KEY", "s3cret")

    def note(caller: BaseHTTPRequestHandler) -> None:
        seen.append(caller.headers.get("Authorization"))
        say(caller, 200, b"{}")

    line_to(note, secret_env="ERP_KEY").ask("GET", "/")

    assert seen == ["Bearer s3cret"]

"""A partner with a door on a socket, for tests that talk AS2 over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from drawbar.connectors.as2.agreed import As2
from drawbar.connectors.as2.door import Answer, answer_post
from drawbar.connectors.as2.wire import As2Wire
from drawbar.connectors.digest import digest
from drawbar.connectors.port import Item


def item_of(name: str, body: bytes) -> Item:
    del name
    return Item(channel="x12:ABCD", key=digest(body), body=body, content_type="application/edi-x12")


class Carrier:
    """The partner's side: a door on a socket, and its journal on the disk."""

    def __init__(self, told: As2, own: Path) -> None:
        self.told, self.own = told, own
        self.answers: list[Answer] = []
        self.is_mute = False

    @property
    def wire(self) -> As2Wire:
        """Return the wire as a process has it that was just started."""
        return As2Wire(self.told, own=self.own, item_of=item_of)

    def answer(self, headers: list[tuple[str, str]], body: bytes) -> Answer | None:
        answer = answer_post(tuple(headers), body, [self.wire.party])
        self.answers.append(answer)
        return None if self.is_mute else answer


@contextmanager
def door_of(side) -> Iterator[str]:
    """Serve what ``side`` answers; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = side.answer(self.headers.items(), body)
            if answer is None:
                return  # the line breaks before the answer
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/as2"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

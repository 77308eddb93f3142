"""How a small system listens: HTTP on this machine, one thread per caller, faults in between."""

import re
import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct, structs

from drawbar.freight.instant import Instant
from drawbar.world.clock import Clock
from drawbar.world.exchange import Answer, LineCut, Refusal, Request, told
from drawbar.world.fault import Fault, Faults

Answering = Callable[[Request], Answer]

BODY_BYTES_MAX = 16 * 1024 * 1024


class Moment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time that somebody names; None is the real one."""

    now: Instant | None = None


class Routes:
    """Which question is answered by what. ``{name}`` in a path stands for one part of it."""

    def __init__(self) -> None:
        """Begin with no routes."""
        self._known: list[tuple[str, re.Pattern[str], Answering]] = []

    def add(self, method: str, path: str, answering: Answering) -> None:
        """Answer ``method`` on ``path`` with ``answering``."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
        self._known.append((method, re.compile(pattern), answering))

    def answer(self, request: Request) -> Answer:
        """Return the answer of the first route that fits."""
        for method, pattern, answering in self._known:
            match = pattern.fullmatch(request.path)
            if match and method == request.method:
                named = {name: unquote(part) for name, part in match.groupdict().items()}
                return answering(structs.replace(request, named=named))
        return Refusal("NO_SUCH_PATH", f"nothing at {request.path}", status=404).answer


class Listener:
    """A system on its port. What begins with /control is for whoever runs the world."""

    def __init__(
        self,
        routes: Routes,
        *,
        port: int,
        clock: Clock | None = None,
        faults: Faults | None = None,
    ) -> None:
        """Listen on ``port`` of this machine, 0 for any free one."""
        self._routes, self._clock, self._faults = routes, clock or Clock(), faults or Faults()
        routes.add("GET", "/health", lambda _: told({"well": True}))
        routes.add("POST", "/control/faults", self._switch_on)
        routes.add("DELETE", "/control/faults", self._switch_off)
        routes.add("POST", "/control/clock", self._set_clock)
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _caller(self))
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """Return the address under which it is reached."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def listen(self) -> None:
        """Answer until the process ends or ``close`` is called."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._server.server_close()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request. Raise ``LineCut``."""
        try:
            if request.path.startswith("/control/"):
                return self._routes.answer(request)
            return self._faults.around(request, self._answered)
        except Refusal as refusal:
            return refusal.answer

    def _answered(self, request: Request) -> Answer:
        try:
            return self._routes.answer(request)
        except Refusal as refusal:
            return refusal.answer

    def _switch_on(self, request: Request) -> Answer:
        self._faults.add(request.read(Fault))
        return told({})

    def _switch_off(self, _: Request) -> Answer:
        self._faults.clear()
        return told({})

    def _set_clock(self, request: Request) -> Answer:
        self._clock.set(request.read(Moment).now)
        return told({})


def _caller(listener: Listener) -> type[BaseHTTPRequestHandler]:
    class Caller(BaseHTTPRequestHandler):
        """One caller on the line."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 30

        def _answer(self) -> None:
            try:
                self._tell(listener.answer(self._request()))
            except LineCut:
                self._cut()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's names

        def _request(self) -> Request:
            target = urlsplit(self.path)
            length = min(int(self.headers.get("Content-Length") or 0), BODY_BYTES_MAX)
            return Request(
                method=self.command,
                path=target.path,
                query=dict(parse_qsl(target.query)),
                body=self.rfile.read(length),
            )

        def _tell(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def _cut(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *_: object) -> None:
            """Say nothing: a small system's access log interests nobody."""

    return Caller

"""Serving pages and API over one firm, with the link that lets its operator in."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from msgspec import Struct

from drawbar.cli.firm import Firm
from drawbar.cli.options import UNAVAILABLE, fail, say
from drawbar.cli.own_folder import own_folder
from drawbar.connectors.wire.port import Hearing
from drawbar.engine import SystemClock
from drawbar.web.app import create_app
from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import load_secret
from drawbar.web.login import login_path
from drawbar.web.settings import LOOPBACK_HOSTS, WebSettings


def web_settings(firm: Firm, *, name: str, host: str) -> WebSettings:
    """Return the settings of the web doors of an installation."""
    hosts = LOOPBACK_HOSTS if host in LOOPBACK_HOSTS else (*LOOPBACK_HOSTS, host)
    return WebSettings(
        secret=load_secret(os.environ, own_folder(name, os.environ) / "secret"),
        clock=SystemClock(),
        company=firm.folder.company,
        partners={name: one for name, one in firm.systems.items() if isinstance(one, Hearing)},
        hosts=hosts,
    )


class Served(Struct, frozen=True):
    """Pages that are served: where, and the link that lets a role in once."""

    address: str
    settings: WebSettings

    def link(self, role: Role) -> str:
        """Return a link that opens a session of a role."""
        return self.address + login_path(role.value, role, self.settings)


def serve(firm: Firm, *, name: str, host: str, port: int) -> None:
    """Serve until interrupted."""
    server, listening, served = _server(firm, web_settings(firm, name=name, host=host), host, port)
    say(f"Open {served.link(Role.ADMIN)}")
    server.run(sockets=[listening])


@contextmanager
def serving(firm: Firm, settings: WebSettings, *, port: int) -> Iterator[Served]:
    """Serve this machine beside other work, until the block ends."""
    server, listening, served = _server(firm, settings, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="web")
    thread.start()
    try:
        yield served
    finally:
        server.should_exit = True
        thread.join(timeout=30)


def _server(
    firm: Firm, settings: WebSettings, host: str, port: int
) -> tuple[uvicorn.Server, socket.socket, Served]:
    app = create_app(engine=firm.engine, reads=firm.reads, settings=settings)
    listening = _listen(host, port)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    address = f"http://{host}:{listening.getsockname()[1]}"
    return uvicorn.Server(config), listening, Served(address, settings)


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        fail(f"{host}:{port} cannot be served: {error.strerror}. Try --port 0.", code=UNAVAILABLE)
    return listening

"""Serving pages and API over one firm, with the link that lets its operator in."""

import os
import socket
from collections.abc import Callable

import uvicorn

from drawbar.cli.firm import Firm
from drawbar.cli.options import UNAVAILABLE, fail, say
from drawbar.cli.own_folder import own_folder
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
        hosts=hosts,
    )


def serve(
    firm: Firm,
    *,
    name: str,
    host: str,
    port: int,
    told: Callable[[str, Callable[[], None]], None] | None = None,
) -> None:
    """Serve until interrupted. ``told`` is given the address, and what ends it."""
    settings = web_settings(firm, name=name, host=host)
    app = create_app(engine=firm.engine, reads=firm.reads, settings=settings)
    listening = _listen(host, port)
    address = f"http://{host}:{listening.getsockname()[1]}"
    say(f"Open {address}{login_path('operator', Role.ADMIN, settings)}")
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    server = uvicorn.Server(config)

    def end() -> None:
        server.should_exit = True

    if told is not None:
        told(address, end)
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        fail(f"{host}:{port} cannot be served: {error.strerror}. Try --port 0.", code=UNAVAILABLE)
    return listening

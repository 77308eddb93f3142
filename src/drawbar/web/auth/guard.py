"""The guard before every route: who is asking, may they, and are they asking too often."""

from collections.abc import Callable
from typing import Any

import anyio.to_thread
from litestar.connection import ASGIConnection
from litestar.handlers import HTTPRouteHandler
from litestar.handlers.base import BaseRouteHandler

from drawbar.records.desk.reads import Reads
from drawbar.web.auth import api_key
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.pace import Pace
from drawbar.web.auth.parameters import refuse_unknown_parameters
from drawbar.web.auth.policy import Policy, policy_of
from drawbar.web.auth.token import read_session
from drawbar.web.auth.visitor import PRESENT, TOLD_COOKIE, Visitor, form_token, read_told
from drawbar.web.hosts import refuse_foreign_host, refuse_foreign_origin
from drawbar.web.problem import Refusal, problem
from drawbar.web.settings import WebSettings

COOKIE = "drawbar_session"
_BEARER = "Bearer "

Guard = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Any]


def guard_of(reads: Reads, settings: WebSettings) -> Guard:
    """Return the guard of an application."""
    pace = Pace(per_minute=settings.requests_per_minute)

    async def admit(
        connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
    ) -> None:
        assert isinstance(handler, HTTPRouteHandler)
        refuse_foreign_host(connection.scope["headers"], ours=settings.hosts)
        wanted = policy_of(handler)
        if wanted.scope is None:
            return
        caller = await _caller(connection, wanted, reads, settings)
        pace.take(caller.sender)
        if not wanted.admits(caller.role):
            raise _not_allowed(caller, wanted)
        connection.scope["user"] = caller
        if wanted.page:
            connection.state.visitor = _present(connection, caller, settings)
        else:
            refuse_unknown_parameters(connection, handler)

    return admit


def present_caller(request: ASGIConnection[Any, Any, Any, Any]) -> Caller:
    """Return whom the guard let in."""
    caller = request.scope["user"]
    assert isinstance(caller, Caller)
    return caller


async def _caller(
    connection: ASGIConnection[Any, Any, Any, Any],
    wanted: Policy,
    reads: Reads,
    settings: WebSettings,
) -> Caller:
    header = connection.headers.get("Authorization", "")
    if header.startswith(_BEARER):
        token = header.removeprefix(_BEARER).strip()
        found = await anyio.to_thread.run_sync(_holder, reads, token, settings)
    else:
        found = _session(connection, wanted, settings) if wanted.page else None
    if found is None:
        raise _not_known(wanted)
    return found


def _holder(reads: Reads, token: str, settings: WebSettings) -> Caller | None:
    with reads.connection() as connection:
        return api_key.caller_of(connection, token, secret=settings.secret)


def _session(
    connection: ASGIConnection[Any, Any, Any, Any], wanted: Policy, settings: WebSettings
) -> Caller | None:
    """Return whose session the cookie holds; a cookie reads, and acts by a form of ours only."""
    if connection.scope.get("method") not in {"GET", "HEAD"}:
        if not wanted.acts:
            return None
        refuse_foreign_origin(connection.scope["headers"])
    token = connection.cookies.get(COOKIE, "")
    session = read_session(token, secret=settings.secret, at=settings.machine.now())
    return session.caller if session else None


def _present(
    connection: ASGIConnection[Any, Any, Any, Any], caller: Caller, settings: WebSettings
) -> Visitor:
    """Note who looks at a page, with what became of the last thing they did."""
    session = connection.cookies.get(COOKIE, "")
    said = connection.cookies.get(TOLD_COOKIE, "")
    visitor = Visitor(
        caller=caller,
        form_token=form_token(session, secret=settings.secret),
        told=read_told(said, secret=settings.secret, at=settings.machine.now()),
    )
    PRESENT.set(visitor)
    return visitor


def _not_known(wanted: Policy) -> Refusal:
    way = (
        "Follow the login link that the command which started Drawbar printed."
        if wanted.page
        else "Send the header: Authorization: Bearer drawbar_<id>_<secret>. A key is for one"
        " database: make one for that served here, by drawbar keys create with its --database."
    )
    return Refusal(
        problem(401, "not-known", f"Nobody knows who is asking. {way}"),
        {"WWW-Authenticate": 'Bearer realm="drawbar"'},
    )


def _not_allowed(caller: Caller, wanted: Policy) -> Refusal:
    return Refusal(
        problem(403, "not-allowed", f"The role {caller.role} may not do this ({wanted.scope}).")
    )

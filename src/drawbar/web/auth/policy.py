"""The policy of a route: which scope opens it, or that it is open to all and why.

A route without one does not start: nobody gets in by an oversight.
"""

from collections.abc import Iterable
from typing import Any

from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.routes import HTTPRoute
from litestar.routes.base import BaseRoute
from msgspec import Struct

from drawbar.web.auth.role import SCOPES, Role, Scope
from drawbar.web.problem import PROBLEM_JSON, Problem

OPTION = "policy"
KEY_SECURITY: dict[str, list[str]] = {"api_key": []}
_METHODS_OF_FRAMEWORK = {"OPTIONS"}


class Policy(Struct, frozen=True, kw_only=True):
    """``scope`` is what the caller needs, None where anybody may; a page takes a session too.

    Only a route that ``acts`` takes a session for more than looking: it checks the form's token.
    """

    scope: Scope | None
    page: bool = False
    acts: bool = False
    because: str = ""

    def admits(self, role: Role) -> bool:
        """Say whether a role may use the route. The desks are ours: no carrier sees a page."""
        if self.scope is None:
            return True
        return self.scope in SCOPES[role] and not (self.page and role is Role.CARRIER)


class UndeclaredPolicy(RuntimeError):
    """A route does not say who may use it. Give it ``policy``, ``page`` or ``open_to_all``."""


_REFUSALS = {
    400: "What was sent cannot be read",
    401: "No key, or one that does not work",
    403: "The key's role may not do this",
    404: "There is no such thing, or the caller may not know of it",
    409: "The same Idempotency-Key came before with other content",
    413: "The body is too large",
    415: "The body is not JSON",
    421: "The name in the Host header is not ours",
    422: "The body does not fit its contract",
    429: "Too many requests; see Retry-After",
    500: "A fault of ours",
}
_READING = (400, 401, 403, 404, 421, 429, 500)
_WRITING = (*_READING, 409, 413, 415, 422)


def policy(scope: Scope, *, writes: bool = True) -> dict[str, Any]:
    """Return the keywords that a route under ``/v1`` is declared with."""
    return {
        "opt": {OPTION: Policy(scope=scope)},
        "security": [KEY_SECURITY],
        "sync_to_thread": True,
        "responses": _answers(_WRITING if writes else _READING),
    }


def page(scope: Scope) -> dict[str, Any]:
    """Return the keywords that a desk's page is declared with."""
    return {
        "opt": {OPTION: Policy(scope=scope, page=True)},
        "sync_to_thread": True,
        "include_in_schema": False,
    }


def acts(scope: Scope) -> dict[str, Any]:
    """Return the keywords of what a page's form does; only ``desks.action`` declares such a one."""
    return {
        "opt": {OPTION: Policy(scope=scope, page=True, acts=True)},
        "sync_to_thread": True,
        "include_in_schema": False,
    }


def open_to_all(because: str) -> dict[str, Any]:
    """Return the keywords of a route that needs no key, with the reason."""
    return {
        "opt": {OPTION: Policy(scope=None, page=True, because=because)},
        "sync_to_thread": True,
        "include_in_schema": False,
    }


def policy_of(handler: HTTPRouteHandler) -> Policy:
    """Return what a route declares. Raise ``UndeclaredPolicy``."""
    declared = handler.opt.get(OPTION)
    if not isinstance(declared, Policy):
        raise UndeclaredPolicy(f"{handler} at {sorted(handler.paths)} declares no policy")
    return declared


def declared_policies(routes: Iterable[BaseRoute]) -> dict[tuple[str, str], Policy]:
    """Return the policy of every method and path. Raise ``UndeclaredPolicy`` for the first without.

    Only plain HTTP routes are known here; any other kind is refused.
    """
    found: dict[tuple[str, str], Policy] = {}
    for route in routes:
        if not isinstance(route, HTTPRoute):
            raise UndeclaredPolicy(f"{route.path} is not a plain HTTP route")
        for method, handler in route.route_handler_map.items():
            if method not in _METHODS_OF_FRAMEWORK:
                found[str(method), route.path] = policy_of(handler[0])
    return found


def _answers(statuses: Iterable[int]) -> dict[int, ResponseSpec]:
    return {
        status: ResponseSpec(
            Problem,
            description=_REFUSALS[status],
            media_type=PROBLEM_JSON,
            generate_examples=False,
        )
        for status in statuses
    }

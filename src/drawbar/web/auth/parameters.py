"""A parameter that a route of the API does not know is refused: a misspelt filter filters nothing.

A page takes what it does not know and leaves it: an address is typed, shared and added to.
"""

from functools import cache
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import HTTPRouteHandler

from drawbar.web.given import GIVEN
from drawbar.web.problem import Flaw, Refusal, problem

_NEVER = frozenset((*GIVEN, "data", "request"))


def refuse_unknown_parameters(
    connection: ASGIConnection[Any, Any, Any, Any], handler: HTTPRouteHandler
) -> None:
    """Raise ``Refusal`` (400) for the first parameter after "?" that the route does not know."""
    known = _known(handler)
    for name in connection.query_params:
        if name not in known:
            remedy = f"It knows {', '.join(sorted(known))}." if known else "It takes none."
            flaw = Flaw(path=name, message="Unknown parameter.", remedy=remedy)
            raise Refusal(problem(400, "unfit-parameter", "A parameter does not fit.", flaw))


@cache
def _known(handler: HTTPRouteHandler) -> frozenset[str]:
    in_path = {part for path in handler.paths for part in path.split("/") if part[:1] == "{"}
    named = {part.strip("{}").partition(":")[0] for part in in_path}
    return frozenset(handler.parsed_fn_signature.parameters) - named - _NEVER

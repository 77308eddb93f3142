"""How anything that goes wrong at the web doors becomes a problem document."""

import traceback
from http import HTTPStatus
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec.structs import replace

from drawbar.engine.transaction import is_outage
from drawbar.web.desks.rendering import render
from drawbar.web.problem import PROBLEM_JSON, Flaw, Refusal, problem

_log = structlog.get_logger()
_AWAY = "The database does not answer now. Ask again in a moment with the same Idempotency-Key."
_FAULT = "A fault of ours. Asking again with the same Idempotency-Key is harmless."
_KINDS = {
    404: ("unknown", "There is nothing at this address."),
    405: ("wrong-method", "This address does not take that method."),
    413: ("too-large", "The body is larger than this server takes."),
}


def answer_refusal(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """Answer a request that we refused ourselves."""
    return answered(request, refusal)


def answer_framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Answer a request that the web framework refused."""
    if isinstance(error, ValidationException):
        said = problem(400, "unfit-parameter", "A parameter does not fit.", *_flaws(error))
    else:
        phrase = HTTPStatus(error.status_code).phrase
        kind, detail = _KINDS.get(error.status_code, ("refused", f"{phrase}."))
        said = problem(error.status_code, kind, detail)
    return answered(request, Refusal(said, error.headers))


def answer_fault(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer a fault of ours: say nothing of it outside, log it with where it happened.

    A database that is away is nobody's fault: it is restarted, and whoever asks again is served.
    """
    if is_outage(error):
        _log.warning("database away", path=request.url.path, method=request.method)
        away = problem(503, "database-away", _AWAY)
        return answered(request, Refusal(away, {"Retry-After": "5"}))
    where = "".join(traceback.format_exception(error))  # without local values: they hold secrets
    _log.error("web fault", path=request.url.path, method=request.method, trace=where)
    said = problem(500, "fault", _FAULT)
    return answered(request, Refusal(said))


def answered(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """Return the refusal as a page for a browser at a desk, else as a problem document."""
    said = replace(refusal.problem, instance=request.scope["path"])
    if _is_at_a_desk(request):
        page = render("problem.html", problem=said)
        page.status_code, page.headers = said.status, dict(refusal.headers)
        return page
    return Response(said, status_code=said.status, media_type=PROBLEM_JSON, headers=refusal.headers)


def _is_at_a_desk(request: Request[Any, Any, Any]) -> bool:
    path = request.scope["path"]
    is_data = path.startswith("/v1/") or path.endswith(".json")
    return not is_data and "text/html" in request.headers.get("Accept", "")


def _flaws(error: ValidationException) -> tuple[Flaw, ...]:
    found = error.extra if isinstance(error.extra, list) else []
    return tuple(
        Flaw(
            path=str(each.get("key", "")),
            message=str(each.get("message", "")),
            remedy="See docs/openapi.json for what is expected here.",
        )
        for each in found
    )

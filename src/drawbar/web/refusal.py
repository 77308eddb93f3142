"""How anything that goes wrong at the web doors becomes a problem document."""

from http import HTTPStatus
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from drawbar.web.problem import Flaw, Problem, Refusal, answered, problem

_log = structlog.get_logger()
_FAULT = "A fault of ours. Asking again with the same Idempotency-Key is harmless."
_KINDS = {
    404: ("unknown", "There is nothing at this address."),
    405: ("wrong-method", "This address does not take that method."),
    413: ("too-large", "The body is larger than this server takes."),
}


def answer_refusal(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Problem]:
    """Answer a request that we refused ourselves."""
    return answered(request, refusal)


def answer_framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """Answer a request that the web framework refused."""
    if isinstance(error, ValidationException):
        said = problem(400, "unfit-parameter", "A parameter does not fit.", *_flaws(error))
    else:
        phrase = HTTPStatus(error.status_code).phrase
        kind, detail = _KINDS.get(error.status_code, (phrase.lower().replace(" ", "-"), phrase))
        said = problem(error.status_code, kind, detail)
    return answered(request, Refusal(said, error.headers))


def answer_fault(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Answer a fault of ours: say nothing of it outside, log it with where it happened."""
    _log.error("web fault", path=request.url.path, method=request.method, exc_info=error)
    said = problem(500, "fault", _FAULT)
    return answered(request, Refusal(said))


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

"""A problem: what was wrong with a request, where, and what to do about it (RFC 9457).

Every refusal at the web doors is one of these, whatever layer refused.
"""

from collections.abc import Mapping
from http import HTTPStatus

from msgspec import Struct

from drawbar.web.problem_kind import KINDS

TYPES = "/problems/"
"""A relative reference: the page of that name explains the problem."""


class Flaw(Struct, frozen=True, kw_only=True):
    """One thing that is wrong. ``path`` is a JSON path in the body, or a parameter's name."""

    path: str
    message: str
    remedy: str


class Problem(Struct, frozen=True, kw_only=True):
    """A problem as it is answered. ``instance`` is the path that was asked for."""

    type: str
    title: str
    status: int
    detail: str
    instance: str = ""
    errors: tuple[Flaw, ...] = ()


class Refusal(Exception):
    """A request that we do not accept. The problem says why; the caller mends it and asks again."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        """Keep what is answered."""
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = dict(headers or {})


def problem(status: int, kind: str, detail: str, *errors: Flaw) -> Problem:
    """Return a problem of ``kind``, such as ``order-mismatch``."""
    assert kind in KINDS, kind
    title = HTTPStatus(status).phrase
    return Problem(type=TYPES + kind, title=title, status=status, detail=detail, errors=errors)


def unknown(what: str) -> Refusal:
    """Return the one answer for what does not exist and for what the caller may not know of."""
    return Refusal(problem(404, "unknown", f"There is no {what} that you may see."))


def unfit(path: str, message: str, remedy: str) -> Refusal:
    """Return the refusal of a body that was read well but cannot be meant."""
    flaw = Flaw(path=path, message=message, remedy=remedy)
    return Refusal(problem(422, "unfit-body", "The body does not fit its contract.", flaw))


PROBLEM_JSON = "application/problem+json"

"""What each kind of problem means, at the address that a problem document gives as its type."""

from typing import Any

from litestar import Response, get

from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import open_to_all
from drawbar.web.desks.rendering import render
from drawbar.web.problem import unknown
from drawbar.web.problem_kind import KINDS


@get("/problems/{kind:str}", **open_to_all("whoever was refused may know why"))
def problem_kind(kind: NamePath) -> Response[Any]:
    """Explain one kind of problem."""
    if kind not in KINDS:
        raise unknown("kind of problem")
    return render("problem_kind.html", kind=kind, meaning=KINDS[kind])

"""What waits by itself: facts for a name that nobody knows yet, and times that will come."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.response import Stream
from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.csv_twin import csv_twin, named
from drawbar.web.desks.rendering import render
from drawbar.web.desks.table import subject_link
from drawbar.web.given import GivenReads, GivenSettings

_SQL = statements("desk")
ROWS = 1000
_Name = Annotated[str, QueryParameter(max_length=60, pattern=r"^[A-Za-z_]*$")]


class ParkedFact(Struct, frozen=True, kw_only=True):
    """A fact that waits for one of ``names`` until a time."""

    key: str
    name: str
    message_ref: str
    parked_at: datetime
    until: datetime
    names: list[str | None]


class NextDeadline(Struct, frozen=True, kw_only=True):
    """A fact that comes true at a time, unless something happens before."""

    kind: str
    ref: str
    name: str
    due_at: datetime


class Waits(Struct, frozen=True, kw_only=True):
    """The first of everything that waits."""

    parked: list[ParkedFact]
    deadlines: list[NextDeadline]


def wait_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page and its twins."""
    for path in ("/waits", "/waits.json", "/waits.csv"):
        yield get(path, **page(Scope.STORY_READ))(show_waits)


def show_waits(
    request: Request[Any, Any, Any],
    reads: GivenReads,
    settings: GivenSettings,
    parked: _Name = "",
    deadline: _Name = "",
) -> Response[Any] | Stream:
    """Show what waits by itself: everything, or only one kind of fact or of deadline."""
    asked = {"limit": ROWS, "parked": parked, "deadline": deadline}
    with reads.connection() as connection, connection.cursor() as cursor:
        facts = cursor.execute(_SQL["parked_facts"], asked).fetchall() if not deadline else []
        times = cursor.execute(_SQL["next_deadlines"], asked).fetchall() if not parked else []
    told = Waits(
        parked=[_of(ParkedFact, row) for row in facts],
        deadlines=[_of(NextDeadline, row) for row in times],
    )
    if request.url.path.endswith(".json"):
        return Response(told)
    if request.url.path.endswith(".csv"):
        return csv_twin("waits", _COLUMNS, _lines(told))
    return render(
        "waits.html",
        here="/waits",
        told=told,
        narrowed=parked or deadline,
        now=settings.clock.now(),
        home_zone=settings.company.zone,
        link=subject_link,
    )


_COLUMNS = [named(name) for name in ("what", "about", "message_ref", "since_at", "until_at")]


def _lines(told: Waits) -> Iterator[dict[str, Any]]:
    for fact in told.parked:
        names = ", ".join(name for name in fact.names if name)
        about = {"what": fact.name, "about": names, "message_ref": fact.message_ref}
        yield about | {"since_at": fact.parked_at, "until_at": fact.until}
    for time in told.deadlines:
        about = {"what": time.name, "about": f"{time.kind} {time.ref}", "message_ref": ""}
        yield about | {"since_at": None, "until_at": time.due_at}


def _of(shape: type[Any], row: tuple[Any, ...]) -> Any:
    return shape(**dict(zip(shape.__struct_fields__, row, strict=True)))

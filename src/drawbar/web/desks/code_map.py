"""Codes on a page: what partners' words mean here, and which have no meaning yet."""

from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.engine.meaning import Mapped
from drawbar.web.api.v1.code_maps import CodeMapV1, map_code, seen_code_maps
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenReads, GivenSettings


def code_map_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page, its twin and its form."""
    for path in ("/code-maps", "/code-maps.json"):
        yield get(path, **page(Scope.STORY_READ))(show_code_maps)
    yield action("/code-maps/add", Scope.CODE_MAP, add_code, back="/code-maps")


def show_code_maps(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show what codes mean, and what waits for a word."""
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_code_maps(cursor)
    if request.url.path.endswith(".json"):
        return Response(told)
    return render("code_maps.html", here="/code-maps", told=told, home_zone=settings.company.zone)


def add_code(acting: Acting) -> Done:
    """Say what a code means, and read again what waited for it."""
    form = acting.form
    said = {name: form.needed(name) for name in ("system", "table", "code", "meaning")}
    first = form.text("valid_from") or None
    told = body_of(CodeMapV1, said | {"reason": form.reason(), "valid_from": first})
    done = map_code(told, acting.caller, acting.engine)
    return Done(says=_says(told, done), back="/code-maps")


def _says(told: CodeMapV1, done: Mapped) -> str:
    meaning = told.meaning.replace("_", " ")
    if not done.messages:
        return f"{told.code} of {told.system} means {meaning}. Nothing waited for it."
    ends = (
        (done.replayed.recovered, "recovered"),
        (done.replayed.waiting, "wait for something else"),
        (done.replayed.failed, "failed again"),
    )
    said = ", ".join(f"{count} {end}" for count, end in ends if count)
    left = f" {done.left} still wait." if done.left else " Nothing waits for it any more."
    return f"{told.code} means {meaning}: {done.messages} messages were read again, {said}.{left}"

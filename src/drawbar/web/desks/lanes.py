"""Lanes on a page: who takes what we send, what waits and since when, and a person's word on it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.engine.lanes import LaneWish
from drawbar.records.desk.lanes import acts_on_lanes
from drawbar.web.api.v1.lanes import LaneActV1, order_lane, refuse_unfit_act, seen_lanes
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action, body_of
from drawbar.web.desks.form import Form, unfilled
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings


def lane_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page, its twin and its form."""
    for path in ("/lanes", "/lanes.json"):
        yield get(path, **page(Scope.STORY_READ))(show_lanes)
    yield action("/lanes/act", Scope.LANE_HOLD, act_on_lane, back="/lanes")


def show_lanes(
    request: Request[Any, Any, Any],
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
) -> Response[Any]:
    """Show what waits for which system, and whether it may go."""
    now = settings.clock.now()
    with reads.connection() as connection, connection.cursor() as cursor:
        told = seen_lanes(cursor, now=now, caller=caller)
        acts = acts_on_lanes(cursor, limit=20)
    if request.url.path.endswith(".json"):
        return Response(told)
    return render(
        "lanes.html", here="/lanes", told=told, acts=acts, now=now, home_zone=settings.company.zone
    )


_SAYS = {
    LaneWish.HOLD: "is held; what is to go there is kept in its order",
    LaneWish.OPEN: "is open; what waited goes in its order",
    LaneWish.PROBE: "is asked now",
}


def act_on_lane(acting: Acting) -> Done:
    """Hold or open a lane, or have the far side asked."""
    form = acting.form
    said: dict[str, object] = {
        "system": form.needed("system"),
        "lane": form.needed("lane"),
        "wish": form.needed("wish"),
        "reason": form.reason(),
    }
    if form.text("hours") and said["wish"] == LaneWish.HOLD.value:
        said["until"] = _until(form, acting)
    told = body_of(LaneActV1, said)
    with acting.reads.connection() as connection, connection.cursor() as cursor:
        refuse_unfit_act(cursor, told, now=acting.settings.clock.now())
    changed = order_lane(told, acting.caller, acting.engine)
    says = _SAYS[told.wish] if changed else "was open already"
    return Done(says=f"{told.system} {told.lane.value} {says}.", back="/lanes")


def _until(form: Form, acting: Acting) -> str:
    hours = form.number("hours", "for how many hours")
    if not 1 <= hours <= 24 * 31:
        raise unfilled("Hold it for 1 to 744 hours, or until somebody opens it.")
    at = acting.settings.clock.now() + timedelta(hours=hours)
    return at.isoformat()

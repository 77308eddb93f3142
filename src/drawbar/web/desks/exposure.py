"""The exposure page: what is accrued and why it is open, equal to the ledger, down to shipments."""

from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from drawbar.web.api.v1.exposure import AccrualV1, every_accrual, seen_exposure
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.item_twin import items_twin
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenReads

_ROWS = 500


def exposure_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page and its twins."""
    for path in ("/exposure", "/exposure.json", "/exposure.csv"):
        yield get(path, **page(Scope.MONEY_READ))(show_exposure)


def show_exposure(request: Request[Any, Any, Any], reads: GivenReads) -> Response[Any]:
    """Show open accruals by reason and by shipment."""
    with reads.connection() as connection, connection.cursor() as cursor:
        if request.url.path.endswith(".csv"):
            return items_twin("exposure", AccrualV1, list(every_accrual(cursor)))
        told = seen_exposure(cursor)
    if request.url.path.endswith(".json"):
        return Response(told)
    more = max(told.loads - _ROWS, 0)
    return render(
        "exposure.html", here="/exposure", sums=told.sums, loads=told.items[:_ROWS], more=more
    )

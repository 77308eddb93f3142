"""A decision as it was known on a day, on a page: charges, verdicts, and what differs by now."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter

from drawbar.freight.instant import zone
from drawbar.web.api.v1.terms import as_known_v1, replayed_story
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import render
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.settings import WebSettings

_Day = Annotated[date | None, QueryParameter()]


@get("/as-known/{reference:str}", **page(Scope.MONEY_READ))
def as_known_page(
    reference: NamePath, reads: GivenReads, settings: GivenSettings, on: _Day = None
) -> Response[Any]:
    """Show a shipment or bill as it was known at the end of a day, today if none is named."""
    ref, as_data = split(reference)
    at = end_of(on, settings)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = replayed_story(cursor, ref, settings.company, at)
    if as_data:
        return Response(as_known_v1(found))
    return render(
        "as_known.html",
        here="",
        reference=ref,
        told=found,
        day=at.astimezone(zone(settings.company.zone)).date(),
        home_zone=settings.company.zone,
    )


def end_of(day: date | None, settings: WebSettings) -> datetime:
    """Return the last instant of a day where the firm is, now where none is named."""
    if day is None:
        return settings.clock.now()
    begins = datetime.combine(day, time(), zone(settings.company.zone)) + timedelta(days=1)
    return begins.astimezone(UTC) - timedelta(microseconds=1)

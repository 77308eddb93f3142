"""The search box: any reference, and straight to the page where there is only one answer."""

from typing import Annotated, Any
from urllib.parse import quote

from litestar import Response, get
from litestar.params import QueryParameter
from litestar.response import Redirect
from msgspec import Struct

from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.near import Near, near
from drawbar.records.desk.search import OWN, Hit, find
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.rendering import render
from drawbar.web.desks.table import PAGES
from drawbar.web.given import GivenReads, GivenSettings

_Text = Annotated[str, QueryParameter(max_length=200)]
_OWN_PAGE = ("shipment", "freight_bill", "dispute", "claim", "message")
_PAGES = (*_OWN_PAGE, "order")


class HitSeen(Struct, frozen=True, kw_only=True):
    """A hit with its page and where it stands."""

    kind: str
    ref: str
    found_by: str
    href: str
    status: str


@get("/search", **page(Scope.STORY_READ))
def search(reads: GivenReads, settings: GivenSettings, q: _Text = "") -> Response[Any] | Redirect:
    """Find any reference."""
    text = "".join(character for character in q if character.isprintable()).strip()
    with reads.connection() as connection, connection.cursor() as cursor:
        hits = [_seen(cursor, hit) for hit in find(cursor, text, settings.company)]
        nearby = [] if hits else [_meant(cursor, each) for each in near(cursor, text)]
    only = _only_page(hits)
    if only is not None:
        return Redirect(only.href, status_code=303)
    return render("search.html", query=text, hits=hits, nearby=nearby)


def _only_page(hits: list[HitSeen]) -> HitSeen | None:
    """Return the one hit by our own reference, else the one that has a page of its own."""
    with_page = [hit for hit in hits if hit.kind in _OWN_PAGE]
    own = [hit for hit in hits if hit.found_by == OWN and hit.kind in _PAGES]
    for candidates in (own, with_page):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _meant(cursor: Rows, miss: Near) -> HitSeen:
    return _seen(cursor, Hit(kind=miss.kind, ref=miss.ref, found_by=miss.spelled))


def _seen(cursor: Rows, hit: Hit) -> HitSeen:
    status = ""
    if hit.kind in set(StreamKind):
        found = stream(cursor, StreamKey(StreamKind(hit.kind), hit.ref))
        status = found.status if found else ""
    return HitSeen(
        kind=hit.kind,
        ref=hit.ref,
        found_by=hit.found_by,
        href=PAGES.get(hit.kind, "/search?q=") + quote(hit.ref, safe=""),
        status=status,
    )

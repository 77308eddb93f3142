"""The style sheet and the mark: the only files that a page loads, all from here."""

from typing import Annotated

from litestar import Response, get
from msgspec import Meta

from drawbar.web.auth.policy import open_to_all
from drawbar.web.desks.rendering import static_bytes
from drawbar.web.problem import unknown

_TYPES = {"drawbar.css": "text/css; charset=utf-8", "drawbar.svg": "image/svg+xml"}


@get("/static/{name:str}", **open_to_all("the look of the page that says who may not come in"))
def static_file(name: Annotated[str, Meta(max_length=40)]) -> Response[bytes]:
    """Return a file that we ship; its address changes with its content."""
    if name not in _TYPES:
        raise unknown("file")
    return Response(
        static_bytes(name),
        media_type=_TYPES[name],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )

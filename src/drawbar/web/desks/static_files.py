"""The style sheets, scripts and fonts of the pages: all that a page loads, all from here."""

from pathlib import PurePosixPath
from typing import Annotated

from litestar import Response, get
from litestar.params import PathParameter

from drawbar.web.auth.policy import open_to_all
from drawbar.web.desks.shipped import release, shipped
from drawbar.web.problem import unknown

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_Word = Annotated[str, PathParameter(max_length=20)]
_Name = Annotated[str, PathParameter(max_length=60)]


@get(
    "/static/{made_as:str}/{name:path}",
    **open_to_all("the look of the page that says who may not come in"),
)
def static_file(made_as: _Word, name: _Name) -> Response[bytes]:
    """Return a file that we ship; only the address of this very release may be kept for ever."""
    content = shipped().get(name.removeprefix("/"))
    kind = _TYPES.get(PurePosixPath(name).suffix)
    if content is None or kind is None:
        raise unknown("file")
    kept = _FOR_EVER if made_as == release() else "no-cache"
    return Response(content, media_type=kind, headers={"Cache-Control": kept})

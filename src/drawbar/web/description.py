"""The description of the API as this very server serves it, for machines that read it first."""

from functools import cache

from litestar import MediaType, Response, get

from drawbar.web.auth.policy import open_to_all
from drawbar.web.openapi import openapi_document


@get("/openapi.json", **open_to_all("it is in the repository, too"))
def description() -> Response[bytes]:
    """Return the OpenAPI document of version 1."""
    return Response(_document(), media_type=MediaType.JSON)


@cache
def _document() -> bytes:
    return openapi_document()

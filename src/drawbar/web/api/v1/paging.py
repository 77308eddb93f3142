"""Lists that go on: a page of items and an opaque cursor to the next."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any

import msgspec
from litestar.params import QueryParameter

from drawbar.web.problem import Flaw, Refusal, problem

_PLAIN = r"^[^\x00-\x1f\x7f]*$"
Filter = Annotated[str, QueryParameter(max_length=60, pattern=_PLAIN)]
Limit = Annotated[int, QueryParameter(ge=1, le=200)]
After = Annotated[str, QueryParameter(max_length=200, pattern=r"^[A-Za-z0-9_-]*$")]
"""The ``next`` of the page before, empty for the first page."""


def cursor_of(place: Any) -> str | None:
    """Return where a list goes on as an opaque text, None at its end."""
    if place is None:
        return None
    return urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str, kind: type[int] | type[str]) -> Any:
    """Return where a list goes on. Raise ``Refusal`` (400) for a cursor that we did not give."""
    if not cursor:
        return None
    try:
        told = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        place = msgspec.json.decode(told, type=kind)
    except (binascii.Error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unknown_cursor() from error
    if isinstance(place, str) and "\0" in place:
        raise _unknown_cursor()
    if isinstance(place, int) and abs(place) >= 2**63:
        raise _unknown_cursor()
    return place


def _unknown_cursor() -> Refusal:
    flaw = Flaw(
        path="after",
        message="We gave no such cursor.",
        remedy="Send the `next` of the page before, unchanged.",
    )
    return Refusal(problem(400, "unfit-parameter", "A parameter does not fit.", flaw))

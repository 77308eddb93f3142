"""A kept body read again: the bytes alone say everything, so that a replay reads the same."""

from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

Body = TypeVar("Body", bound=Struct)


def decoded(body: bytes, shape: type[Body]) -> Body:
    """Return the body in its version's type. Raise ``msgspec.ValidationError``."""
    told: Body = _decoder(shape).decode(body)
    return told


@cache
def _decoder(shape: type[Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape, strict=True)

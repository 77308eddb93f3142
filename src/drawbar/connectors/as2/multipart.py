"""Parts between boundary lines, cut so that each part keeps its exact bytes.

The line end before a boundary line belongs to the boundary. Source: RFC 2046, section 5.1.
"""

import re
from itertools import pairwise

from drawbar.connectors.as2.entity import Entity
from drawbar.connectors.as2.refused import Refused, Why

PARTS_MAX = 8
BOUNDARY_LONGEST = 200
_LF = 0x0A
_REST = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")


class BoundaryInContent(ValueError):
    """The boundary stands in a part. Draw another one and pack again."""


def split(entity: Entity) -> list[bytes]:
    """Return the parts of a multipart entity as they came. Raise ``Refused``."""
    boundary = entity.media_type.parameters.get("boundary", "")
    if not 1 <= len(boundary) <= BOUNDARY_LONGEST:
        raise Refused(Why.FORMAT, "a message in parts names no usable boundary")
    cuts = _cuts(entity.body, b"--" + boundary.encode("latin-1", "replace"))
    return [entity.body[left.stop : right.start] for left, right in pairwise(cuts)]


def join(parts: tuple[bytes, ...], boundary: str) -> bytes:
    """Return parts as one body. Raise ``BoundaryInContent``."""
    mark = b"--" + boundary.encode("ascii")
    if any(mark in part for part in parts):
        raise BoundaryInContent(f"{boundary} stands in a part")
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def _cuts(body: bytes, mark: bytes) -> list[slice]:
    """Return the boundary lines up to the closing one, each with the line ends around it."""
    cuts: list[slice] = []
    at = body.find(mark)
    while at >= 0 and len(cuts) <= PARTS_MAX:
        rest = _REST.match(body, at + len(mark))
        if rest is not None and (at == 0 or body[at - 1] == _LF):
            cuts.append(slice(_line_end_before(body, at), rest.end()))
            if rest[1]:
                return cuts
        at = body.find(mark, at + len(mark))
    raise Refused(Why.FORMAT, "the parts are too many, or their end is missing")


def _line_end_before(body: bytes, at: int) -> int:
    """Return where the line end begins that belongs to the boundary at a place."""
    return max(at - (2 if body.endswith(b"\r\n", 0, at) else 1), 0)

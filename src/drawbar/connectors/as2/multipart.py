"""Parts between boundary lines, cut so that each part keeps its exact bytes.

The line end before a boundary line belongs to the boundary. Source: RFC 2046, section 5.1.
"""

import re
from itertools import pairwise

from drawbar.connectors.as2.entity import Entity
from drawbar.connectors.as2.refused import Refused, Why

PARTS_MAX = 8
BOUNDARY_LONGEST = 200


class BoundaryInContent(ValueError):
    """The boundary stands in a part. Draw another one and pack again."""


def split(entity: Entity) -> list[bytes]:
    """Return the parts of a multipart entity as they came. Raise ``Refused``."""
    boundary = entity.media_type.parameters.get("boundary", "")
    if not 1 <= len(boundary) <= BOUNDARY_LONGEST:
        raise Refused(Why.FORMAT, "a message in parts names no usable boundary")
    cuts = _cuts(entity.body, boundary.encode("latin-1", "replace"))
    return [
        entity.body[_after_line(entity.body, left.end()) : right.start()]
        for left, right in pairwise(cuts)
    ]


def join(parts: tuple[bytes, ...], boundary: str) -> bytes:
    """Return parts as one body. Raise ``BoundaryInContent``."""
    mark = b"--" + boundary.encode("ascii")
    if any(mark in part for part in parts):
        raise BoundaryInContent(f"{boundary} stands in a part")
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def _cuts(body: bytes, boundary: bytes) -> list[re.Match[bytes]]:
    """Return the boundary lines up to the closing one."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    cuts = []
    for cut in line.finditer(body):
        cuts.append(cut)
        if cut[1]:
            return cuts
        if len(cuts) > PARTS_MAX:
            break
    raise Refused(Why.FORMAT, "the parts are too many, or their end is missing")


def _after_line(body: bytes, at: int) -> int:
    return at + (2 if body.startswith(b"\r\n", at) else 1)

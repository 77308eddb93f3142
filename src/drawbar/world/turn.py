"""A turn: what time it is, what a small system learns, and what it is told to say; all at once.

A turn that comes again does nothing twice: what was said under a key is not said again.
"""

from typing import Any

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.world.behaviour import Lesson, Ordered


class Turn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One turn of a carrier. ``after`` is the last line of its book that the asker knows."""

    now: Instant
    lessons: tuple[Lesson, ...] = ()
    told: tuple[Ordered, ...] = ()
    after: int = 0


class Unsaid(Struct, frozen=True, kw_only=True):
    """Something that could not be said, and why; it may be told again under the same key."""

    key: str
    ref: str
    text: str


class Turned(Struct, frozen=True, kw_only=True):
    """What came of a turn: the lines of the book behind ``after``, and what could not be said.

    ``stirred`` is false where nothing was learned, done or said: there is nothing new to read.
    """

    accepted: tuple[dict[str, Any], ...]
    unsaid: tuple[Unsaid, ...] = ()
    stirred: bool = True

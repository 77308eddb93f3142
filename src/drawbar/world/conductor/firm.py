"""The firm as the world sees it: it takes paper at its desk, and it comes to rest.

Whoever runs the world brings one; the world knows nothing of how the firm works.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

Json = dict[str, Any]


class Paper(Struct, frozen=True, kw_only=True):
    """Something that people hand in at the firm's door. ``key`` makes a second time harmless."""

    path: str
    body: Json
    key: str


class Firm(Protocol):
    """What the world asks of the firm."""

    def settle(self, now: datetime, news: Collection[str]) -> Collection[str]:
        """Return when nothing is left to decide, deliver or read at ``now``.

        ``news`` are the systems that have something new to say; the answer names those that the
        firm told something.
        """

    def hand_in(self, paper: Paper) -> bool:
        """Take paper in; false when the firm cannot have it yet, so that it comes again."""

    def next_due(self) -> datetime | None:
        """Return when the firm has to do something by itself next; None when it never has."""

"""The clock: the only place where Drawbar asks what time it is."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is; a simulation brings its own."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one clock; everything else is told the time


class SetClock:
    """A clock that stands where it was set: whoever plays a world owns the time."""

    def __init__(self, now: datetime) -> None:
        """Begin at ``now``."""
        self.set(now)

    def now(self) -> datetime:
        """Return the instant that it was set to."""
        return self._now

    def set(self, now: datetime) -> None:
        """Stand at ``now``."""
        self._now = now.astimezone(UTC)

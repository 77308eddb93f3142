"""What time it is in the small world: the real time, or the time that somebody set.

Setting the clock back a little is how a test makes a row appear later than its stamp says.
"""

import threading
import time
from datetime import UTC, datetime


class Clock:
    """A clock that can be stopped at an instant and set going again."""

    def __init__(self) -> None:
        """Begin with the real time."""
        self._lock = threading.Lock()
        self._set: datetime | None = None

    def now(self) -> datetime:
        """Return the instant in UTC, in whole seconds, as such systems stamp their rows."""
        with self._lock:
            return self._set or datetime.fromtimestamp(int(time.time()), UTC)

    def set(self, moment: datetime | None) -> None:
        """Stop the clock at ``moment``; None sets it going again."""
        with self._lock:
            self._set = moment.astimezone(UTC).replace(microsecond=0) if moment else None

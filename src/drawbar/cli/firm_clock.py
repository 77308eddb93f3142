"""The clock of a command: a word given now is never older than what the firm knows already.

A world owns its clock and may run ahead of the machine's; there, now is its newest fact.
"""

from datetime import datetime

from drawbar.engine import Clock, SystemClock
from drawbar.records.desk.reads import Reads
from drawbar.records.horizon import newest_learned


class FirmClock:
    """Says the later of the machine's clock and the newest fact learned."""

    def __init__(self, reads: Reads, machine: Clock | None = None) -> None:
        """Look into the firm's facts by ``reads`` whenever somebody asks."""
        self._reads, self._machine = reads, machine or SystemClock()

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        with self._reads.connection() as connection:
            newest = newest_learned(connection.cursor())
        told = self._machine.now()
        return told if newest is None else max(told, newest)

"""A batch: the transaction that facts are learned in, under whose rules, and when."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from drawbar.engine.run import Run
from drawbar.freight.stream import StreamKey
from drawbar.records.codec import StateMemory
from drawbar.records.sheet import Rows
from drawbar.records.streams import Stored


class Batch(Struct, frozen=True):
    """One transaction of the engine. ``now`` is when it began.

    ``terms`` is the version of the company folder that it decides under, 0 where none was applied.
    """

    cursor: Rows
    run: Run
    now: datetime
    memory: StateMemory
    terms: int = 0

    def read(self, stored: Stored) -> dict[StreamKey, tuple[int, Any]]:
        """Return the version and the state of streams as they were stored."""
        decode, of = self.memory.decode, self.run.state_type
        return {
            key: (version, decode(key, body, of(key.kind)))
            for key, (version, body) in stored.items()
        }

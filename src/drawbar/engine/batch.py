"""A batch: the transaction that facts are learned in, under whose rules, and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, structs

from drawbar.engine.run import Run
from drawbar.freight.stream import StreamKey
from drawbar.records.cases import CaseChange, CaseOpened, change_cases
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

    def change_cases(self, changes: Sequence[CaseChange]) -> None:
        """Open and settle cases, each new one on the desk that the firm says."""
        on_desk = self.run.on_desk
        change_cases(
            self.cursor,
            [
                structs.replace(one, case=on_desk(one.case)) if isinstance(one, CaseOpened) else one
                for one in changes
            ],
        )

    def read(self, stored: Stored) -> dict[StreamKey, tuple[int, Any]]:
        """Return the version and the state of streams as they were stored."""
        decode, of = self.memory.decode, self.run.state_type
        return {
            key: (version, decode(key, body, of(key.kind)))
            for key, (version, body) in stored.items()
        }

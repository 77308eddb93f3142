"""A batch: the transaction that facts are learned in, under whose rules, and when."""

from datetime import datetime

from msgspec import Struct

from drawbar.engine.run import Run
from drawbar.records.codec import StateMemory
from drawbar.records.sheet import Rows


class Batch(Struct, frozen=True):
    """One transaction of the engine. ``now`` is when it began."""

    cursor: Rows
    run: Run
    now: datetime
    memory: StateMemory

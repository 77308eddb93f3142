"""The run: all that the engine asks of the flow. Every answer follows from what it is told."""

from collections.abc import Mapping
from typing import Any, Protocol

from drawbar.flow.decision import Decision, Known, Needs
from drawbar.freight.case import Case
from drawbar.freight.fact import Fact
from drawbar.freight.stream import StreamKey, StreamKind


class Run(Protocol):
    """What follows from facts, and how the state of a stream is stored and shown."""

    def needs(self, fact: Fact) -> Needs:
        """Return which streams and names the decision about ``fact`` must know."""

    def decide(self, fact: Fact, known: Known) -> Decision:
        """Return everything that follows. Whatever it raises makes the fact a dead letter."""

    def on_desk(self, case: Case) -> Case:
        """Return a new case on the desk, and due, as the firm says."""

    def state_type(self, kind: StreamKind) -> Any:
        """Return what the stored states of ``kind`` are decoded into: a Struct, or a union."""

    def board(self, key: StreamKey, state: Any) -> Mapping[str, object]:
        """Return the searchable columns of a stream, by the names in ``records.streams``."""

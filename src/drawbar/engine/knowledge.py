"""What one batch knows: the streams it locked, their states, and who bears which name.

It grows while the batch is decided, so that a later fact sees what earlier ones led to.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Any

from drawbar.flow.decision import Decision, Known, Needs
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.names import Found, NameRow


class Knowledge:
    """States, versions and names under the locks of one transaction."""

    def __init__(self, open_from: date | None = None) -> None:
        """Begin with nothing but the first day whose period is open, None if every one is."""
        self.open_from = open_from
        self.locked: frozenset[StreamKey] = frozenset()
        self.states: dict[StreamKey, Any] = {}
        self.versions: dict[StreamKey, int] = {}
        self.steps: dict[StreamKey, int] = {}
        self._found: Found = {}
        self._named: dict[ReferenceKey, set[StreamKey]] = {}

    def look_up(self, found: Found) -> None:
        """Take in who bears names that nobody has looked up yet."""
        self._found |= found

    def lock(self, locked: Set[StreamKey], stored: Mapping[StreamKey, tuple[int, Any]]) -> None:
        """Take in streams that are locked from now on; ``stored`` has those that exist."""
        self.locked |= locked
        for stream, (version, state) in stored.items():
            self.versions[stream] = version
            self.states[stream] = state

    def see(self, stored: Mapping[StreamKey, tuple[int, Any]]) -> None:
        """Take in streams as they stand, which are not locked and so may not be changed."""
        for stream, (_, state) in stored.items():
            self.states.setdefault(stream, state)

    def streams_of(self, needs: Needs) -> tuple[StreamKey, ...]:
        """Return the streams that a fact touches, in key order, by key and by name."""
        named = (stream for key in needs.found_by for stream in self.bearers(key))
        return tuple(sorted({*needs.streams, *named}))

    def bearers(self, key: ReferenceKey) -> tuple[StreamKey, ...]:
        """Return the streams that bear a name, in key order."""
        loaded = self._found[key]
        if key not in self._named:
            return loaded
        return tuple(sorted({*loaded, *self._named[key]}))

    def new(self, rows: Iterable[NameRow]) -> list[NameRow]:
        """Return names that their streams were not found to bear already, in order."""
        return sorted(row for row in rows if row.stream not in self._found.get(row.key, ()))

    def known(self, needs: Needs, streams: Iterable[StreamKey]) -> Known:
        """Return what the decision about one fact may see."""
        seen = (*streams, *needs.reads)
        states = {stream: self.states[stream] for stream in seen if stream in self.states}
        found = {key: self.bearers(key) for key in needs.found_by}
        return Known(states=states, found=found, open_from=self.open_from)

    def absorb(self, decision: Decision) -> None:
        """Take over the new states and names of a decision."""
        for stream, state in decision.states.items():
            self.states[stream] = state
            self.versions[stream] = self.versions.get(stream, 0) + 1
            self.steps[stream] = self.steps.get(stream, 0) + 1
            if stream.kind is StreamKind.PERIOD:
                self.open_from = state.open_from
        for naming in decision.names:
            self._named.setdefault(naming.key, set()).add(naming.stream)

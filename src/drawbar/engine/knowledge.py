"""What one batch knows: the streams it locked, their states, and who bears which name.

It grows while the batch is decided, so that a later fact sees what earlier ones led to.
"""

from collections.abc import Iterable
from typing import Any

from drawbar.flow.decision import Decision, Known, Needs
from drawbar.freight.reference import ReferenceKey
from drawbar.freight.stream import StreamKey
from drawbar.records.names import Found


class Knowledge:
    """States, versions and names under the locks of one transaction."""

    def __init__(
        self,
        *,
        locked: Iterable[StreamKey],
        states: dict[StreamKey, Any],
        versions: dict[StreamKey, int],
        found: Found,
    ) -> None:
        """Begin with what was loaded. ``versions`` lacks streams that do not exist yet."""
        self.locked = frozenset(locked)
        self.states = states
        self.versions = dict(versions)
        self.steps: dict[StreamKey, int] = {}
        self._found = found
        self._named: dict[ReferenceKey, set[StreamKey]] = {}

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

    def found(self, key: ReferenceKey, stream: StreamKey) -> bool:
        """Say whether ``stream`` bore the name when the batch began."""
        return stream in self._found.get(key, ())

    def known(self, needs: Needs, streams: Iterable[StreamKey]) -> Known:
        """Return what the decision about one fact may see."""
        states = {stream: self.states[stream] for stream in streams if stream in self.states}
        return Known(states=states, found={key: self.bearers(key) for key in needs.found_by})

    def absorb(self, decision: Decision) -> None:
        """Take over the new states and names of a decision."""
        for stream, state in decision.states.items():
            self.states[stream] = state
            self.versions[stream] = self.versions.get(stream, 0) + 1
            self.steps[stream] = self.steps.get(stream, 0) + 1
        for naming in decision.names:
            self._named.setdefault(naming.key, set()).add(naming.stream)

"""Modes: a flow of another system is only observed, runs in a shadow, or is live.

This is how a firm replaces an old interface piece by piece, with a way back. A flow is a kind of
delivery, such as ``TenderLoad``, or one that is read, such as ``inbox``.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import get_args

from msgspec import Struct

from drawbar.freight.delivery import AnyPayload


class Mode(StrEnum):
    """How far a flow goes, the most careful first. Stored.

    Observed, it is read and moves nothing. In shadow everything is computed and nothing is sent.
    """

    OBSERVE = "observe"
    SHADOW = "shadow"
    LIVE = "live"


EVERY = "all"  # stored
"""Stands for each flow of a system of which nothing else is said."""

OUTGOING = frozenset(kind.__name__ for kind in get_args(AnyPayload))
"""The flows that go out: kinds of deliveries by their stored names."""

Modes = Mapping[str, Mapping[str, Mode]]
"""System -> flow -> mode. A flow of which nothing is said is live."""


class ModeChange(Struct, frozen=True, kw_only=True):
    """What is said anew of one flow of a system; None where nothing was, or is, said of it."""

    system: str
    flow: str
    before: Mode | None
    after: Mode | None

    @property
    def words(self) -> str:
        """Return it as a person reads it."""
        flow = "every other flow" if self.flow == EVERY else self.flow
        return f"{self.system} {flow}: {_word(self.before)} -> {_word(self.after)}"


def mode_of(modes: Modes, system: str, flow: str) -> Mode:
    """Return the mode of a flow: what is said of it, else of all its system's, else live."""
    said = modes.get(system, {})
    return said.get(flow, said.get(EVERY, Mode.LIVE))


def changes(before: Modes, after: Modes) -> tuple[ModeChange, ...]:
    """Return what ``after`` says otherwise. A system that it does not know stays as it is."""
    return tuple(
        ModeChange(system=system, flow=flow, before=was, after=will)
        for system in sorted(after)
        for flow in sorted({*before.get(system, {}), *after[system]})
        if (was := before.get(system, {}).get(flow)) != (will := after[system].get(flow))
    )


def tightened(in_force: Modes, at_hand: Modes) -> Modes:
    """Return the more careful mode of both for each flow of the systems ``at_hand``."""
    return {system: dict(_more_careful(in_force, at_hand, system)) for system in at_hand}


def _more_careful(in_force: Modes, at_hand: Modes, system: str) -> Iterator[tuple[str, Mode]]:
    """Yield what must be said, and what is said already: one that is needless stays out."""
    known = in_force.get(system, {})
    rest = _lesser(in_force, at_hand, system, EVERY)
    if EVERY in known or rest is not Mode.LIVE:
        yield EVERY, rest
    for flow in sorted({*at_hand[system], *known} - {EVERY}):
        mode = _lesser(in_force, at_hand, system, flow)
        if flow in known or mode is not rest:
            yield flow, mode


def _lesser(in_force: Modes, at_hand: Modes, system: str, flow: str) -> Mode:
    both = mode_of(in_force, system, flow), mode_of(at_hand, system, flow)
    return min(both, key=list(Mode).index)


def _word(mode: Mode | None) -> str:
    return mode.value if mode else "nothing said"

"""Modes on file: which flows are live, what the others keep back, who changed it and why.

What came under a mode that sends nothing is never sent by itself, whatever its flow becomes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from drawbar.flow.mode import OUTGOING, Mode, ModeChange, Modes
from drawbar.freight.delivery import Lane
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.messages.queue import Claimed, claimed_of
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("modes")
DOUBT = (
    "It was tried while its flow was live, and left open when the flow was not. Look there, then "
    "say whether it was done."
)


class KeptBack(Struct, frozen=True):
    """A delivery that does not go out, ours until the transaction ends.

    ``mode`` is that of its flow; None where it was tried before, when the flow was live.
    """

    claimed: Claimed
    mode: Mode | None


class Undecided(Struct, frozen=True, kw_only=True):
    """A delivery that was never sent, and of which nobody said what becomes of it.

    ``message_ref`` keeps the bytes that it would have been, empty where none were made.
    """

    delivery_id: int
    system: str
    kind: str
    business_key: str
    stream: StreamKey
    kept_back: Mode
    created_at: datetime
    message_ref: str


class FlowStanding(Struct, frozen=True, kw_only=True):
    """How many deliveries of a flow wait, are on their way, or were never sent, undecided."""

    system: str
    flow: str
    waiting: int
    on_the_way: int
    undecided: int


class ChangeKept(Struct, frozen=True, kw_only=True):
    """A change of a mode as it is kept. An empty mode: nothing was, or is, said of the flow."""

    system: str
    flow: str
    before: str
    after: str
    said_by: str
    because: str
    company_version: int
    changed_at: datetime


def modes_in_force(cursor: Rows) -> Modes:
    """Return what is said of flows by now."""
    modes: dict[str, dict[str, Mode]] = {}
    for system, flow, mode in cursor.execute(_SQL["in_force"]):
        modes.setdefault(system, {})[flow] = Mode(mode)
    return modes


def mode_in_force(cursor: Rows, *, system: str, flow: str) -> Mode:
    """Return the mode of one flow."""
    row = cursor.execute(_SQL["mode_of"], {"system": system, "flow": flow}).fetchone()
    assert row is not None, "a function has a value"
    return Mode(row[0])


def write_modes(
    cursor: Rows,
    changes: Sequence[ModeChange],
    *,
    by: str,
    because: str,
    version: int,
    at: datetime,
) -> list[tuple[str, StreamKey, str]]:
    """Write changes for ever, and end what their flows kept back until now.

    Return system, stream and business key of what was tried before and is now asked about. The
    caller holds ``lock_newest``: nobody claims meanwhile.
    """
    doubtful: list[tuple[str, StreamKey, str]] = []
    for system in sorted({one.system for one in changes}):
        scope = {"system": system, "now": at, "text": DOUBT}
        cursor.execute(_SQL["end_waiting"], scope)
        for kind, ref, key in cursor.execute(_SQL["doubt"], scope):
            doubtful.append((system, StreamKey(StreamKind(kind), ref), key))
    for one in changes:
        after = one.after.value if one.after else ""
        told = {"before": one.before.value if one.before else "", "after": after}
        row = {"system": one.system, "flow": one.flow, **told}
        cursor.execute(_SQL["set" if after else "unset"], row)
        said = {"by": by, "because": because, "version": version, "at": at}
        cursor.execute(_SQL["note"], row | said)
    return doubtful


def keep_back(
    cursor: Rows, *, system: str, lane: Lane, now: datetime, limit: int
) -> list[KeptBack]:
    """Claim, for this transaction alone, up to ``limit`` deliveries that must not go out."""
    asked = {"system": system, "lane": lane.value, "now": now, "limit": limit}
    rows = cursor.execute(_SQL["keep_back"], asked | {"kinds": sorted(OUTGOING)}).fetchall()
    found = [KeptBack(claimed_of(row), Mode(row[-1]) if row[-1] else None) for row in rows]
    return sorted(found, key=lambda one: one.claimed.delivery_id)


def undecided(cursor: Rows, *, system: str = "", limit: int = 100) -> list[Undecided]:
    """Return what was never sent and nobody decided about, the newest first."""
    rows = cursor.execute(_SQL["undecided"], {"system": system, "limit": limit})
    return [_undecided(*row) for row in rows]


def flows_standing(cursor: Rows, systems: Sequence[str]) -> list[FlowStanding]:
    """Return what is open of each flow that goes out to ``systems``, by system and flow."""
    rows = cursor.execute(_SQL["standing"], {"systems": list(systems)})
    names = FlowStanding.__struct_fields__
    return [FlowStanding(**dict(zip(names, row, strict=True))) for row in rows]


def mode_changes(cursor: Rows, *, limit: int = 50) -> list[ChangeKept]:
    """Return who changed which mode and why, the newest first."""
    names = ChangeKept.__struct_fields__
    rows = cursor.execute(_SQL["changes"], {"limit": limit})
    return [ChangeKept(**dict(zip(names, row, strict=True))) for row in rows]


def _undecided(
    delivery_id: int,
    system: str,
    kind: str,
    key: str,
    stream_kind: str,
    stream_ref: str,
    *more: Any,
) -> Undecided:
    kept_back, created_at, message_ref = more
    return Undecided(
        delivery_id=delivery_id,
        system=system,
        kind=kind,
        business_key=key,
        stream=StreamKey(StreamKind(stream_kind), stream_ref),
        kept_back=Mode(kept_back),
        created_at=created_at,
        message_ref=message_ref or "",
    )

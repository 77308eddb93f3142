"""Poll: read what is new in a system, take it in, and remember how far we have read.

The cursor moves in the transaction of what was read: nothing is skipped, and again is harmless.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from drawbar.connectors.port import Connector, Page
from drawbar.engine.applying import Learn
from drawbar.engine.batch import Batch
from drawbar.engine.engine import Engine
from drawbar.engine.taking import Taken, take
from drawbar.messages.heard_numbers import eras
from drawbar.messages.inbox import Intake
from drawbar.records.cursors import move, position_of, positions

PAGES_MAX = 1_000


class Overlapping(RuntimeError):
    """Another polled the same flow meanwhile; what it read is on file. Try again later."""


class Source(Struct, frozen=True):
    """One flow of one system, such as the orders of the ERP."""

    connector: Connector
    flow: str


class Read(Struct, frozen=True):
    """A page of a flow, as it was read behind ``position``."""

    source: Source
    position: str
    page: Page


def poll(engine: Engine, source: Source, *, position: str | None = None) -> tuple[Taken, ...]:
    """Take everything that is new. Raise ``Unreachable`` when the system cannot be asked now.

    ``position`` is how far the flow was read, for whoever knows it; else it is looked up.
    """
    taken: tuple[Taken, ...] = ()
    at = _position(engine, source) if position is None else position
    for _ in range(PAGES_MAX):
        page, some = poll_once(engine, source, position=at)
        taken, at = taken + some, page.cursor
        if not page.more:
            break
    return taken


def poll_once(engine: Engine, source: Source, *, position: str) -> tuple[Page, tuple[Taken, ...]]:
    """Take the page behind ``position``, and tell the system that its items are kept by us."""
    page = source.connector.changes(source.flow, position)
    return page, keep_together(engine, [Read(source, position, page)])


def keep_together(engine: Engine, read: Sequence[Read]) -> tuple[Taken, ...]:
    """Take pages of different flows in one transaction; tell the systems that they are kept."""
    new = [one for one in read if one.page.items or one.page.cursor != one.position]
    if not new:
        return ()
    taken = engine.within(lambda batch, learn: _keep(engine, batch, learn, new))
    for one in new:
        one.source.connector.settled(one.page)
    return taken


def all_positions(engine: Engine) -> dict[tuple[str, str], str]:
    """Return how far every flow was read, from one look; one that is missing was never read."""
    return engine.within(lambda batch, _: positions(batch.cursor))


def _position(engine: Engine, source: Source) -> str:
    system, flow = source.connector.system, source.flow
    return engine.within(lambda batch, _: position_of(batch.cursor, system, flow))


def _keep(engine: Engine, batch: Batch, learn: Learn, read: Sequence[Read]) -> tuple[Taken, ...]:
    counted = eras(batch.cursor, {one.source.connector.system for one in read})
    intakes = [intake for one in read for intake in _intakes(one, counted)]
    taken = take(batch, learn, engine.readers, intakes)
    for one in read:
        system, flow = one.source.connector.system, one.source.flow
        old, new = one.position, one.page.cursor
        if not move(batch.cursor, system, flow, old=old, new=new, at=batch.now):
            raise Overlapping(f"{flow} of {system} was read by another meanwhile")
    return taken


def _intakes(read: Read, counted: Mapping[str, int]) -> Sequence[Intake]:
    """Return the items of a page; where a sender began to count anew, its keys begin anew too."""
    era = counted.get(read.source.connector.system)
    anew = f"@{era}" if era else ""
    return [
        Intake(
            channel=item.channel,
            sender=read.source.connector.system,
            body=item.body,
            content_type=item.content_type,
            key=f"{item.key}{anew}",
        )
        for item in read.page.items
    ]

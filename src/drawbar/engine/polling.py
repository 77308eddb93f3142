"""Poll: read what is new in a system, take it in, and remember how far we have read.

The cursor moves in the transaction of what was read: nothing is skipped, and again is harmless.
"""

from collections.abc import Sequence

from msgspec import Struct

from drawbar.connectors.port import Connector, Page
from drawbar.engine.applying import Learn
from drawbar.engine.batch import Batch
from drawbar.engine.engine import Engine
from drawbar.engine.taking import Taken, take
from drawbar.messages.inbox import Intake
from drawbar.records.cursors import move, position_of, positions

PAGES_MAX = 1_000


class Overlapping(RuntimeError):
    """Another polled the same flow meanwhile; what it read is on file. Try again later."""


class Source(Struct, frozen=True):
    """One flow of one system, such as the orders of the ERP."""

    connector: Connector
    flow: str


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
    if not page.items and page.cursor == position:
        return page, ()
    taken = engine.within(lambda batch, learn: _keep(engine, batch, learn, source, position, page))
    source.connector.settled(page)
    return page, taken


def all_positions(engine: Engine) -> dict[tuple[str, str], str]:
    """Return how far every flow was read, from one look; one that is missing was never read."""
    return engine.within(lambda batch, _: positions(batch.cursor))


def _position(engine: Engine, source: Source) -> str:
    system, flow = source.connector.system, source.flow
    return engine.within(lambda batch, _: position_of(batch.cursor, system, flow))


def _keep(
    engine: Engine, batch: Batch, learn: Learn, source: Source, position: str, page: Page
) -> tuple[Taken, ...]:
    system = source.connector.system
    taken = take(batch, learn, engine.readers, _intakes(system, page))
    if not move(batch.cursor, system, source.flow, old=position, new=page.cursor, at=batch.now):
        raise Overlapping(f"{source.flow} of {system} was read by another meanwhile")
    return taken


def _intakes(system: str, page: Page) -> Sequence[Intake]:
    return [
        Intake(
            channel=item.channel,
            sender=system,
            body=item.body,
            content_type=item.content_type,
            key=item.key,
        )
        for item in page.items
    ]

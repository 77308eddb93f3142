"""Put the levels of a ship notice under each other: shipment, order, package, item (HL).

Whatever the numbers say, every level is returned once: one that names no level before it stands
at the top.
"""

from collections.abc import Iterator

from msgspec import Struct

from drawbar.edi.document import TransactionSet
from drawbar.edi.segment import Segment
from drawbar.edi.x12.check import structured
from drawbar.edi.x12.structure import Loop


class Level(Struct, frozen=True, kw_only=True):
    """One HL and what follows it. ``kind``: S shipment, O order, T pallet, P package, I item."""

    number: str
    kind: str
    loop: Loop
    above: int | None = None  # its place in what ``levels`` returns

    @property
    def segments(self) -> Iterator[Segment]:
        """Yield the segments of this level and of the loops in it, in order."""
        tags = {item.tag for item in self.loop.segments} | set(self.loop.use.places)
        return self.loop.anywhere(*tags) if tags else iter(())


def levels(item: TransactionSet) -> tuple[Level, ...]:
    """Return the levels of a set in order, each with the place of the one above it."""
    root, _ = structured(item)
    places: dict[str, int] = {}
    found: list[Level] = []
    for loop in root.inside("level"):
        head = loop.first("HL")
        above = places.get(head.get(2)) if head.get(2) else None
        found.append(Level(number=head.get(1), kind=head.get(3), loop=loop, above=above))
        places[head.get(1)] = len(found) - 1
    return tuple(found)

"""How a typed value stands in segments, as data: one table reads it and builds it.

A shape names the segment that states a value, the element and component of each field, and the
segments or groups behind it that state its parts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from drawbar.edi.component import component, composite
from drawbar.edi.edifact.number import read_number, write_number
from drawbar.edi.place import Place
from drawbar.edi.segment import Dialect, Segment, segment
from drawbar.edi.value import Amount, read_whole
from drawbar.edi.x12.structure import Loop


class Spot(Struct, frozen=True):
    """Where a field stands. ``kind`` is text, amount or whole.

    With ``times`` the field is a tuple of texts: of as many components, or ``across`` elements.
    """

    element: int
    component: int = 1
    kind: str = "text"
    times: int = 0
    across: bool = False

    @property
    def cells(self) -> list[tuple[int, int]]:
        """Return each element and component that the field may fill."""
        count = range(self.times or 1)
        if self.across:
            return [(self.element + step, self.component) for step in count]
        return [(self.element, self.component + step) for step in count]


class Part(Struct, frozen=True):
    """Values behind a segment: ``of`` is a group's name or a segment's tag (upper case)."""

    field: str
    of: str
    shape: "Shape"
    is_one: bool = False


class Shape(Struct, frozen=True):
    """A type, the segment that begins it, its fields, and its parts in the order of the message."""

    type: Any
    tag: str
    spots: Mapping[str, Spot]
    parts: tuple[Part, ...] = ()


def parse_shape(shape: Shape, item: Segment, loop: Loop | None, dialect: Dialect) -> Any:
    """Return what ``item``, and what stands behind it in ``loop``, says."""
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for name, spot in shape.spots.items():
        values[name] = _read(item, spot, dialect)
        if values[name]:
            inner = spot.component if dialect.component in item.get(spot.element) else 0
            places[name] = item.place(spot.element, inner)
    for part in shape.parts:
        found = tuple(_parse_part(part, loop, dialect)) if loop else ()
        values[part.field] = (found[0] if found else None) if part.is_one else found
    return shape.type(**values, at=places)


def _parse_part(part: Part, loop: Loop, dialect: Dialect) -> Iterator[Any]:
    if part.of.isupper():
        for item in loop.every(part.of):
            yield parse_shape(part.shape, item, None, dialect)
        return
    for inner in loop.inside(part.of):
        yield parse_shape(part.shape, inner.segments[0], inner, dialect)


def _read(item: Segment, spot: Spot, dialect: Dialect) -> Any:
    texts = [component(item, *cell, dialect) for cell in spot.cells]
    if spot.times:
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)
    match spot.kind:
        case "amount":
            return read_number(texts[0], dialect.decimal) if texts[0] else None
        case "whole":
            return read_whole(texts[0])
        case _:
            return texts[0]


def build_shape(shape: Shape, value: Any, dialect: Dialect) -> Iterator[Segment]:
    """Yield the segments that say ``value``, in the order of the message.

    Raise ``UnableToState`` where the message has no place for something in ``value``.
    """
    _refuse_homeless(shape, value)
    cells: dict[int, dict[int, str]] = {}
    for name, spot in shape.spots.items():
        for (element, number), text in zip(
            spot.cells, _written(getattr(value, name), spot, dialect), strict=False
        ):
            if text:
                cells.setdefault(element, {})[number] = text
    last = max(cells, default=0)
    yield segment(shape.tag, *(_element(cells.get(n, {}), dialect) for n in range(1, last + 1)))
    for part in shape.parts:
        stated = getattr(value, part.field)
        several = ((stated,) if stated is not None else ()) if part.is_one else stated
        inner = bare(part.shape) if part.of.isupper() else part.shape
        for each in several:
            yield from build_shape(inner, each, dialect)


def bare(shape: Shape) -> Shape:
    """Return the same shape with nothing behind its segment."""
    return Shape(shape.type, shape.tag, shape.spots)


def _refuse_homeless(shape: Shape, value: Any) -> None:
    known = {*shape.spots, *(part.field for part in shape.parts)}
    for name in value.__struct_fields__:
        stated = getattr(value, name)
        if name not in known and isinstance(stated, tuple) and stated:
            message = f"{shape.tag} has no place for {name} here"
            raise UnableToState(message)


def _element(components: Mapping[int, str], dialect: Dialect) -> str:
    last = max(components, default=0)
    return composite([components.get(number, "") for number in range(1, last + 1)], dialect)


def _written(value: Any, spot: Spot, dialect: Dialect) -> list[str]:
    if spot.times:
        if len(value) > spot.times:
            message = f"more than {spot.times} texts"
            raise UnableToState(message)
        return list(value)
    if isinstance(value, Amount):
        return [write_number(value, dialect.decimal)]
    return ["" if value is None else str(value)]


class UnableToState(ValueError):
    """The message has no place for what it should say, or fewer places. Say it elsewhere in it."""

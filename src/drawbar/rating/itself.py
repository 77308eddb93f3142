"""A thing that is equal to itself alone, so that what was said of it is found without reading it.

It keeps the thing, so no other one can take its place while it is remembered.
"""

from typing import Generic, TypeVar

T = TypeVar("T")


class Itself(Generic[T]):
    """Wraps what never changes: two are equal where they hold the very same object."""

    __slots__ = ("thing",)

    def __init__(self, thing: T) -> None:
        """Keep ``thing``."""
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)

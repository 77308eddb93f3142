"""A catalog entry: one message as a promise, with who answers for it and who relies on it.

A version that somebody relies on is never changed in a way that breaks them; it gets a successor.
"""

from enum import StrEnum

from msgspec import Struct


class EntryKind(StrEnum):
    """What kind of message it is."""

    FACT = "fact"
    API = "api"
    PARTNER = "partner"


class Lifecycle(StrEnum):
    """How far one may rely on it. A deprecated message still works; a retired one is refused."""

    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Entry(Struct, frozen=True, kw_only=True):
    """One version of one message. ``owner`` is the desk that answers for it.

    ``consumers`` are who reads it: for a fact the streams that it moves, for a message the facts
    that it becomes, or that cause us to send it.
    """

    name: str
    kind: EntryKind
    owner: str
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    version: int = 1
    consumers: tuple[str, ...]
    about: str

    @property
    def id(self) -> str:
        """Return what the entry is called everywhere, such as ``drawbar:fact:OrderReleased:1``."""
        return f"drawbar:{self.kind.value}:{self.name.replace(' ', '_')}:{self.version}"

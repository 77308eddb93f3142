"""A wire carries whole files between a partner and us, whatever the files say.

A partner's profile says what is said; its wire, how the bytes get there. Nothing that a wire loses
is lost: what cannot be known after a cut line is looked up, never guessed.

A further wire, such as AS2, gives what ``Wire`` asks for. Where the partner comes to us, ``take``
returns nothing, and the web's door asks the connector (``Hearing``) what the posted bytes are. A
wire that gets a receipt keeps it under ``own`` before ``put`` returns: ``is_done`` reads it there.
"""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from drawbar.connectors.port import Item


class Cut(ConnectionError):
    """The wire broke or was not there. Whether anything was done is looked up later."""


class Barred(ValueError):
    """The wire is refused for good, such as a host key nobody vouched for. Nothing went out.

    A person mends the settings of the system, or speaks with the partner. ``field`` is the setting.
    """

    def __init__(self, text: str, field: str = "wire") -> None:
        """Say what is refused."""
        super().__init__(text)
        self.field = field


class Wire(Protocol):
    """Lays files out whole and once, takes files in once. A place is a folder, or a path."""

    @property
    def can_look_up(self) -> bool:
        """Say whether ``is_done`` can be trusted after a cut; without it, a person is asked."""

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return what is claimed, old and new, and whether there is more. Raise ``OSError``.

        What was taken and not settled comes again, also after a crash.
        """

    def settle(self, key: str) -> None:
        """Put away the files of an item that is kept on our side."""

    def put(self, place: str, name: str, body: bytes, *, note: Callable[[], None]) -> None:
        """Lay a file out so that whoever watches sees it whole or not at all.

        ``note`` is called at the last moment at which nobody can have seen it: from then on it may
        be out. Raise ``OSError`` where nobody knows, ``Barred`` where it was refused.
        """

    def is_done(self, place: str, name: str) -> bool:
        """Say whether a ``put`` that came as far as its note was brought to its end.

        Also when the partner took the file meanwhile. Raise ``OSError`` when it cannot be seen now.
        """

    def standing(self, place: str, name: str) -> bytes | None:
        """Return what lies there now under a name, None where nothing does. Raise ``OSError``."""

    def probe(self) -> bool:
        """Say whether files could go both ways. Raise ``Barred`` where the wire is refused."""

    def close(self) -> None:
        """Hang up; the next call connects anew."""


@runtime_checkable
class Hearing(Protocol):
    """A connector whose partner may come to us: it says what posted bytes are."""

    @property
    def party_ref(self) -> str:
        """Return for whom the partner speaks."""

    def heard(self, name: str, body: bytes) -> Item:
        """Return the item that a file of this name with these bytes would have been."""

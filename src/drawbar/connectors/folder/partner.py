"""Talks to a partner by files, over any wire: lays files out whole, takes files in once."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Protocol

from drawbar.connectors.port import Item, Page, Sending, Unreachable
from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.wire.opening import open_wire
from drawbar.connectors.wire.port import Barred, Wire
from drawbar.connectors.wire.setting import WireSettings
from drawbar.freight.delivery import Confirmed, Existing, Outcome, Rejected, Unknown
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class _Folders(Protocol):
    @property
    def inbox(self) -> str: ...
    @property
    def outbox(self) -> str: ...
    @property
    def own(self) -> str: ...


class Shared(Protocol):
    """What the settings of such a partner say: its name, the folders, when a file is whole."""

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""

    @property
    def folders(self) -> _Folders:
        """Return where files lie: two folders shared with the partner, one of ours alone."""

    @property
    def wire(self) -> WireSettings:
        """Return by what the shared folders are reached."""

    @property
    def stable_seconds(self) -> float:
        """Return for how long a file has not changed when it is taken."""


class FolderPartner(ABC):
    """The half of a connector that is alike for all who send files; the rest is what is said."""

    def __init__(self, shared: Shared) -> None:
        """Take and lay files where ``shared`` says."""
        self._shared, self._own = shared, Path(shared.folders.own)
        self._outgoing = shared.folders.outbox
        self._wire = open_wire(shared, item_of=self._item)
        self._refused: set[str] = set()
        self._told: set[str] = set()

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""
        return self._shared.system

    @property
    def wire(self) -> Wire:
        """Return what carries the files."""
        return self._wire

    def render(self, sending: Sending) -> bytes:
        """Return the bytes of the file, empty for what ``send`` cannot bring about now."""
        try:
            return self._body(sending)
        except (Unsayable, OSError):
            return b""

    def send(self, sending: Sending) -> Outcome:
        """Lay the file out, unless it went out before."""
        try:
            return self._lay(sending)
        except (Unsayable, Barred) as error:
            return Rejected(text=str(error), field=error.field)
        except OSError as error:
            return Unknown(text=f"{type(error).__name__}: {error}")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return what went out under our key. Raise ``Unreachable``."""
        try:
            return self._sent(kind, business_key)
        except (Barred, OSError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error

    def changes(self, flow: str, cursor: str) -> Page:
        """Return the files that lie there whole. A folder needs no cursor: reading empties it."""
        del flow
        try:
            items, more = self._wire.take()
        except Barred as error:
            return Page(items=(self._refusal(error),), cursor=cursor)
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return Page(items=items, cursor=cursor, more=more)

    def heard(self, name: str, body: bytes) -> Item:
        """Return what bytes are that the partner posted: the item that a file had been."""
        return self._item(name, body)

    def settled(self, page: Page) -> None:
        """Put away the files of a page that is kept on our side."""
        for item in page.items:
            self._wire.settle(item.key)
        self._told |= {item.key for item in page.items} & self._refused

    def probe(self) -> bool:
        """See whether files could go both ways. Raise ``Barred`` where the wire is refused."""
        return self._wire.probe()

    def close(self) -> None:
        """Hang up."""
        self._wire.close()

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return nothing: such a partner answers by files of its own."""
        del sending, outcome, receipt
        return ()

    def _refusal(self, error: Barred) -> Item:
        """Return a note in place of what cannot be read: a person gets it as a case, once.

        Raise ``Unreachable`` where it was told before.
        """
        item = self._item(f"{error.field}.txt", f"Nothing can be read: {error}\n".encode())
        if item.key in self._told:
            raise Unreachable(str(error)) from error
        self._refused.add(item.key)
        return item

    @abstractmethod
    def _item(self, name: str, body: bytes) -> Item:
        """Return what a file of the partner is."""

    @abstractmethod
    def _body(self, sending: Sending) -> bytes:
        """Return the bytes of the file. Raise ``Unsayable``."""

    @abstractmethod
    def _lay(self, sending: Sending) -> Outcome:
        """Lay the file out once. Raise ``Unsayable``."""

    @abstractmethod
    def _sent(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the names or numbers of what went out under our key."""

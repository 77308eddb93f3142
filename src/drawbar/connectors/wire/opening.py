"""Opens the wire that the settings of a system name."""

from pathlib import Path
from typing import Protocol

from drawbar.connectors.folder.claims import ItemOf
from drawbar.connectors.folder.inbox import Inbox
from drawbar.connectors.wire.folder import FolderWire
from drawbar.connectors.wire.port import Wire
from drawbar.connectors.wire.setting import WireSettings


class _Folders(Protocol):
    @property
    def inbox(self) -> str: ...
    @property
    def outbox(self) -> str: ...
    @property
    def own(self) -> str: ...


class Wired(Protocol):
    """What the settings of a partner say about its wire."""

    @property
    def folders(self) -> _Folders:
        """Return where files lie; ``own`` is always on this machine."""

    @property
    def wire(self) -> WireSettings:
        """Return by what the shared folders are reached."""

    @property
    def stable_seconds(self) -> float:
        """Return for how long a file has not changed when it is taken."""


def open_wire(wired: Wired, *, item_of: ItemOf) -> Wire:
    """Return the wire of a partner. Nothing is connected before the first call."""
    folders, own = wired.folders, Path(wired.folders.own)
    inbox = Inbox(Path(folders.inbox), own, stable_seconds=wired.stable_seconds, item_of=item_of)
    return FolderWire(inbox, watched=(folders.inbox, folders.outbox))

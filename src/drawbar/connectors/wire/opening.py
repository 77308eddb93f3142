"""Opens the wire that the settings of a system name."""

from pathlib import Path
from typing import Protocol

from drawbar.connectors.as2.agreed import As2
from drawbar.connectors.folder.claims import ItemOf
from drawbar.connectors.folder.inbox import Inbox
from drawbar.connectors.wire.folder import FolderWire
from drawbar.connectors.wire.http import HttpWire
from drawbar.connectors.wire.port import Wire
from drawbar.connectors.wire.setting import Sftp, WireSettings


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
    told, folders, own = wired.wire, wired.folders, Path(wired.folders.own)
    if told.http is not None:
        return HttpWire(told.http, own=own)
    if told.sftp is not None:
        return _sftp(told.sftp, wired, item_of=item_of)
    if told.as2 is not None:
        return _as2(told.as2, own=own, item_of=item_of)
    inbox = Inbox(Path(folders.inbox), own, stable_seconds=wired.stable_seconds, item_of=item_of)
    watched = tuple(folder for folder in (folders.inbox, folders.outbox) if folder)
    return FolderWire(inbox if folders.inbox else None, watched=watched)


def _sftp(told: Sftp, wired: Wired, *, item_of: ItemOf) -> Wire:
    from drawbar.connectors.wire.sftp import SftpWire  # noqa: PLC0415 - SSH where spoken

    return SftpWire(
        told,
        inbox=wired.folders.inbox,
        outbox=wired.folders.outbox,
        own=Path(wired.folders.own),
        stable_seconds=wired.stable_seconds,
        item_of=item_of,
    )


def _as2(told: As2, *, own: Path, item_of: ItemOf) -> Wire:
    from drawbar.connectors.as2.wire import As2Wire  # noqa: PLC0415 - ciphers where spoken

    return As2Wire(told, own=own, item_of=item_of)

"""The wire of folders on our own machine, or mounted there: the partner reads and writes them."""

import os
from collections.abc import Callable
from pathlib import Path

from drawbar.connectors.folder.inbox import Inbox
from drawbar.connectors.folder.shelf import sync
from drawbar.connectors.port import Item


class FolderWire:
    """Half a file lies hidden beside the others until it is noted; only then it gets its name."""

    can_look_up = True

    def __init__(self, inbox: Inbox | None, *, watched: tuple[str, ...]) -> None:
        """Take files from ``inbox``, if there is one. ``watched`` are the folders shared."""
        self._inbox, self._watched = inbox, watched

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return what is claimed, old and new, and whether there is more."""
        return self._inbox.take() if self._inbox else ((), False)

    def settle(self, key: str) -> None:
        """Put away the files of an item that is kept on our side."""
        if self._inbox:
            self._inbox.settle(key)

    def put(self, place: str, name: str, body: bytes, *, note: Callable[[], None]) -> None:
        """Write a file beside, note that it may be out, and give it its name as the last step."""
        half, folder = _half(place, name), Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        sync(folder)
        note()
        half.rename(folder / name)
        sync(folder)

    def is_done(self, place: str, name: str) -> bool:
        """Say whether the last step was done: half a file that was noted is gone only then."""
        return not _half(place, name).exists()

    def standing(self, place: str, name: str) -> bytes | None:
        """Return what lies there now under a name."""
        file = Path(place) / name
        return file.read_bytes() if file.exists() else None

    def probe(self) -> bool:
        """See whether the shared folders are there."""
        return all(Path(folder).is_dir() for folder in self._watched)

    def close(self) -> None:
        """Nothing is held open between two calls."""


def _half(place: str, name: str) -> Path:
    return Path(place) / f".{name}.part"

"""What a partner sends us, as files: taken when whole, kept until we have stored what they say.

A file is claimed by one atomic move, so two readers never take it twice; what was claimed and not
settled is read again after a crash. No move is forced to the disk: where a loss of power undoes
one, the file is read again, and known by its key.
"""

import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from drawbar.connectors.folder.shelf import shift
from drawbar.connectors.port import Item

ItemOf = Callable[[str, bytes], Item]
"""What a file is, by the name under which the partner put it there and by its bytes."""

FILES_MAX = 100
"""How many files one page holds."""

BYTES_MAX = 64 * 1024 * 1024
UNFINISHED = (".part", ".tmp", ".filepart", ".swp")


class _Look(Struct, frozen=True):
    """How a file looked, and since when it looks like that."""

    size: int
    changed: int
    since: float


class Inbox:
    """Two folders of ours, claimed and done, beside the one that the partner fills."""

    def __init__(self, inbox: Path, own: Path, *, stable_seconds: float, item_of: ItemOf) -> None:
        """Take a file once it has not changed for ``stable_seconds``."""
        self._inbox, self._claimed, self._done = inbox, own / "claimed", own / "done"
        self._stable_seconds, self._item_of = stable_seconds, item_of
        self._looks: dict[str, _Look] = {}
        self._files: dict[str, list[Path]] = {}
        self._count = 0

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return what is claimed, old and new, and whether there is more."""
        lying = self._lying()
        whole = [file for file in lying[:FILES_MAX] if self._is_stable(file)]
        for file in whole:
            self._claim(file)
        is_left = bool(whole) and len(lying) > FILES_MAX
        waiting = sorted(self._claimed.iterdir()) if self._claimed.exists() else []
        items, self._files = [], {}
        for file in waiting[:FILES_MAX]:
            item = self._item(file)
            self._files.setdefault(item.key, []).append(file)
            items.append(item)
        return tuple(items), is_left or len(waiting) > FILES_MAX

    def settle(self, key: str) -> None:
        """Put away the files of an item that is kept on our side."""
        for file in self._files.pop(key, []):
            shift(file, self._done, file.name)

    def _item(self, file: Path) -> Item:
        with file.open("rb") as opened:
            body = opened.read(BYTES_MAX + 1)
        return self._item_of(file.name.split("-", 2)[2], body)

    def _lying(self) -> list[Path]:
        self._inbox.mkdir(parents=True, exist_ok=True)
        files = [file for file in sorted(self._inbox.iterdir()) if _is_meant(file)]
        names = {file.name for file in files}
        self._looks = {name: look for name, look in self._looks.items() if name in names}
        return files

    def _is_stable(self, file: Path) -> bool:
        try:
            state = file.stat()
        except FileNotFoundError:
            return False
        now, before = time.monotonic(), self._looks.get(file.name)
        changed = (state.st_size, state.st_mtime_ns)
        if before is None or (before.size, before.changed) != changed:
            before = self._looks[file.name] = _Look(*changed, now)
        return now - before.since >= self._stable_seconds

    def _claim(self, file: Path) -> None:
        """Move it under a name of its own: partners use one name again and again."""
        self._count += 1
        shift(file, self._claimed, f"{time.time_ns():020d}-{self._count:06d}-{file.name}"[:200])
        self._looks.pop(file.name, None)


def _is_meant(file: Path) -> bool:
    return not file.name.startswith(".") and not file.name.endswith(UNFINISHED) and file.is_file()

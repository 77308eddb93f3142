"""Files that we claimed and whose content is not yet kept on our side; then they are put away.

What was claimed and not settled is read again after a crash, under the same key.
"""

import time
from collections.abc import Callable
from pathlib import Path

from drawbar.connectors.folder.shelf import shift
from drawbar.connectors.port import Item

ItemOf = Callable[[str, bytes], Item]
"""What a file is, by the name under which the partner put it there and by its bytes."""

FILES_MAX = 100
"""How many files one page holds."""

BYTES_MAX = 64 * 1024 * 1024
"""How much of one file is read, and how much one page holds. A longer file comes cut."""


class Claims:
    """Two folders of ours, claimed and done."""

    def __init__(self, own: Path, *, item_of: ItemOf) -> None:
        """Keep both under ``own``."""
        self.folder, self._done = own / "claimed", own / "done"
        self._item_of = item_of
        self._files: dict[str, list[Path]] = {}
        self._count = 0

    def name_for(self, name: str) -> str:
        """Return a name that no other claim has: partners use one name again and again."""
        self._count += 1
        return f"{time.time_ns():020d}-{self._count:06d}-{name}"[:200]

    def items(self) -> tuple[tuple[Item, ...], bool]:
        """Return what is claimed, the oldest first, and whether there is more."""
        waiting = sorted(self.folder.iterdir()) if self.folder.exists() else []
        waiting = [file for file in waiting if not file.name.startswith(".")]
        items: list[Item] = []
        self._files, size = {}, 0
        for file in waiting[:FILES_MAX]:
            if size > BYTES_MAX:
                break
            item = self._item(file)
            size += len(item.body)
            self._files.setdefault(item.key, []).append(file)
            items.append(item)
        return tuple(items), len(waiting) > len(items)

    def files_of(self, key: str) -> tuple[str, ...]:
        """Return the names of the claimed files of an item."""
        return tuple(file.name for file in self._files.get(key, ()))

    def settle(self, key: str) -> None:
        """Put away the files of an item that is kept on our side."""
        for file in self._files.pop(key, []):
            shift(file, self._done, file.name)

    def _item(self, file: Path) -> Item:
        with file.open("rb") as opened:
            body = opened.read(BYTES_MAX + 1)
        return self._item_of(file.name.split("-", 2)[2], body)

"""What a partner sends us, as files: taken when whole, kept until we have stored what they say.

A file is claimed by one atomic move, so two readers never take it twice; what was claimed and not
settled is read again after a crash. No move is forced to the disk: where a loss of power undoes
one, the file is read again, and known by its key.
"""

from pathlib import Path

from drawbar.connectors.folder.claims import FILES_MAX, Claims, ItemOf
from drawbar.connectors.folder.look import Looks, is_meant
from drawbar.connectors.folder.shelf import shift
from drawbar.connectors.port import Item


class Inbox:
    """Two folders of ours, claimed and done, beside the one that the partner fills."""

    def __init__(self, inbox: Path, own: Path, *, stable_seconds: float, item_of: ItemOf) -> None:
        """Take a file once it has not changed for ``stable_seconds``."""
        self._inbox = inbox
        self._claims = Claims(own, item_of=item_of)
        self._looks = Looks(stable_seconds=stable_seconds)

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return what is claimed, old and new, and whether there is more."""
        lying = self._lying()
        whole = [file for file in lying[:FILES_MAX] if self._is_stable(file)]
        for file in whole:
            shift(file, self._claims.folder, self._claims.name_for(file.name))
            self._looks.forget(file.name)
        is_left = bool(whole) and len(lying) > FILES_MAX
        items, more = self._claims.items()
        return items, is_left or more

    def settle(self, key: str) -> None:
        """Put away the files of an item that is kept on our side."""
        self._claims.settle(key)

    def _lying(self) -> list[Path]:
        self._inbox.mkdir(parents=True, exist_ok=True)
        lying = sorted(self._inbox.iterdir())
        files = [file for file in lying if is_meant(file.name) and file.is_file()]
        self._looks.keep([file.name for file in files])
        return files

    def _is_stable(self, file: Path) -> bool:
        try:
            state = file.stat()
        except FileNotFoundError:
            return False
        return self._looks.is_stable(file.name, size=state.st_size, changed=state.st_mtime_ns)

"""What we send to a partner, as files: prepared, laid out for the partner, and kept.

A file is named by its delivery and our business key, so it can be seen whether it went out. It is
prepared once: every attempt lays out the same bytes under the same control number.
"""

from pathlib import Path

from drawbar.connectors.digest import digest
from drawbar.connectors.folder.shelf import move, put, safe


class Outbox:
    """Three folders: prepared (ours), out (the partner empties it), sent (ours)."""

    def __init__(self, own: Path) -> None:
        """Keep our own files under ``own``."""
        self._prepared, self._sent = own / "prepared", own / "sent"

    def prepare(self, name: str, body: bytes) -> None:
        """Keep what is to go out under a name; what had been prepared and not sent gives way."""
        put(self._prepared, name, body)

    def kept(self, name: str) -> bytes | None:
        """Return what was prepared or sent under a name, None where nothing was."""
        for folder in (self._shelf(name), self._prepared):
            file = folder / name
            if file.exists():
                return file.read_bytes()
        return None

    def lay_out(self, name: str, folder: Path) -> None:
        """Put a prepared file where the partner looks, then note that it went.

        Dying in between lays out the same file again: the partner knows it by its control number.
        """
        put(folder, name, (self._prepared / name).read_bytes())
        move(self._prepared / name, self._shelf(name), name)

    def was_sent(self, name: str) -> bool:
        """Say whether a file went out."""
        return (self._shelf(name) / name).exists()

    def sent_under(self, business_key: str) -> tuple[str, ...]:
        """Return the names of the files that went out under a business key, oldest first."""
        shelf = self._shelf(name_of(0, business_key, ""))
        if not shelf.exists():
            return ()
        key = _key_in(name_of(0, business_key, ""))
        return tuple(sorted(one.name for one in shelf.iterdir() if _key_in(one.name) == key))

    def _shelf(self, name: str) -> Path:
        """Return where a sent file is kept: files of one key lie together, few in each folder."""
        return self._sent / digest(_key_in(name).encode())[:2]


def name_of(number: int, business_key: str, suffix: str) -> str:
    """Return the name of a file: the number of its delivery, then our key."""
    return f"{number:09d}_{safe(business_key)}.{suffix}"


def number_in(name: str) -> str:
    """Return the delivery's number that a file name begins with."""
    return str(int(name.partition("_")[0]))


def _key_in(name: str) -> str:
    return name.partition("_")[2].rpartition(".")[0]

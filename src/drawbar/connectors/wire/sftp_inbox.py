"""What a partner lays on an SFTP server for us: claimed there by a rename, then fetched whole.

A claim bears our mark, so another reader leaves it alone and we know it again after a crash. On the
far side nothing is put away before its bytes are kept on ours.
"""

import contextlib
import errno
from pathlib import Path

from drawbar.connectors.digest import digest
from drawbar.connectors.folder.claims import FILES_MAX, Claims, ItemOf
from drawbar.connectors.folder.look import Looks, is_meant
from drawbar.connectors.folder.shelf import put
from drawbar.connectors.port import Item
from drawbar.connectors.wire.far import Entry, Far, TooLong
from drawbar.connectors.wire.line import SftpLine
from drawbar.connectors.wire.setting import Sftp

TRIES = 3
"""After how many failed attempts to read a file it is laid aside."""

NAME_LONGEST = 120


class SftpInbox:
    """A folder there, and two of ours: claimed and done."""

    def __init__(
        self,
        line: SftpLine,
        settings: Sftp,
        inbox: str,
        own: Path,
        *,
        stable_seconds: float,
        item_of: ItemOf,
    ) -> None:
        """Take a file once it has not changed for ``stable_seconds``."""
        self._line, self._settings, self._inbox = line, settings, inbox.rstrip("/")
        self._claims = Claims(own, item_of=item_of)
        self._looks = Looks(stable_seconds=stable_seconds)
        self._mark = digest(str(own.absolute()).encode())[:8]
        self._failures: dict[str, int] = {}

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return what is claimed, old and new, and whether there is more."""
        with self._line.using() as far:
            is_left = self._claim(far)
            for entry in self._claimed(far)[:FILES_MAX]:
                far.beat()
                self._fetch(far, entry)
        items, more = self._claims.items()
        return items, is_left or more

    def settle(self, key: str) -> None:
        """Put away the files of an item that is kept on our side, there and here.

        Where the line breaks, they stay claimed and come again under the same key.
        """
        names = self._claims.files_of(key)
        if not names:
            return
        with contextlib.suppress(OSError):
            with self._line.using() as far:
                for name in names:
                    self._put_away(far, name)
            self._claims.settle(key)

    def _claim(self, far: Far) -> bool:
        """Claim what rests; say whether more lies there than one round claims."""
        lying = [entry for entry in far.files(self._inbox) if is_meant(entry.name)]
        self._looks.keep([entry.name for entry in lying])
        whole = [entry for entry in lying[:FILES_MAX] if self._is_stable(entry)]
        if whole and self._settings.claim == "folder":
            for state in ("claimed", "done", "quarantine"):
                far.make_folder(f"{self._inbox}/{state}")
        for entry in whole:
            name = f"{self._mark}-{self._claims.name_for(_plain(entry.name))}"
            _move(far, f"{self._inbox}/{entry.name}", self._path("claimed", name))
            self._looks.forget(entry.name)
        return bool(whole) and len(lying) > FILES_MAX

    def _is_stable(self, entry: Entry) -> bool:
        return self._looks.is_stable(entry.name, size=entry.size, changed=entry.changed)

    def _claimed(self, far: Far) -> list[Entry]:
        """Return our claims that are not here yet, the oldest first; their names without mark."""
        folder, prefix = self._path("claimed", "").rpartition("/")[::2]
        try:
            lying = far.files(folder)
        except OSError as error:
            if error.errno == errno.ENOENT:
                return []
            raise
        mark = f"{prefix}{self._mark}-"
        ours = [entry for entry in lying if entry.name.startswith(mark)]
        found = [Entry(one.name.removeprefix(mark), one.size, one.changed) for one in ours]
        return [one for one in found if not (self._claims.folder / one.name).exists()]

    def _fetch(self, far: Far, entry: Entry) -> None:
        """Bring a claimed file here, when it did not change while it was read."""
        path = self._path("claimed", f"{self._mark}-{entry.name}")
        try:
            body = far.read(path, most=self._settings.file_bytes_max)
            if far.size(path) != len(body):
                return  # it grows under our hands: another round
        except TooLong as error:
            self._lay_aside(far, entry, str(error))
        except TimeoutError:
            raise
        except OSError as error:
            self._count(far, entry, error)
        else:
            put(self._claims.folder, entry.name, body)
            self._failures.pop(entry.name, None)

    def _count(self, far: Far, entry: Entry, error: OSError) -> None:
        """Lay a file aside that could not be read again and again; one that is gone is no loss."""
        if not self._line.is_alive():
            raise error
        if error.errno == errno.ENOENT:
            return
        self._failures[entry.name] = self._failures.get(entry.name, 0) + 1
        if self._failures[entry.name] >= TRIES:
            self._lay_aside(far, entry, str(error))

    def _lay_aside(self, far: Far, entry: Entry, why: str) -> None:
        """Put what cannot be read out of the way there; here a note takes its place, for a case."""
        aside = self._path("quarantine", f"{self._mark}-{entry.name}")
        _move(far, self._path("claimed", f"{self._mark}-{entry.name}"), aside)
        note = (
            f"The file {entry.name.split('-', 2)[2]!r} of {entry.size} bytes on"
            f" {self._settings.host} could not be read: {why}."
            f" It lies there as {aside!r}. Ask the partner to send it again.\n"
        )
        put(self._claims.folder, entry.name, note.encode("utf-8", "replace"))
        self._failures.pop(entry.name, None)

    def _put_away(self, far: Far, name: str) -> None:
        claimed = self._path("claimed", f"{self._mark}-{name}")
        if self._settings.after == "move":
            _move(far, claimed, self._path("done", f"{self._mark}-{name}"))
            return
        try:
            far.remove(claimed)
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise

    def _path(self, state: str, name: str) -> str:
        """Return where a file lies in a state: in a folder of it, or marked by a prefix."""
        if self._settings.claim == "folder":
            return f"{self._inbox}/{state}/{name}"
        return f"{self._inbox}/.{state}-{name}"


def _move(far: Far, old: str, new: str) -> None:
    """Rename; a file that somebody else took first is not ours."""
    try:
        far.rename(old, new)
    except OSError as error:
        if error.errno != errno.ENOENT and far.size(old) is not None:
            raise


def _plain(name: str) -> str:
    """Return a name from outside in characters that are harmless in any folder."""
    kept = "".join(one if one.isprintable() and one not in '/\\"' else "_" for one in name)
    return kept.encode("ascii", "replace").decode().replace("?", "_")[:NAME_LONGEST]

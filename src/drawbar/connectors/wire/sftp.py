"""The wire of SFTP: the partner's server, or a drop of ours, polled and filled.

Reading and sending have a line each: a long download holds no tender up.
"""

from collections.abc import Callable
from pathlib import Path

from drawbar.connectors.folder.claims import ItemOf
from drawbar.connectors.port import Item
from drawbar.connectors.wire.far import TooLong
from drawbar.connectors.wire.line import SftpLine
from drawbar.connectors.wire.setting import Sftp
from drawbar.connectors.wire.sftp_inbox import SftpInbox


class SftpWire:
    """Half a file lies hidden on the far side until it is noted here; only then it gets its name.

    Whether that last step was done can be seen afterwards: the half is gone only then.
    """

    can_look_up = True

    def __init__(
        self,
        settings: Sftp,
        *,
        inbox: str,
        outbox: str,
        own: Path,
        stable_seconds: float,
        item_of: ItemOf,
    ) -> None:
        """Connect to nothing yet. An empty ``inbox`` is not polled."""
        self._settings = settings
        self._watched = tuple(folder for folder in (inbox, outbox) if folder)
        self._reading, self._sending = SftpLine(settings), SftpLine(settings)
        self._inbox = (
            SftpInbox(
                self._reading,
                settings,
                inbox,
                own,
                stable_seconds=stable_seconds,
                item_of=item_of,
            )
            if inbox
            else None
        )

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return what is claimed, old and new, and whether there is more."""
        return self._inbox.take() if self._inbox else ((), False)

    def settle(self, key: str) -> None:
        """Put away the files of an item that is kept on our side."""
        if self._inbox:
            self._inbox.settle(key)

    def put(self, place: str, name: str, body: bytes, *, note: Callable[[], None]) -> None:
        """Write half a file, see that all of it arrived, note it, and give it its name."""
        half = self._half(place, name)
        with self._sending.using() as far:
            far.write(half, body)
            note()
            far.rename(half, _join(place, name))

    def is_done(self, place: str, name: str) -> bool:
        """Say whether the last step was done: half a file that was noted is gone only then."""
        with self._sending.using() as far:
            return far.size(self._half(place, name)) is None

    def standing(self, place: str, name: str) -> bytes | None:
        """Return what lies there now under a name, read back."""
        path, most = _join(place, name), self._settings.file_bytes_max
        with self._sending.using() as far:
            if far.size(path) is None:
                return None
            try:
                return far.read(path, most=most)
            except TooLong as error:
                raise OSError(f"{path} is not as we laid it there: {error}") from error

    def probe(self) -> bool:
        """See whether we are let in and both folders are there."""
        with self._sending.using() as far:
            return all(far.is_folder(folder) for folder in self._watched)

    def close(self) -> None:
        """Hang up both lines."""
        self._reading.close()
        self._sending.close()

    def _half(self, place: str, name: str) -> str:
        return _join(self._settings.halves or place, f".{name}.part")


def _join(place: str, name: str) -> str:
    return f"{place.rstrip('/')}/{name}"

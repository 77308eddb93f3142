"""The far side of an SFTP line: the few things that are asked of its folders.

Names come from somebody else: they are bytes that may be in no charset, and are never joined to a
path of ours.
"""

import contextlib
import errno
import stat
from collections.abc import Callable, Generator
from typing import Any

from msgspec import Struct
from paramiko import Channel, SFTPAttributes, SFTPClient, SFTPFile
from paramiko.message import Message
from paramiko.sftp import CMD_CLOSE, CMD_HANDLE, CMD_NAME, CMD_OPENDIR, CMD_READDIR

LIST_MAX = 10_000
"""How many names of a folder are looked at."""

CHUNK = 32 * 1024
GONE = frozenset({errno.ENOENT})


class Entry(Struct, frozen=True):
    """One file in a folder there, as it looks now."""

    name: str
    size: int
    changed: int


class TooLong(ValueError):
    """A file has more bytes than are read of one."""


class Far:
    """One open session. Every call raises ``OSError`` or what paramiko raises for a broken line.

    ``beat`` is called whenever something moved.
    """

    def __init__(self, channel: Channel) -> None:
        """Speak SFTP over an open channel."""
        self._client: Any = SFTPClient(channel)  # a listing is read more carefully than it does
        self._has_posix_rename = True
        self.beat: Callable[[], None] = lambda: None

    def files(self, folder: str) -> list[Entry]:
        """Return the plain files of a folder, by name; no links, no folders, no pipes."""
        with contextlib.closing(self._entries(folder)) as entries:
            found = [entry for entry in entries if entry is not None]
        return sorted(found, key=lambda entry: entry.name)

    def is_folder(self, path: str) -> bool:
        """Say whether a path is a folder that we may see."""
        mode = self._client.stat(_raw(path)).st_mode
        return mode is None or stat.S_ISDIR(mode)

    def make_folder(self, path: str) -> None:
        """Make a folder where there is none."""
        with contextlib.suppress(OSError):  # it is there already; if not, its first use says so
            self._client.mkdir(_raw(path), 0o770)

    def size(self, path: str) -> int | None:
        """Return how long a file is, None where there is none."""
        try:
            return int(self._client.lstat(_raw(path)).st_size or 0)
        except OSError as error:
            if error.errno in GONE:
                return None
            raise

    def read(self, path: str, *, most: int) -> bytes:
        """Return the bytes of a file. Raise ``TooLong``; a file that grew meanwhile is no error."""
        parts, size = [], 0
        with self._open(path, "rb") as file:
            while part := file.read(CHUNK):
                self.beat()
                parts.append(part)
                size += len(part)
                if size > most:
                    raise TooLong(f"more than {most} bytes")
        return b"".join(parts)

    def write(self, path: str, body: bytes) -> None:
        """Write a file anew and see that all of it is there."""
        with self._open(path, "wb") as file:
            file.set_pipelined(True)
            for start in range(0, len(body), CHUNK):
                file.write(body[start : start + CHUNK])
                self.beat()
        written = self.size(path)
        if written != len(body):
            raise OSError(f"{written} of {len(body)} bytes arrived in {path}")

    def rename(self, old: str, new: str) -> None:
        """Rename by one step: as POSIX does where the server offers it, else its own way."""
        if self._has_posix_rename:
            try:
                self._client.posix_rename(_raw(old), _raw(new))
            except TimeoutError:
                raise
            except OSError as error:
                if error.errno in GONE:
                    raise
            else:
                return
        self._client.rename(_raw(old), _raw(new))
        self._has_posix_rename = False

    def remove(self, path: str) -> None:
        """Delete a file."""
        self._client.remove(_raw(path))

    def _open(self, path: str, mode: str) -> SFTPFile:
        file: SFTPFile = self._client.open(_raw(path), mode)
        return file

    def _entries(self, folder: str) -> Generator[Entry | None]:
        """Yield the first of a folder's entries, without holding more than one answer."""
        handle = self._asked(CMD_HANDLE, CMD_OPENDIR, _raw(folder)).get_binary()
        count = 0
        try:
            while count < LIST_MAX:
                answer = self._asked(CMD_NAME, CMD_READDIR, handle)
                for _ in range(answer.get_int()):
                    count += 1
                    yield _entry(answer)
        except EOFError:
            return
        finally:
            self._client._request(CMD_CLOSE, handle)

    def _asked(self, wanted: int, command: int, said: bytes) -> Message:
        kind, answer = self._client._request(command, said)
        if kind != wanted:
            raise OSError(f"an answer of kind {kind} instead of {wanted}")
        told: Message = answer
        return told


def _entry(answer: Message) -> Entry | None:
    """Read one entry; None for what is no plain file, or has a name that names a path."""
    name, _ = answer.get_binary(), answer.get_binary()
    attributes: Any = SFTPAttributes
    told = attributes._from_msg(answer)
    is_plain = told.st_mode is None or stat.S_ISREG(told.st_mode)
    if not is_plain or b"/" in name or b"\0" in name:
        return None
    return Entry(name.decode("utf-8", "surrogateescape"), told.st_size or 0, told.st_mtime or 0)


def _raw(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")

"""A book of records under keys, of which the first counts: kept whole, or not at all.

The port is ``Book``; ``FolderBook`` keeps it in files of ours.
"""

import itertools
import os
from pathlib import Path
from typing import Protocol

from drawbar.connectors.folder.shelf import put, sync

_PIECES = itertools.count()


class Book(Protocol):
    """Records under keys of hexadecimal digits. What a call has written survives a crash."""

    def get(self, key: str) -> bytes | None:
        """Return a record, None where there is none."""

    def add(self, key: str, record: bytes) -> bytes:
        """Keep a record unless one stands there; return the one that stands now."""

    def set(self, key: str, record: bytes) -> None:
        """Keep a record in place of what stood there."""

    def drop(self, key: str) -> None:
        """Forget a record; one that is not there is forgotten already."""

    def names(self) -> tuple[str, ...]:
        """Return all keys in their order."""


class FolderBook:
    """A book as files, a few in each folder; several processes may share it."""

    def __init__(self, folder: Path) -> None:
        """Keep the files under ``folder``, which is made when the first is written."""
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return a record, None where there is none."""
        try:
            return self._file(key).read_bytes()
        except FileNotFoundError:
            return None

    def add(self, key: str, record: bytes) -> bytes:
        """Keep a record unless one stands there; return the one that stands now."""
        file = self._file(key)
        half = put(file.parent, f".{key}-{os.getpid()}-{next(_PIECES)}.half", record)
        try:
            os.link(half, file)
        except FileExistsError:
            return file.read_bytes()
        finally:
            half.unlink()
        sync(file.parent)
        return record

    def set(self, key: str, record: bytes) -> None:
        """Keep a record in place of what stood there."""
        file = self._file(key)
        half = put(file.parent, f".{key}-{os.getpid()}-{next(_PIECES)}.half", record)
        half.rename(file)
        sync(file.parent)

    def drop(self, key: str) -> None:
        """Forget a record; one that is not there is forgotten already."""
        self._file(key).unlink(missing_ok=True)

    def names(self) -> tuple[str, ...]:
        """Return all keys in their order."""
        found = self._folder.glob("??/*")
        return tuple(sorted(file.name for file in found if not file.name.startswith(".")))

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / key

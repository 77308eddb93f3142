"""How far we have read a list of changes that is ordered by stamp, so that nothing is ever missed.

A row may become visible later than its stamp says. So each round begins again a little before the
newest stamp seen; what was read before comes again under the same key and is dropped.
"""

from datetime import UTC, datetime, timedelta
from typing import Self

import msgspec
from msgspec import Struct

_FORM = "%Y-%m-%dT%H:%M:%SZ"


class UnreadableCursor(ValueError):
    """A stored cursor that is not ours. Set it to empty: everything is read again, harmlessly."""


class StampCursor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``newest`` is the highest stamp seen; we read on behind the row ``after`` of ``since``."""

    newest: str = ""
    since: str = ""
    after: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Return a stored cursor, empty for the beginning. Raise ``UnreadableCursor``."""
        if not text:
            return cls()
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.DecodeError as error:
            raise UnreadableCursor(f"not a cursor of this system: {text[:60]!r}") from error

    @property
    def text(self) -> str:
        """Return it as it is stored."""
        return msgspec.json.encode(self).decode()

    def passed(self, *, stamp: str, row: int) -> Self:
        """Return the cursor behind one more row."""
        newest = max(self.newest, stamp)
        return msgspec.structs.replace(self, newest=newest, since=stamp, after=row)

    def turned_back(self, overlap: timedelta) -> Self:
        """Return where the next round begins: ``overlap`` before the newest stamp."""
        if not self.newest:
            return self
        newest = datetime.strptime(self.newest, _FORM).replace(tzinfo=UTC)
        since = (newest - overlap).strftime(_FORM)
        return msgspec.structs.replace(self, since=since, after=0)


class Seen:
    """Keys of rows that are kept on our side already: a round need not bring them again.

    Only a saving: forgetting them is harmless, as the same key is applied once.
    """

    def __init__(self, most: int = 20_000) -> None:
        """Remember at most ``most`` keys, the newest."""
        self._most = most
        self._keys: dict[str, None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        """Remember one more."""
        self._keys.pop(key, None)
        self._keys[key] = None
        while len(self._keys) > self._most:
            del self._keys[next(iter(self._keys))]

    def clear(self) -> None:
        """Forget everything, as when somebody wants all of it read again."""
        self._keys.clear()

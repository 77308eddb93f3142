"""Which interchanges a partner has sent already: the same again, or another under the same number.

The same number with the same content is a duplicate; with other content it keeps the key of the
first, and whoever stores it sees two different things under one key: a case.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from drawbar.connectors.digest import digest
from drawbar.connectors.folder.shelf import put, safe
from drawbar.edi import Identity, read


class _First(Struct, frozen=True, kw_only=True):
    """What first came under a number: its content, and its bytes."""

    content: str
    body: str


class Known(Struct, frozen=True):
    """Remembers in a folder of ours what came under which number."""

    folder: Path

    def key_of(self, body: bytes) -> str:
        """Return what makes a file the same again: its interchanges' numbers, else its bytes.

        The same content in other bytes, as a network may wrap it, has a key of its own; the facts
        in it have not, and so count once.
        """
        identities = [interchange.identity for interchange in read(body).interchanges]
        if not identities:
            return f"bytes:{digest(body)}"
        key, now = _number(identities), _First(content=_content(identities), body=digest(body))
        first = self._first(key, now)
        is_rewrapped = first.content == now.content and first.body != now.body
        return f"{key}:{now.body}" if is_rewrapped else key

    def _first(self, key: str, now: _First) -> _First:
        shelf, name = self.folder / digest(key.encode())[:2], safe(key)
        if (shelf / name).exists():
            return msgspec.json.decode((shelf / name).read_bytes(), type=_First)
        put(shelf, name, msgspec.json.encode(now))
        return now


def _number(identities: list[Identity]) -> str:
    first = identities[0]
    rest = "".join(f"+{one.control_number}" for one in identities[1:4])
    more = f"+{digest(_content(identities).encode())}" if len(identities) > 4 else ""
    return f"{first.sender}>{first.receiver}:{first.control_number}{rest}{more}"


def _content(identities: list[Identity]) -> str:
    return digest("".join(one.payload_hash for one in identities).encode())

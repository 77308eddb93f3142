"""What we send to a partner, as files: prepared, laid out for the partner, and kept.

A file is named by its delivery and our business key, so it can be seen whether it went out. It is
prepared once: every attempt lays out the same bytes under the same control number.
"""

from pathlib import Path

from drawbar.connectors.folder.shelf import safe
from drawbar.connectors.wire.port import Wire
from drawbar.connectors.wire.sent import Sent


class Outbox(Sent):
    """Two folders of ours beside the wire; files of one business key lie together."""

    def __init__(self, own: Path, wire: Wire) -> None:
        """Keep our own files under ``own``."""
        super().__init__(own, wire, shelf_of=_key_in)

    def noted_under(self, business_key: str) -> tuple[str, ...]:
        """Return the names of the files that may be out under a business key, oldest first."""
        shelf = self.shelf(name_of(0, business_key, ""))
        if not shelf.exists():
            return ()
        key = _key_in(name_of(0, business_key, ""))
        return tuple(sorted(one.name for one in shelf.iterdir() if _key_in(one.name) == key))


def name_of(number: int, business_key: str, suffix: str) -> str:
    """Return the name of a file: the number of its delivery, then our key."""
    return f"{number:09d}_{safe(business_key)}.{suffix}"


def number_in(name: str) -> str:
    """Return the delivery's number that a file name begins with."""
    return str(int(name.partition("_")[0]))


def _key_in(name: str) -> str:
    return name.partition("_")[2].rpartition(".")[0]

"""What we send to a partner, as files: prepared, noted as it goes out, and kept.

A file is prepared once, so every attempt lays out the same bytes. It is noted before the wire's
last step, so after a crash or a cut line the wire can be asked whether that step was done.
"""

from collections.abc import Callable
from pathlib import Path

from drawbar.connectors.digest import digest
from drawbar.connectors.folder.shelf import move, put
from drawbar.connectors.wire.port import Wire


class Sent:
    """Two folders of ours, prepared and sent, beside the wire."""

    def __init__(self, own: Path, wire: Wire, *, shelf_of: Callable[[str], str] = str) -> None:
        """Keep our own files under ``own``; names with one ``shelf_of`` lie together."""
        self._prepared, self._sent = own / "prepared", own / "sent"
        self._wire, self._shelf_of = wire, shelf_of

    def prepare(self, name: str, body: bytes) -> None:
        """Keep what is to go out under a name; what had been prepared and not sent gives way."""
        put(self._prepared, name, body)

    def kept(self, name: str) -> bytes | None:
        """Return what is to go out or went out under a name, None where nothing was prepared."""
        for folder in (self._prepared, self.shelf(name)):
            file = folder / name
            if file.exists():
                return file.read_bytes()
        return None

    def is_noted(self, name: str) -> bool:
        """Say whether a file may be out."""
        return (self.shelf(name) / name).exists()

    def is_out(self, place: str, name: str) -> bool:
        """Say whether a file went out, and ask the wire for what the note leaves open."""
        return self.is_noted(name) and self._wire.is_done(place, name)

    def standing(self, place: str, name: str) -> bytes | None:
        """Return what went out under a name: ours of it, or what the partner did not take yet."""
        if self.is_out(place, name):
            return (self.shelf(name) / name).read_bytes()
        return self._wire.standing(place, name)

    def lay_out(self, place: str, name: str, body: bytes) -> None:
        """Lay a file out, noted before anybody can see it. Raises like ``Wire.put``."""
        if self.kept(name) != body:
            self.prepare(name, body)
        self._wire.put(place, name, body, note=lambda: self.note(name))

    def note_again(self, name: str, body: bytes) -> None:
        """Note what is seen to be out, where the note was lost."""
        if not self.is_noted(name):
            self.prepare(name, body)
            self.note(name)

    def note(self, name: str) -> None:
        """Keep what was prepared as what may be out."""
        move(self._prepared / name, self.shelf(name), name)

    def shelf(self, name: str) -> Path:
        """Return where a sent file is kept: few in each folder."""
        return self._sent / digest(self._shelf_of(name).encode())[:2]

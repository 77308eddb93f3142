"""Talks to a carrier through its portal's folders: lays tables out whole, takes tables once."""

from pathlib import Path

from drawbar.connectors.csv_folder import manifest
from drawbar.connectors.csv_folder.mapping import sheet_of
from drawbar.connectors.csv_folder.tender import name_of, table_of
from drawbar.connectors.digest import digest
from drawbar.connectors.folder.partner import FolderPartner
from drawbar.connectors.folder.shelf import move, put
from drawbar.connectors.port import Capabilities, Item, Sending
from drawbar.freight.delivery import Confirmed, Conflict, Existing, Outcome


class CsvFolder(FolderPartner):
    """The connector to one carrier."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the carrier whose profile ``settings`` are."""
        super().__init__(settings)
        self._settings = settings

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this carrier."""
        return manifest.capabilities(self._settings)

    def _body(self, sending: Sending) -> bytes:
        return table_of(sending, self._settings)

    def _sent(self, kind: str, business_key: str) -> tuple[str, ...]:
        name = name_of(kind, business_key)
        return (name,) if self._standing(name) is not None else ()

    def _lay(self, sending: Sending) -> Outcome:
        name = name_of(type(sending.payload).__name__, sending.business_key)
        body, standing = self._body(sending), self._standing(name)
        if standing is None:
            self._lay_out(name, body)
            return Confirmed(document=name, said=body)
        if standing == body:
            self._note(name, body)
            return Existing(document=name, said=body)
        return Conflict(documents=(name,), text=f"{name} went out with other content")

    def _lay_out(self, name: str, body: bytes) -> None:
        """Put it where the carrier looks, then note that it went.

        Dying in between lays out the same table again: the carrier knows it by its name.
        """
        put(self._own / "prepared", name, body)
        put(self._outgoing, name, body)
        self._note(name, body)

    def _note(self, name: str, body: bytes) -> None:
        if not (self._shelf(name) / name).exists():
            prepared = self._own / "prepared" / name
            if not prepared.exists():
                put(self._own / "prepared", name, body)
            move(prepared, self._shelf(name), name)

    def _standing(self, name: str) -> bytes | None:
        """Return what went out under a name: ours of it, or what the carrier did not take yet."""
        for folder in (self._shelf(name), self._outgoing):
            if (folder / name).exists():
                return (folder / name).read_bytes()
        return None

    def _shelf(self, name: str) -> Path:
        """Return where a sent table is kept: few in each folder."""
        return self._own / "sent" / digest(name.encode())[:2]

    def _item(self, name: str, body: bytes) -> Item:
        sheet = sheet_of(name)
        return Item(
            channel=self._settings.channel(sheet),
            key=f"{sheet}:{digest(body)}",
            body=body,
            content_type="text/csv",
        )


def connect(settings: manifest.Settings) -> CsvFolder:
    """Return the connector to one carrier."""
    return CsvFolder(settings)

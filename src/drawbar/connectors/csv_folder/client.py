"""Talks to a carrier by tables in its portal's folders: laid out whole, taken once."""

from drawbar.connectors.csv_folder import manifest
from drawbar.connectors.csv_folder.mapping import sheet_of
from drawbar.connectors.csv_folder.tender import name_of, table_of
from drawbar.connectors.digest import digest
from drawbar.connectors.folder.partner import FolderPartner
from drawbar.connectors.port import Capabilities, Item, Sending
from drawbar.connectors.wire.sent import Sent
from drawbar.freight.delivery import Confirmed, Conflict, Existing, Outcome


class CsvFolder(FolderPartner):
    """The connector to one carrier."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the carrier whose profile ``settings`` are."""
        super().__init__(settings)
        self._settings = settings
        self._tables = Sent(self._own, self._wire)

    @property
    def party_ref(self) -> str:
        """Return for whom the carrier speaks."""
        return self._settings.party_ref

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this carrier."""
        return manifest.capabilities(self._settings)

    def _body(self, sending: Sending) -> bytes:
        return table_of(sending, self._settings)

    def _sent(self, kind: str, business_key: str) -> tuple[str, ...]:
        name = name_of(kind, business_key)
        return (name,) if self._tables.standing(self._outgoing, name) is not None else ()

    def _lay(self, sending: Sending) -> Outcome:
        name, body = (
            name_of(type(sending.payload).__name__, sending.business_key),
            self._body(sending),
        )
        standing = self._tables.standing(self._outgoing, name)
        if standing is None:
            self._tables.lay_out(self._outgoing, name, body)
            return Confirmed(document=name, said=body)
        if standing == body:
            self._tables.note_again(name, body)
            return Existing(document=name, said=body)
        return Conflict(documents=(name,), text=f"{name} went out with other content")

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

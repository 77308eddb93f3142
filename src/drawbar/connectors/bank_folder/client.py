"""Talks to a bank through folders: lays each order out once and whole, takes statements once."""

from drawbar.connectors.bank_folder import manifest
from drawbar.connectors.bank_folder.mapping import file_of, name_of
from drawbar.connectors.digest import digest
from drawbar.connectors.folder.partner import FolderPartner
from drawbar.connectors.port import Capabilities, Item, Sending
from drawbar.connectors.wire.sent import Sent
from drawbar.freight.delivery import Confirmed, Conflict, Existing, Outcome, SendRemittance


class BankFolder(FolderPartner):
    """The connector to one bank."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the bank whose profile ``settings`` are."""
        super().__init__(settings)
        self._settings = settings
        self._files = Sent(self._own, self._wire)

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this bank."""
        return manifest.capabilities(self._settings)

    def _body(self, sending: Sending) -> bytes:
        return file_of(sending, self._settings)

    def _sent(self, kind: str, business_key: str) -> tuple[str, ...]:
        name = name_of(kind, business_key)
        return (name,) if self._files.is_out(self._place(kind), name) else ()

    def _lay(self, sending: Sending) -> Outcome:
        """Lay it out unless it is out: a bank pays a file twice that comes twice."""
        kind = type(sending.payload).__name__
        name, place = name_of(kind, sending.business_key), self._place(kind)
        body = self._body(sending)
        if not self._files.is_out(place, name):
            self._files.lay_out(place, name, body)
            return Confirmed(document=name, said=body)
        if self._files.kept(name) == body:
            return Existing(document=name, said=body)
        return Conflict(documents=(name,), text=f"{name} went out with other content")

    def _place(self, kind: str) -> str:
        folders = self._settings.folders
        is_notice = kind == SendRemittance.__name__ and folders.remittances
        return folders.remittances if is_notice else folders.outbox

    def _item(self, name: str, body: bytes) -> Item:
        del name  # banks use one name again and again
        return Item(
            channel=self._settings.channel,
            key=digest(body),
            body=body,
            content_type="application/xml",
        )


def connect(settings: manifest.Settings) -> BankFolder:
    """Return the connector to one bank."""
    return BankFolder(settings)

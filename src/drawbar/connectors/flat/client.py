"""Talks to a partner by flat files over its wire: laid out whole, taken once."""

from drawbar.connectors.digest import digest
from drawbar.connectors.flat import manifest
from drawbar.connectors.flat.tender import file_of, name_of
from drawbar.connectors.folder.partner import FolderPartner
from drawbar.connectors.port import Capabilities, Item, Sending
from drawbar.connectors.wire.sent import Sent
from drawbar.freight.delivery import Confirmed, Conflict, Existing, Outcome


class FlatPartner(FolderPartner):
    """The connector to one partner."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the partner whose profile ``settings`` are."""
        super().__init__(settings)
        self._settings = settings
        self._files = Sent(self._own, self._wire)

    @property
    def party_ref(self) -> str:
        """Return for whom the partner speaks."""
        return self._settings.party_ref

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this partner."""
        return manifest.capabilities(self._settings)

    def _body(self, sending: Sending) -> bytes:
        return file_of(sending, self._settings)

    def _sent(self, kind: str, business_key: str) -> tuple[str, ...]:
        del kind  # a business key is unique in the whole system
        name = name_of(business_key, self._settings)
        return (name,) if self._files.standing(self._outgoing, name) is not None else ()

    def _lay(self, sending: Sending) -> Outcome:
        name, body = name_of(sending.business_key, self._settings), self._body(sending)
        standing = self._files.standing(self._outgoing, name)
        if standing is None:
            self._files.lay_out(self._outgoing, name, body)
            return Confirmed(document=name, said=body)
        if standing == body:
            self._files.note_again(name, body)
            return Existing(document=name, said=body)
        return Conflict(documents=(name,), text=f"{name} went out with other content")

    def _item(self, name: str, body: bytes) -> Item:
        layout = self._settings.layout_of(name)
        return Item(
            channel=self._settings.channel(layout),
            key=f"{layout}:{digest(body)}",
            body=body,
            content_type="text/plain",
        )


def connect(settings: manifest.Settings) -> FlatPartner:
    """Return the connector to one partner."""
    return FlatPartner(settings)

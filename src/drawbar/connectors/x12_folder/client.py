"""Talks X12 to a partner over its wire: lays files out whole, takes files in once."""

from datetime import UTC, datetime
from time import time

from drawbar.connectors.folder.partner import FolderPartner
from drawbar.connectors.port import Capabilities, Item, Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.x12_folder import manifest
from drawbar.connectors.x12_folder.known import Known
from drawbar.connectors.x12_folder.outbox import Outbox, name_of, number_in
from drawbar.connectors.x12_folder.outgoing import file_of, says
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Outcome,
    RefuseBill,
    TellCarrier,
)

NOTICE = "txt"


class X12Folder(FolderPartner):
    """The connector to one partner."""

    suffix = "x12"
    content_type = "application/edi-x12"

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the partner whose profile ``settings`` are."""
        super().__init__(settings)
        self._settings = settings
        self._outbox, self._known = Outbox(self._own, self._wire), Known(self._own / "known")

    @property
    def party_ref(self) -> str:
        """Return for whom the partner speaks."""
        return self._settings.party_ref

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this partner."""
        return manifest.capabilities(self._settings)

    def _sent(self, kind: str, business_key: str) -> tuple[str, ...]:
        del kind  # a business key is unique in the whole system
        noted = self._outbox.noted_under(business_key)
        out = [name for name in noted if self._outbox.is_out(self._place(name), name)]
        return tuple(map(number_in, out))

    def _item(self, name: str, body: bytes) -> Item:
        del name  # partners use one name again and again
        return Item(
            channel=self._settings.channel,
            key=self._known.key_of(body),
            body=body,
            content_type=self.content_type,
        )

    def _lay(self, sending: Sending) -> Outcome:
        name, key = self._name(sending), sending.business_key
        body, place = self._body(sending), self._place(name)
        documents = self._sent("", key)
        if not documents:
            self._outbox.lay_out(place, name, body)
            return Confirmed(document=number_in(name), said=body)
        if documents == (number_in(name),) and self._outbox.kept(name) == body:
            return Existing(document=documents[0], said=body)
        text = f"{len(documents)} files stand under {key}, with other content than this one"
        return Conflict(documents=documents, text=text)

    def _body(self, sending: Sending) -> bytes:
        """Return what was prepared before, when it says the same: a file is written once."""
        name, made = self._name(sending), self._made(sending, _now())
        kept = self._outbox.kept(name)
        if kept is not None and says(kept) == says(made):
            return kept
        if not self._outbox.is_noted(name):
            self._outbox.prepare(name, made)
        return made

    def _made(self, sending: Sending, now: datetime) -> bytes:
        """Return the bytes of a file as it would be made now. Raise ``Unsayable``."""
        return file_of(sending, self._settings, now=now)

    def _name(self, sending: Sending) -> str:
        is_notice = isinstance(sending.payload, RefuseBill | TellCarrier)
        suffix = NOTICE if is_notice else self.suffix
        return name_of(sending.number, sending.business_key, suffix)

    def _place(self, name: str) -> str:
        """Return where a file goes: texts for people have a folder of their own."""
        if not name.endswith(NOTICE):
            return self._outgoing
        if self._settings.notices is None:
            raise Unsayable("this partner has no folder for notices", "folders.notices")
        return str(self._settings.notices)


def _now() -> datetime:
    return datetime.fromtimestamp(int(time()), UTC)


def connect(settings: manifest.Settings) -> X12Folder:
    """Return the connector to one partner."""
    return X12Folder(settings)

"""Talks to a partner through folders: lays files out whole, takes files in once."""

from datetime import UTC, datetime
from pathlib import Path
from time import time

from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.x12_folder import manifest
from drawbar.connectors.x12_folder.inbox import Inbox
from drawbar.connectors.x12_folder.known import Known
from drawbar.connectors.x12_folder.outbox import Outbox, name_of, number_in
from drawbar.connectors.x12_folder.outgoing import UnableToSay, file_of, says
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Outcome,
    RefuseBill,
    Rejected,
    TellCarrier,
    Unknown,
)
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class X12Folder:
    """The connector to one partner."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the partner whose profile ``settings`` are."""
        self._settings = settings
        own = Path(settings.folders.own)
        self._outbox, self._known = Outbox(own), Known(own / "known")
        self._inbox = Inbox(
            Path(settings.folders.inbox),
            own,
            stable_seconds=settings.stable_seconds,
            item_of=self._item,
        )

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""
        return self._settings.system

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this partner."""
        return manifest.capabilities(self._settings)

    def render(self, sending: Sending) -> bytes:
        """Return the bytes of the file, empty for what ``send`` cannot bring about now."""
        try:
            return self._body(sending)
        except (UnableToSay, OSError):
            return b""

    def send(self, sending: Sending) -> Outcome:
        """Lay the file out, unless it went out before."""
        try:
            return self._send(sending)
        except UnableToSay as error:
            return Rejected(text=str(error), field=error.field)
        except OSError as error:
            return Unknown(text=f"{type(error).__name__}: {error}")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the numbers of the files that went out under our key. Raise ``Unreachable``."""
        del kind  # a business key is unique in the whole system
        try:
            return tuple(map(number_in, self._outbox.sent_under(business_key)))
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error

    def changes(self, flow: str, cursor: str) -> Page:
        """Return the files that lie there whole. A folder needs no cursor: reading empties it."""
        del flow
        try:
            items, more = self._inbox.take()
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return Page(items=items, cursor=cursor, more=more)

    def settled(self, page: Page) -> None:
        """Put away the files of a page that is kept on our side."""
        for item in page.items:
            self._inbox.settle(item.key)

    def probe(self) -> bool:
        """See whether both folders are there."""
        folders = self._settings.folders
        return Path(folders.inbox).is_dir() and Path(folders.outbox).is_dir()

    def close(self) -> None:
        """Nothing is held open between two calls."""

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return nothing: a partner answers by files of its own."""
        del sending, outcome, receipt
        return ()

    def _item(self, name: str, body: bytes) -> Item:
        del name  # partners use one name again and again
        return Item(
            channel=self._settings.channel,
            key=self._known.key_of(body),
            body=body,
            content_type="application/edi-x12",
        )

    def _send(self, sending: Sending) -> Outcome:
        name, key = _name(sending), sending.business_key
        body, folder = self._body(sending), self._folder(sending)
        documents = tuple(map(number_in, self._outbox.sent_under(key)))
        if not documents:
            self._outbox.lay_out(name, folder)
            return Confirmed(document=number_in(name), said=body)
        if documents == (number_in(name),) and self._outbox.kept(name) == body:
            return Existing(document=documents[0], said=body)
        text = f"{len(documents)} files stand under {key}, with other content than this one"
        return Conflict(documents=documents, text=text)

    def _body(self, sending: Sending) -> bytes:
        """Return what was prepared before, when it says the same: a file is written once."""
        name, made = _name(sending), file_of(sending, self._settings, now=_now())
        kept = self._outbox.kept(name)
        if kept is not None and says(kept) == says(made):
            return kept
        if not self._outbox.was_sent(name):
            self._outbox.prepare(name, made)
        return made

    def _folder(self, sending: Sending) -> Path:
        if not isinstance(sending.payload, RefuseBill | TellCarrier):
            return Path(self._settings.folders.outbox)
        if self._settings.notices is None:
            raise UnableToSay("this partner has no folder for notices", "folders.notices")
        return self._settings.notices


def _name(sending: Sending) -> str:
    suffix = "txt" if isinstance(sending.payload, RefuseBill | TellCarrier) else "x12"
    return name_of(sending.number, sending.business_key, suffix)


def _now() -> datetime:
    return datetime.fromtimestamp(int(time()), UTC)


def connect(settings: manifest.Settings) -> X12Folder:
    """Return the connector to one partner."""
    return X12Folder(settings)

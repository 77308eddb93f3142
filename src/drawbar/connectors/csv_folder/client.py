"""Talks to a carrier through its portal's folders: lays tables out whole, takes tables once."""

from pathlib import Path

from drawbar.connectors.csv_folder import manifest
from drawbar.connectors.csv_folder.mapping import sheet_of
from drawbar.connectors.csv_folder.tender import Unsayable, name_of, table_of
from drawbar.connectors.digest import digest
from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.x12_folder.inbox import Inbox
from drawbar.connectors.x12_folder.shelf import move, put
from drawbar.freight.delivery import Confirmed, Conflict, Existing, Outcome, Rejected, Unknown
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class CsvFolder:
    """The connector to one carrier."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the carrier whose profile ``settings`` are."""
        self._settings = settings
        self._own, self._outbox = Path(settings.folders.own), Path(settings.folders.outbox)
        self._inbox = Inbox(
            Path(settings.folders.inbox),
            self._own,
            stable_seconds=settings.stable_seconds,
            item_of=self._item,
        )

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""
        return self._settings.system

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this carrier."""
        return manifest.capabilities(self._settings)

    def render(self, sending: Sending) -> bytes:
        """Return the bytes of the table, empty for what ``send`` will refuse."""
        try:
            return table_of(sending, self._settings)
        except Unsayable:
            return b""

    def send(self, sending: Sending) -> Outcome:
        """Lay the table out, unless it went out before."""
        try:
            return self._send(sending)
        except Unsayable as error:
            return Rejected(text=str(error), field=error.field)
        except OSError as error:
            return Unknown(text=f"{type(error).__name__}: {error}")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the name of the table that went out under our key. Raise ``Unreachable``."""
        name = name_of(kind, business_key)
        try:
            return (name,) if self._standing(name) is not None else ()
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error

    def changes(self, flow: str, cursor: str) -> Page:
        """Return the tables that lie there whole. A folder needs no cursor: reading empties it."""
        del flow
        try:
            items, more = self._inbox.take()
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return Page(items=items, cursor=cursor, more=more)

    def settled(self, page: Page) -> None:
        """Put away the tables of a page that is kept on our side."""
        for item in page.items:
            self._inbox.settle(item.key)

    def probe(self) -> bool:
        """See whether both folders are there."""
        return Path(self._settings.folders.inbox).is_dir() and self._outbox.is_dir()

    def close(self) -> None:
        """Nothing is held open between two calls."""

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return nothing: a carrier answers by tables of its own."""
        del sending, outcome, receipt
        return ()

    def _send(self, sending: Sending) -> Outcome:
        name = name_of(type(sending.payload).__name__, sending.business_key)
        body, standing = table_of(sending, self._settings), self._standing(name)
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
        put(self._outbox, name, body)
        self._note(name, body)

    def _note(self, name: str, body: bytes) -> None:
        if not (self._shelf(name) / name).exists():
            prepared = self._own / "prepared" / name
            if not prepared.exists():
                put(self._own / "prepared", name, body)
            move(prepared, self._shelf(name), name)

    def _standing(self, name: str) -> bytes | None:
        """Return what went out under a name: ours of it, or what the carrier did not take yet."""
        for folder in (self._shelf(name), self._outbox):
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

"""Talks to a bank through folders: lays each order out once and whole, takes statements once."""

import os
from pathlib import Path

from drawbar.connectors.bank_folder import manifest
from drawbar.connectors.bank_folder.mapping import Unsayable, file_of, name_of
from drawbar.connectors.digest import digest
from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.x12_folder.inbox import Inbox
from drawbar.connectors.x12_folder.shelf import put, sync
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Outcome,
    Rejected,
    SendRemittance,
    Unknown,
)
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class BankFolder:
    """The connector to one bank."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the bank whose profile ``settings`` are."""
        self._settings = settings
        self._own = Path(settings.folders.own)
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
        """Return what can be asked of this bank."""
        return manifest.capabilities(self._settings)

    def render(self, sending: Sending) -> bytes:
        """Return the bytes of the file, empty for what ``send`` will refuse."""
        try:
            return file_of(sending, self._settings)
        except Unsayable:
            return b""

    def send(self, sending: Sending) -> Outcome:
        """Lay the file out, unless it went out before."""
        try:
            return self._send(sending)
        except Unsayable as error:
            return Rejected(text=str(error), field=error.field)
        except OSError as error:
            return Unknown(text=f"{type(error).__name__}: {error}")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the name of the file that went out under our key. Raise ``Unreachable``."""
        name = name_of(kind, business_key)
        try:
            return (name,) if self._standing(name, self._folder(kind)) is not None else ()
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error

    def changes(self, flow: str, cursor: str) -> Page:
        """Return the statements that lie there whole: reading empties the folder."""
        del flow
        try:
            items, more = self._inbox.take()
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return Page(items=items, cursor=cursor, more=more)

    def settled(self, page: Page) -> None:
        """Put away the statements of a page that is kept on our side."""
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
        """Return nothing: a bank answers by files of its own."""
        del sending, outcome, receipt
        return ()

    def _send(self, sending: Sending) -> Outcome:
        kind = type(sending.payload).__name__
        name, folder = name_of(kind, sending.business_key), self._folder(kind)
        body, standing = file_of(sending, self._settings), self._standing(name, folder)
        if standing is None:
            self._lay_out(name, folder, body)
            return Confirmed(document=name, said=body)
        if standing == body:
            return Existing(document=name, said=body)
        return Conflict(documents=(name,), text=f"{name} went out with other content")

    def _lay_out(self, name: str, folder: Path, body: bytes) -> None:
        """Put it where the bank looks, by one last step: a bank pays a file twice that comes twice.

        Half a file lies hidden beside the others until our note of it is kept; only then it gets
        its name. Whatever dies in between, it can be seen whether that last step was done.
        """
        half = self._half(name, folder)
        folder.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        sync(folder)
        put(self._shelf(name), name, body)
        half.rename(folder / name)
        sync(folder)

    def _standing(self, name: str, folder: Path) -> bytes | None:
        """Return what went out under a name, None where it did not: its last step was not done."""
        note = self._shelf(name) / name
        if not note.exists() or self._half(name, folder).exists():
            return None
        return note.read_bytes()

    def _half(self, name: str, folder: Path) -> Path:
        return folder / f".{name}.part"

    def _folder(self, kind: str) -> Path:
        folders = self._settings.folders
        is_notice = kind == SendRemittance.__name__ and folders.remittances
        return Path(folders.remittances if is_notice else folders.outbox)

    def _shelf(self, name: str) -> Path:
        """Return where a sent file is kept: few in each folder."""
        return self._own / "sent" / digest(name.encode())[:2]

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

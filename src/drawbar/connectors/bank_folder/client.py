"""Talks to a bank through folders: lays each order out once and whole, takes statements once."""

import os
from pathlib import Path

from drawbar.connectors.bank_folder import manifest
from drawbar.connectors.bank_folder.mapping import file_of, name_of
from drawbar.connectors.digest import digest
from drawbar.connectors.folder.partner import FolderPartner
from drawbar.connectors.folder.shelf import put, sync
from drawbar.connectors.port import Capabilities, Item, Sending
from drawbar.freight.delivery import Confirmed, Conflict, Existing, Outcome, SendRemittance


class BankFolder(FolderPartner):
    """The connector to one bank."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the bank whose profile ``settings`` are."""
        super().__init__(settings)
        self._settings = settings

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this bank."""
        return manifest.capabilities(self._settings)

    def _body(self, sending: Sending) -> bytes:
        return file_of(sending, self._settings)

    def _sent(self, kind: str, business_key: str) -> tuple[str, ...]:
        name = name_of(kind, business_key)
        return (name,) if self._standing(name, self._folder(kind)) is not None else ()

    def _lay(self, sending: Sending) -> Outcome:
        kind = type(sending.payload).__name__
        name, folder = name_of(kind, sending.business_key), self._folder(kind)
        body, standing = self._body(sending), self._standing(name, folder)
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

"""Talks EDIFACT to a partner over its wire: lays files out whole, takes files in once."""

from datetime import datetime

from drawbar.connectors.edifact_folder import manifest
from drawbar.connectors.edifact_folder.outgoing import file_of
from drawbar.connectors.port import Capabilities, Sending
from drawbar.connectors.x12_folder.client import X12Folder


class EdifactFolder(X12Folder):
    """The connector to one partner: the files are other ones, all else is as with X12."""

    suffix = "edi"
    content_type = "application/edifact"

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the partner whose profile ``settings`` are."""
        super().__init__(settings)
        self._profile = settings

    def capabilities(self) -> Capabilities:
        """Return what can be asked of this partner."""
        return manifest.capabilities(self._profile)

    def _made(self, sending: Sending, now: datetime) -> bytes:
        return file_of(sending, self._profile, now=now)


def connect(settings: manifest.Settings) -> EdifactFolder:
    """Return the connector to one partner."""
    return EdifactFolder(settings)

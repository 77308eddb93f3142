"""A party that posts its EPCIS documents is not asked for anything, and takes nothing."""

from drawbar.connectors.digest import digest
from drawbar.connectors.epcis import manifest
from drawbar.connectors.nobody import Nobody
from drawbar.connectors.port import Capabilities, Item


class EpcisParty(Nobody):
    """The connector to one party; what it tells comes in by the web door."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Stand for the party that ``settings`` describe."""
        super().__init__(settings.system)
        self._settings = settings

    @property
    def party_ref(self) -> str:
        """Return for whom the party speaks."""
        return self._settings.party_ref

    def heard(self, name: str, body: bytes) -> Item:
        """Return what a posted document is: known by its bytes."""
        del name
        return Item(
            channel=self._settings.channel,
            key=f"document:{digest(body)}",
            body=body,
            content_type="application/ld+json",
        )

    def capabilities(self) -> Capabilities:
        """Return that nothing can be asked of it."""
        return manifest.capabilities(self._settings)

    def close(self) -> None:
        """Nothing is held open."""


def connect(settings: manifest.Settings) -> EpcisParty:
    """Return the connector to one party."""
    return EpcisParty(settings)

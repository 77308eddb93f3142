"""Talks to a telematics provider: asks for the next batch, and for nothing else."""

import msgspec
from msgspec import Struct

from drawbar.connectors.digest import digest
from drawbar.connectors.http_system import HttpSystem
from drawbar.connectors.line import NoReply, NotAsExpected
from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.telematics_rest import manifest
from drawbar.connectors.telematics_rest.mapping import Batch
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.delivery import Outcome


class _Answer(Struct, frozen=True):
    events: tuple[msgspec.Raw, ...]
    next: int
    more: bool = False


class TelematicsRest(HttpSystem):
    """The connector to one provider."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the provider that ``settings`` describe."""
        super().__init__(settings)
        self._settings = settings

    def capabilities(self) -> Capabilities:
        """Return what can be asked of it."""
        return manifest.capabilities(self._settings)

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return nothing: it takes no deliveries."""
        del kind, business_key
        return ()

    def changes(self, flow: str, cursor: str) -> Page:
        """Return the events behind ``cursor`` as one item. Raise ``Unreachable``."""
        query: dict[str, str | int] = {"after": cursor or 0, "limit": self._settings.page_rows}
        try:
            answer = self._line.ask("GET", f"/{flow}", query=query).read(_Answer)
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error
        items = (self._item(answer.events),) if answer.events else ()
        return Page(items=items, cursor=str(answer.next), more=answer.more)

    def _body(self, sending: Sending) -> bytes:
        raise Unsayable(f"{type(sending.payload).__name__} is nothing for {self.system}")

    def _bring(self, sending: Sending) -> Outcome:
        raise Unsayable(f"{type(sending.payload).__name__} is nothing for {self.system}")

    def _item(self, events: tuple[msgspec.Raw, ...]) -> Item:
        """Return a batch, known by its events alone: another cut of them is another batch."""
        body = msgspec.json.encode(Batch(events))
        return Item(
            channel=self._settings.channel,
            key=f"batch:{digest(body)}",
            body=body,
            content_type="application/json",
        )


def connect(settings: manifest.Settings) -> TelematicsRest:
    """Return the connector to one provider."""
    return TelematicsRest(settings)

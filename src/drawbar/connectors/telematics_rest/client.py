"""Talks to a telematics provider: asks for the next batch, and for nothing else."""

import msgspec
from msgspec import Struct

from drawbar.connectors.digest import digest
from drawbar.connectors.line import Line, NoReply, NotAsExpected
from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.telematics_rest import manifest
from drawbar.connectors.telematics_rest.mapping import Batch
from drawbar.freight.delivery import Confirmed, Existing, Outcome, Rejected
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class _Answer(Struct, frozen=True):
    events: tuple[msgspec.Raw, ...]
    next: int
    more: bool = False


class _Health(Struct, frozen=True):
    well: bool = False


class TelematicsRest:
    """The connector to one provider."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the provider that ``settings`` describe."""
        self._settings, self._line = settings, Line(settings.line)

    @property
    def system(self) -> str:
        """Return the name under which a firm knows it."""
        return self._settings.system

    def capabilities(self) -> Capabilities:
        """Return what can be asked of it."""
        return manifest.capabilities(self._settings)

    def render(self, sending: Sending) -> bytes:
        """Return nothing: it takes no deliveries."""
        del sending
        return b""

    def send(self, sending: Sending) -> Outcome:
        """Refuse: it takes no deliveries."""
        return Rejected(text=f"{type(sending.payload).__name__} is nothing for {self.system}")

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

    def settled(self, page: Page) -> None:
        """Put nothing away: the provider keeps its events."""

    def probe(self) -> bool:
        """Ask the provider whether it is well."""
        try:
            return self._line.ask("GET", "/health").read(_Health).well
        except (NoReply, NotAsExpected):
            return False

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return nothing: it answers no deliveries."""
        del sending, outcome, receipt
        return ()

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

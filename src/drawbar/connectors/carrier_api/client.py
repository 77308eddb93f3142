"""Talks to a carrier's JSON API: tenders a load once, finds it under our key, reads the feed."""

import msgspec
from msgspec import Struct

from drawbar.connectors.carrier_api import manifest
from drawbar.connectors.carrier_api.tender import Tender, Untenderable, tender
from drawbar.connectors.digest import digest
from drawbar.connectors.line import Line, NoReply, NotAsExpected, Reply
from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.refusal import refusal
from drawbar.freight.delivery import Confirmed, Conflict, Existing, Outcome, Rejected, Unknown
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class _Load(Tender, frozen=True, kw_only=True):
    load_id: str


class _Taken(Struct, frozen=True):
    load_id: str


class _Found(Struct, frozen=True):
    loads: tuple[msgspec.Raw, ...]


class _Feed(Struct, frozen=True):
    events: tuple[msgspec.Raw, ...]
    next: int
    more: bool


class _Event(Struct, frozen=True):
    id: str


class _Health(Struct, frozen=True):
    well: bool = False


class CarrierApi:
    """The connector to one carrier."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the carrier that ``settings`` describe."""
        self._settings, self._line = settings, Line(settings.line)

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""
        return self._settings.system

    def capabilities(self) -> Capabilities:
        """Return what the carrier's API can do."""
        return manifest.capabilities(self._settings)

    def render(self, sending: Sending) -> bytes:
        """Return the tender as it is posted, empty for what ``send`` will refuse."""
        try:
            return msgspec.json.encode(tender(sending, self._settings))
        except Untenderable:
            return b""

    def send(self, sending: Sending) -> Outcome:
        """Tender once; on a later attempt see first what the carrier has already."""
        try:
            wanted = tender(sending, self._settings)
            standing = self._search(wanted.reference) if sending.attempt > 1 else ()
            return _settled(standing, wanted) if standing else self._post(wanted)
        except Untenderable as error:
            return Rejected(text=str(error), field=error.field)
        except NoReply as error:
            return Unknown(text=str(error), busy_seconds=error.busy_seconds)
        except NotAsExpected as error:
            return Unknown(text=str(error))

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the carrier's numbers of what we tendered under our key."""
        del kind  # a business key is unique in the whole system
        try:
            return tuple(_taken(raw).load_id for raw in self._search(business_key))
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error

    def changes(self, flow: str, cursor: str) -> Page:
        """Return what the carrier said behind ``cursor``, the number of the last event."""
        query: dict[str, str | int] = {"after": cursor or 0, "limit": self._settings.page_rows}
        try:
            feed = self._line.ask("GET", f"/{flow}", query=query).read(_Feed)
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error
        items = tuple(self._item(bytes(raw)) for raw in feed.events)
        return Page(items=items, cursor=str(feed.next), more=feed.more)

    def settled(self, page: Page) -> None:
        """Put nothing away: the feed keeps its events."""

    def probe(self) -> bool:
        """Ask the carrier's API whether it is well."""
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
        """Return nothing: that it took our message is not yet its answer to the tender."""
        del sending, outcome, receipt
        return ()

    def _post(self, wanted: Tender) -> Outcome:
        answer = self._line.ask("POST", "/loads", body=msgspec.json.encode(wanted))
        refused = refusal(answer)
        if refused is not None:
            return refused
        return Confirmed(document=answer.read(_Taken).load_id, said=answer.body)

    def _search(self, reference: str) -> tuple[msgspec.Raw, ...]:
        query = {"reference": reference}
        return self._line.ask("GET", "/loads", query=query).read(_Found).loads

    def _item(self, body: bytes) -> Item:
        return Item(
            channel=self._settings.channel,
            key=_key(body),
            body=body,
            content_type="application/json",
        )


def _key(body: bytes) -> str:
    """Return the event's own id; an event without one is known by its bytes."""
    try:
        return f"event:{msgspec.json.decode(body, type=_Event).id}"
    except msgspec.DecodeError:
        return f"bytes:{digest(body)}"


def _taken(raw: msgspec.Raw) -> _Taken:
    return Reply(status=200, body=bytes(raw)).read(_Taken)


def _settled(standing: tuple[msgspec.Raw, ...], wanted: Tender) -> Outcome:
    numbers = tuple(_taken(raw).load_id for raw in standing)
    if len(standing) > 1:
        text = f"{len(standing)} tenders stand under {wanted.reference}: withdraw one of them"
        return Conflict(documents=numbers, text=text)
    said = bytes(standing[0])
    load = Reply(status=200, body=said).read(_Load)
    if any(getattr(load, name) != getattr(wanted, name) for name in Tender.__struct_fields__):
        text = f"{numbers[0]} stands under {wanted.reference} with other content"
        return Conflict(documents=numbers, text=text, said=said)
    return Existing(document=numbers[0], said=said)


def connect(settings: manifest.Settings) -> CarrierApi:
    """Return the connector to one carrier."""
    return CarrierApi(settings)

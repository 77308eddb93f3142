"""Talks to a carrier's JSON API: says each thing once, finds it under our key, reads the feed."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from drawbar.connectors.carrier_api import manifest
from drawbar.connectors.carrier_api.notice import Notice, notice
from drawbar.connectors.carrier_api.tender import Tender, tender
from drawbar.connectors.digest import digest
from drawbar.connectors.http_system import HttpSystem
from drawbar.connectors.line import NoReply, NotAsExpected, Reply
from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.refusal import refusal
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Outcome,
    RefuseBill,
    TellCarrier,
)


class _Book(Struct, frozen=True):
    """Where the carrier keeps one kind of thing, and what it calls its number there."""

    path: str
    number: str


LOADS, NOTICES = _Book("loads", "load_id"), _Book("notices", "notice_id")
BOOKS = {"TenderLoad": LOADS, "RefuseBill": NOTICES, "TellCarrier": NOTICES}


class _Feed(Struct, frozen=True):
    events: tuple[msgspec.Raw, ...]
    next: int
    more: bool


class _Event(Struct, frozen=True):
    id: str


class CarrierApi(HttpSystem):
    """The connector to one carrier."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the carrier that ``settings`` describe."""
        super().__init__(settings)
        self._settings = settings

    def capabilities(self) -> Capabilities:
        """Return what the carrier's API can do."""
        return manifest.capabilities(self._settings)

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the carrier's numbers of what we said under our key."""
        book = BOOKS.get(kind, LOADS)
        try:
            return tuple(_number(raw, book) for raw in self._search(book, business_key))
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

    def _body(self, sending: Sending) -> bytes:
        return msgspec.json.encode(self._wanted(sending))

    def _bring(self, sending: Sending) -> Outcome:
        wanted = self._wanted(sending)
        book = NOTICES if isinstance(wanted, Notice) else LOADS
        standing = self._search(book, wanted.reference) if sending.attempt > 1 else ()
        return _settled(standing, wanted, book) if standing else self._post(wanted, book)

    def _wanted(self, sending: Sending) -> Tender | Notice:
        if isinstance(sending.payload, RefuseBill | TellCarrier):
            return notice(sending.payload, sending.business_key, self._settings)
        return tender(sending, self._settings)

    def _post(self, wanted: Tender | Notice, book: _Book) -> Outcome:
        answer = self._line.ask("POST", f"/{book.path}", body=msgspec.json.encode(wanted))
        refused = refusal(answer)
        if refused is not None:
            return refused
        return Confirmed(document=_number(msgspec.Raw(answer.body), book), said=answer.body)

    def _search(self, book: _Book, reference: str) -> tuple[msgspec.Raw, ...]:
        answer = self._line.ask("GET", f"/{book.path}", query={"reference": reference})
        found = answer.read(dict[str, tuple[msgspec.Raw, ...]])
        if book.path not in found:
            raise NotAsExpected(f"the answer has no {book.path}: {answer.body[:80]!r}")
        return found[book.path]

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


def _number(raw: msgspec.Raw, book: _Book) -> str:
    said: Mapping[str, object] = Reply(status=200, body=bytes(raw)).read(dict[str, object])
    number = said.get(book.number)
    if not isinstance(number, str):
        raise NotAsExpected(f"the answer has no {book.number}: {bytes(raw)[:80]!r}")
    return number


def _settled(
    standing: tuple[msgspec.Raw, ...], wanted: Tender | Notice, book: _Book
) -> Existing | Conflict:
    numbers = tuple(_number(raw, book) for raw in standing)
    if len(standing) > 1:
        text = f"{len(standing)} {book.path} stand under {wanted.reference}: withdraw one of them"
        return Conflict(documents=numbers, text=text)
    said = bytes(standing[0])
    if Reply(status=200, body=said).read(type(wanted)) != wanted:
        text = f"{numbers[0]} stands under {wanted.reference} with other content"
        return Conflict(documents=numbers, text=text, said=said)
    return Existing(document=numbers[0], said=said)


def connect(settings: manifest.Settings) -> CarrierApi:
    """Return the connector to one carrier."""
    return CarrierApi(settings)

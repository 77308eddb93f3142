"""Talks to the small ERP: posts a document once, finds it under our key, reads what is new."""

import msgspec
from msgspec import Struct

from drawbar.connectors.cursor import Seen, StampCursor
from drawbar.connectors.digest import digest
from drawbar.connectors.erp_rest import manifest
from drawbar.connectors.erp_rest.mapping import Document, Draft, draft, same
from drawbar.connectors.http_system import HttpSystem
from drawbar.connectors.line import NoReply, NotAsExpected
from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.connectors.refusal import refusal
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Outcome,
)


class _Found(Struct, frozen=True):
    documents: tuple[Document, ...]


class _Rows(Struct, frozen=True):
    rows: tuple[msgspec.Raw, ...]
    more: bool


class _Row(Struct, frozen=True):
    id: int
    stamp: str


class SmallErp(HttpSystem):
    """The connector. It keeps nothing but its line and what it need not read twice."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the ERP that ``settings`` describe."""
        super().__init__(settings)
        self._settings = settings
        self._seen = Seen()

    def capabilities(self) -> Capabilities:
        """Return what the ERP can do."""
        return manifest.capabilities(self._settings)

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the posted documents under our key; a draft has no effect and is not one."""
        del kind  # a business key is unique in the whole system
        try:
            found = self._search(business_key)
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error
        return tuple(item.number for item in found if item.state == "posted")

    def changes(self, flow: str, cursor: str) -> Page:
        """Return rows behind ``cursor``, and some before it that may have become visible late."""
        if not cursor:
            self._seen.clear()
        at = StampCursor.read(cursor)
        page = self._rows(flow, at)
        items = []
        for raw in page.rows:
            row = _row(raw)
            at = at.passed(stamp=row.stamp, row=row.id)
            item = self._item(flow, row, bytes(raw))
            if item.key not in self._seen:
                items.append(item)
        after = at if page.more else at.turned_back(self._settings.overlap)
        return Page(items=tuple(items), cursor=after.text, more=page.more)

    def settled(self, page: Page) -> None:
        """Learn that these rows are kept: the next round need not bring them again."""
        for item in page.items:
            self._seen.add(item.key)

    def _body(self, sending: Sending) -> bytes:
        return msgspec.json.encode(draft(sending, self._settings))

    def _bring(self, sending: Sending) -> Outcome:
        wanted = draft(sending, self._settings)
        standing = self._standing(wanted) if sending.attempt > 1 else ()
        return self._settle(standing, wanted) if standing else self._put(wanted)

    def _put(self, wanted: Draft) -> Outcome:
        put = self._line.ask("POST", "/api/documents", body=msgspec.json.encode(wanted))
        refused = refusal(put)
        if refused is not None:
            return refused
        return self._post(put.read(Document), wanted)

    def _post(self, document: Document, wanted: Draft) -> Outcome:
        answer = self._line.ask("POST", f"/api/documents/{document.id}/post", body=b"{}")
        refused = refusal(answer)
        if refused is not None:
            return refused
        posted = answer.read(Document)
        if posted.state != "posted" or not same(posted, wanted):
            text = f"{posted.label} is {posted.state} and not what we put"
            return Conflict(documents=(posted.label,), text=text, said=answer.body)
        return Confirmed(document=posted.number, said=answer.body)

    def _standing(self, wanted: Draft) -> tuple[Document, ...]:
        found = self._search(wanted.origin)
        return tuple(item for item in found if item.state in {"draft", "posted"})

    def _settle(self, standing: tuple[Document, ...], wanted: Draft) -> Outcome:
        """Go on from what stands under our key."""
        labels = tuple(item.label for item in standing)
        if len(standing) > 1:
            text = f"{len(standing)} documents stand under {wanted.origin}: keep one of them"
            return Conflict(documents=labels, text=text)
        (only,) = standing
        if not same(only, wanted):
            text = f"{only.label} stands under {wanted.origin} with other content"
            return Conflict(documents=labels, text=text, said=msgspec.json.encode(only))
        if only.state == "draft":
            return self._post(only, wanted)
        return Existing(document=only.number, said=msgspec.json.encode(only))

    def _search(self, business_key: str) -> tuple[Document, ...]:
        query = {"origin": business_key}
        return self._line.ask("GET", "/api/documents", query=query).read(_Found).documents

    def _rows(self, flow: str, at: StampCursor) -> _Rows:
        rows = self._settings.page_rows
        query: dict[str, str | int] = {"since": at.since, "after": at.after, "limit": rows}
        try:
            return self._line.ask("GET", f"/api/changes/{flow}", query=query).read(_Rows)
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error

    def _item(self, flow: str, row: _Row, body: bytes) -> Item:
        return Item(
            channel=f"{self.system}:{flow}",
            key=f"{flow}:{row.id}:{digest(body)}",
            body=body,
            content_type="application/json",
        )


def _row(raw: msgspec.Raw) -> _Row:
    """Return the place of a row in the list. Without one we cannot go on behind it."""
    try:
        return msgspec.json.decode(raw, type=_Row)
    except msgspec.DecodeError as error:
        raise Unreachable(f"a row without its id and stamp: {error}") from error


def connect(settings: manifest.Settings) -> SmallErp:
    """Return the connector to one ERP."""
    return SmallErp(settings)

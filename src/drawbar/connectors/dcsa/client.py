"""Asks a container line for its newest events, page by page; one that only posts is not asked."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from msgspec import Struct

from drawbar.connectors.cursor import UnreadableCursor
from drawbar.connectors.dcsa import manifest
from drawbar.connectors.digest import digest
from drawbar.connectors.line import Line, NoReply, NotAsExpected
from drawbar.connectors.nobody import Nobody
from drawbar.connectors.port import Capabilities, Item, Page, Unreachable


class _Seen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far was read: events are asked for from ``since`` on; ``page`` goes on with that list.

    ``newest`` is the highest time of creation seen.
    """

    since: str = ""
    page: str = ""
    newest: str = ""


class DcsaLine(Nobody):
    """The connector to one container line. It takes no deliveries."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the line that ``settings`` describe."""
        super().__init__(settings.system)
        self._settings = settings
        self._line = Line(settings.line) if settings.line else None

    @property
    def party_ref(self) -> str:
        """Return for whom the line speaks."""
        return self._settings.party_ref

    def heard(self, name: str, body: bytes) -> Item:
        """Return what a post of the line is: the item that a page of the same events would be."""
        del name
        return self._item(body)

    def capabilities(self) -> Capabilities:
        """Return what can be asked of it."""
        return manifest.capabilities(self._settings)

    def changes(self, flow: str, cursor: str) -> Page:
        """Return one page of events from ``cursor`` on as one item. Raise ``Unreachable``.

        The day of the newest event is asked for again each round: events of it may still come.
        """
        del flow
        if self._line is None:
            return Page(items=(), cursor=cursor)
        seen = _seen(cursor)
        try:
            answer = self._line.ask("GET", self._settings.path, query=self._query(seen))
            events = _events_of(answer.read(Any))
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error
        after = self._after(seen, events, answer.headers)
        items = (self._item(answer.body),) if events else ()
        return Page(items=items, cursor=_text(after), more=bool(after.page))

    def probe(self) -> bool:
        """Ask for one event."""
        if self._line is None:
            return True
        try:
            _events_of(self._line.ask("GET", self._settings.path, query={"limit": 1}).read(Any))
        except (NoReply, NotAsExpected):
            return False
        return True

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()

    def _query(self, seen: _Seen) -> dict[str, str | int]:
        query: dict[str, str | int] = {"limit": self._settings.page_rows}
        if seen.since:
            query[f"{self._settings.created}:gte"] = seen.since
        return query | ({"cursor": seen.page} if seen.page else {})

    def _after(self, seen: _Seen, events: list[Any], headers: dict[str, str]) -> _Seen:
        stamps = [one.get(self._settings.created) for one in events if isinstance(one, dict)]
        newest = max((seen.newest, *(one for one in stamps if isinstance(one, str))))
        page = _cursor_in(headers.get(self._settings.next_page.lower(), ""))
        if page and page != seen.page:
            return _Seen(since=seen.since, page=page, newest=newest)
        day = newest[:10]
        return _Seen(since=f"{day}T00:00:00Z" if len(day) == 10 else "", newest=newest)

    def _item(self, body: bytes) -> Item:
        return Item(
            channel=self._settings.channel,
            key=f"page:{digest(body)}",
            body=body,
            content_type="application/json",
        )


def connect(settings: manifest.Settings) -> DcsaLine:
    """Return the connector to one container line."""
    return DcsaLine(settings)


def _events_of(answer: Any) -> list[Any]:
    """Return the events of a page. Raise ``NotAsExpected``."""
    events = answer.get("events") if isinstance(answer, dict) else answer
    if not isinstance(events, list):
        raise NotAsExpected("the answer holds no list of events")
    return events


def _cursor_in(said: str) -> str:
    """Return the cursor that a header states, alone or within a link; empty on the last page."""
    if "cursor=" not in said:
        return "" if "://" in said else said.strip()
    return parse_qs(urlsplit(said.strip("<> ")).query).get("cursor", [""])[0]


def _seen(cursor: str) -> _Seen:
    """Return a stored cursor, empty for the beginning. Raise ``UnreadableCursor``."""
    try:
        return msgspec.json.decode(cursor, type=_Seen) if cursor else _Seen()
    except msgspec.DecodeError as error:
        raise UnreadableCursor(f"not a cursor of this system: {cursor[:60]!r}") from error


def _text(seen: _Seen) -> str:
    return msgspec.json.encode(seen).decode()

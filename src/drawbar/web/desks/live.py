"""Live change: one stream per visible page says what has changed; the page looks for itself.

However many pages listen, the books are asked once a second, and not at all when nobody does.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import anyio.to_thread
import msgspec
import structlog
from litestar import Request, get
from litestar.response import Stream
from msgspec import Struct

from drawbar.engine.transaction import is_outage
from drawbar.records.desk.pulse import Beat, beat
from drawbar.records.desk.reads import Reads
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings

BEAT_SECONDS = 1.0
LIFE_SECONDS = 600
"""A stream ends then; the browser opens another, and is asked again who it is."""
_BEATS_BEHIND_MAX = 60
_SILENCE_SECONDS = 15
_SCOPES = {
    "orders": Scope.SHIPMENT_READ,
    "shipments": Scope.SHIPMENT_READ,
    "bills": Scope.MONEY_READ,
    "invoices": Scope.MONEY_READ,
    "cases": Scope.CASE_READ,
    "deliveries": Scope.STORY_READ,
    "waits": Scope.STORY_READ,
    "messages": Scope.MESSAGE_READ,
}
_log = structlog.get_logger()


class Said(Struct, frozen=True, kw_only=True):
    """What a page is told. ``topics`` are lists with the references that changed, where known."""

    now: datetime
    versions: dict[str, str]
    topics: dict[str, tuple[str, ...]]


class Pulse:
    """Asks the books while somebody listens, and tells everybody who does."""

    def __init__(self, reads: Reads) -> None:
        """Ask nothing yet."""
        self._reads = reads
        self._last: Beat | None = None
        self._listeners: set[asyncio.Queue[Beat]] = set()
        self._task: asyncio.Task[None] | None = None

    async def listen(self) -> AsyncIterator[Beat]:
        """Yield a beat a second, until the stream is old or falls behind."""
        mailbox: asyncio.Queue[Beat] = asyncio.Queue(_BEATS_BEHIND_MAX)
        self._listeners.add(mailbox)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on())
        ends_at = asyncio.get_running_loop().time() + LIFE_SECONDS
        try:
            while not mailbox.full() and asyncio.get_running_loop().time() < ends_at:
                with suppress(TimeoutError):
                    yield await asyncio.wait_for(mailbox.get(), timeout=_SILENCE_SECONDS)
                if self._task.done():
                    return  # a fault of ours ended it; the browser asks again
        finally:
            self._listeners.discard(mailbox)

    async def _go_on(self) -> None:
        while self._listeners:
            told = await anyio.to_thread.run_sync(self._ask)
            if told is not None:
                self._tell(told)
            await asyncio.sleep(BEAT_SECONDS)
        self._last = None  # what happens while nobody listens is not told one by one

    def _tell(self, told: Beat) -> None:
        for mailbox in self._listeners:
            if not mailbox.full():
                mailbox.put_nowait(told)

    def _ask(self) -> Beat | None:
        """Return the next beat, None while the database is away: the pages notice the silence."""
        try:
            with self._reads.connection() as connection, connection.cursor() as cursor:
                self._last = beat(cursor, self._last)
        except Exception as error:
            if not is_outage(error):
                raise
            _log.warning("database away", path="/live")
            return None
        return self._last


_POLICY = {name: value for name, value in page(Scope.SHIPMENT_READ).items() if "thread" not in name}


@get("/live", **_POLICY)
async def live(
    request: Request[Any, Any, Any],
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
) -> Stream:
    """Tell a page what changes, as server-sent events."""
    pulse: Pulse = request.app.state.setdefault("pulse", Pulse(reads))

    async def events() -> AsyncIterator[bytes]:
        yield b"retry: 2000\n\n"
        async for each in pulse.listen():
            yield _event(_said(each, caller, settings.clock.now()))

    headers = {"X-Accel-Buffering": "no"}
    return Stream(events(), media_type="text/event-stream", headers=headers)


def _said(told: Beat, caller: Caller, now: datetime) -> Said:
    """Return what of a beat the caller may know."""
    seen = {name for name, scope in _SCOPES.items() if caller.may(scope)}
    return Said(
        now=now,
        versions={name: str(at) for name, at in told.versions.items() if name in seen},
        topics={name: refs for name, refs in told.touched.items() if name in seen},
    )


def _event(told: Said) -> bytes:
    kind = b"changed" if told.topics else b"still"
    return b"event: " + kind + b"\ndata: " + msgspec.json.encode(told) + b"\n\n"

"""The line to a system that speaks HTTP: one question, one answer, within limits, never repeated.

A question without an answer raises ``NoReply``: whether it had an effect is then unknown.
"""

import os
import threading
import time
from collections.abc import Mapping
from typing import TypeVar

import httpx
import msgspec
from msgspec import Struct

_T = TypeVar("_T")

ANSWER_BYTES_MAX = 16 * 1024 * 1024


class NoReply(ConnectionError):
    """No usable answer came. The far side may or may not have done what was asked.

    ``busy_seconds`` is how long it may still be at it, above zero after a time-out.
    """

    def __init__(self, text: str, *, busy_seconds: float = 0.0) -> None:
        """Say what happened instead of an answer."""
        super().__init__(text)
        self.busy_seconds = busy_seconds


class NotAsExpected(ValueError):
    """The answer is not what this system's interface says. Look at the bytes that were kept."""


class Reply(Struct, frozen=True, kw_only=True):
    """What came back. ``status`` alone proves nothing: read the body. Headers are in lower case."""

    status: int
    body: bytes
    headers: dict[str, str] = {}

    def read(self, shape: type[_T]) -> _T:
        """Return the body as ``shape``. Raise ``NotAsExpected``."""
        try:
            return msgspec.json.decode(self.body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            start = self.body[:80].decode("utf-8", "replace")
            raise NotAsExpected(f"HTTP {self.status}, {error}: {start!r}") from error


class LineSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a system is and how long we wait. The secret is named, never written down."""

    address: str
    secret_env: str = ""
    connect_seconds: float = 5.0
    answer_seconds: float = 30.0


class Line:
    """One line to one system; threads may share it."""

    def __init__(self, settings: LineSettings) -> None:
        """Open nothing yet: the first question does."""
        self._answer_seconds = settings.answer_seconds
        secret = os.environ.get(settings.secret_env, "") if settings.secret_env else ""
        self._settings, self._secret = settings, secret
        self._opening = threading.Lock()
        self._opened: httpx.Client | None = None

    def _client(self) -> httpx.Client:
        """Return the client, opened by the first question: most commands of a person ask nobody."""
        with self._opening:
            self._opened = self._opened or self._open()
            return self._opened

    def _open(self) -> httpx.Client:
        settings, secret = self._settings, self._secret
        return httpx.Client(
            base_url=settings.address,
            headers={"Authorization": f"Bearer {secret}"} if secret else {},
            timeout=httpx.Timeout(settings.answer_seconds, connect=settings.connect_seconds),
            follow_redirects=False,
            trust_env=False,
        )

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """Return the answer. Raise ``NoReply``."""
        client = self._client()  # before the clock: opening it is no time of the far side
        until = time.monotonic() + self._answer_seconds
        headers = {"Content-Type": "application/json"} if body is not None else {}
        try:
            with client.stream(method, path, params=query, content=body, headers=headers) as answer:
                told = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(status=answer.status_code, body=_taken(answer, until), headers=told)
        except httpx.HTTPError as error:
            busy = self._answer_seconds if isinstance(error, httpx.TimeoutException) else 0.0
            text = f"{type(error).__name__} at {method} {path}: {error}"
            raise NoReply(text, busy_seconds=busy) from error

    def close(self) -> None:
        """Hang up, if anything was ever asked."""
        if self._opened is not None:
            self._opened.close()


def _taken(answer: httpx.Response, until: float) -> bytes:
    """Read an answer that may be endless or come in drips."""
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > ANSWER_BYTES_MAX:
            raise NoReply(f"an answer of more than {ANSWER_BYTES_MAX} bytes")
        if time.monotonic() > until:
            raise NoReply("an answer that does not end in time")
    return b"".join(parts)

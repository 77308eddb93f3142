"""The wire of HTTP: each file is one post to the partner's door, under a key of its own.

What the partner posts to us comes through our own door in the web; nothing is polled here.
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx

from drawbar.connectors.digest import digest
from drawbar.connectors.folder.shelf import put
from drawbar.connectors.port import Item
from drawbar.connectors.wire.port import Barred, Cut
from drawbar.connectors.wire.setting import Http

LATER = frozenset({408, 425, 429})
"""Answers that say: not now. Nothing was done, and nothing is wrong with the file."""

ANSWER_BYTES_MAX = 64 * 1024


class HttpWire:
    """Posts are noted before they go, and marked when an answer said that they are there."""

    def __init__(self, settings: Http, *, own: Path) -> None:
        """Connect to nothing yet. Answers are kept under ``own``."""
        self._settings, self._answers = settings, own / "answered"
        self._opening = threading.Lock()
        self._opened: httpx.Client | None = None

    @property
    def can_look_up(self) -> bool:
        """Say whether ``is_done`` can be trusted after a cut; without it, a person is asked."""
        return self._settings.unknown != "ask"

    def take(self) -> tuple[tuple[Item, ...], bool]:
        """Return nothing: the partner comes to our door."""
        return (), False

    def settle(self, key: str) -> None:
        """Put nothing away: nothing was taken here."""
        del key

    def put(self, place: str, name: str, body: bytes, *, note: Callable[[], None]) -> None:
        """Post it once. Raise ``Barred`` where it was refused, ``Cut`` where nobody knows."""
        headers = {"Content-Type": self._settings.content_type, "Idempotency-Key": _key(name)}
        note()
        status, said = self._asked("POST", place, body=body, headers=headers)
        if 200 <= status < 300:
            put(self._shelf(name), name, said)
            return
        text = (
            f"{self._settings.address} answered {status}: {said[:200].decode('utf-8', 'replace')}"
        )
        if status in LATER or status >= 500:
            raise Cut(text)
        raise Barred(text, "wire.http")

    def is_done(self, place: str, name: str) -> bool:
        """Say whether an answer said that it is there; where none came, look if the door can."""
        if (self._shelf(name) / name).exists():
            return True
        if self._settings.unknown != "look_up":
            return False
        status, said = self._asked("GET", f"{place.rstrip('/')}/{quote(_key(name), safe='')}")
        if status == httpx.codes.NOT_FOUND:
            return False
        if not 200 <= status < 300:
            raise Cut(f"{self._settings.address} answered {status} to a look for {name}")
        put(self._shelf(name), name, said)
        return True

    def standing(self, place: str, name: str) -> bytes | None:
        """Return nothing: a door gives no file back."""
        del place, name
        return None

    def probe(self) -> bool:
        """See whether the door answers at all."""
        status, _ = self._asked("HEAD", "")
        return status < 500

    def close(self) -> None:
        """Hang up, if anything was ever asked."""
        if self._opened is not None:
            self._opened.close()

    def _shelf(self, name: str) -> Path:
        return self._answers / digest(name.encode())[:2]

    def _asked(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        until = time.monotonic() + self._settings.answer_seconds
        try:
            with self._client().stream(method, path, content=body, headers=headers) as answer:
                return answer.status_code, _start(answer, until)
        except httpx.HTTPError as error:
            raise Cut(f"{type(error).__name__} at {self._settings.address}: {error}") from error

    def _client(self) -> httpx.Client:
        """Return the client, opened by the first call: most commands of a person send nothing."""
        with self._opening:
            self._opened = self._opened or self._open()
            return self._opened

    def _open(self) -> httpx.Client:
        told = self._settings
        secret = os.environ.get(told.secret_env, "") if told.secret_env else ""
        return httpx.Client(
            base_url=told.address,
            headers={told.header: f"{told.scheme}{secret}"} if secret else {},
            timeout=httpx.Timeout(told.answer_seconds, connect=told.connect_seconds),
            follow_redirects=False,
            trust_env=False,
        )


def _start(answer: httpx.Response, until: float) -> bytes:
    """Return the beginning of an answer that may be endless or come in drips."""
    said = b""
    for part in answer.iter_bytes():
        said += part
        if len(said) > ANSWER_BYTES_MAX or time.monotonic() > until:
            break
    return said[:ANSWER_BYTES_MAX]


def _key(name: str) -> str:
    """Return the key under which a file is posted: its name, or a digest of a long one."""
    return name if len(name) <= 100 else f"file:{digest(name.encode())}"

"""One post to a partner's address, answered within limits or not at all; never repeated here."""

import ssl
import time
from collections.abc import Callable

import httpx
from msgspec import Struct

from drawbar.connectors.as2.entity import Headers
from drawbar.connectors.wire.port import Cut

ANSWER_BYTES_MAX = 1024 * 1024


class Posted(Struct, frozen=True):
    """What came back."""

    status: int
    headers: Headers
    body: bytes


Post = Callable[[str, Headers, bytes], Posted]
"""Where to, header lines, content. Raises ``Cut`` where no answer came."""


def poster(*, connect_seconds: float, answer_seconds: float, trusted: str = "") -> Post:
    """Return what posts. No redirect is followed and no proxy is asked.

    ``trusted`` is a PEM file of whom to trust for TLS, empty for the public authorities.
    """
    limits = httpx.Timeout(answer_seconds, connect=connect_seconds)

    def post(url: str, headers: Headers, body: bytes) -> Posted:
        until = time.monotonic() + answer_seconds
        try:
            with (
                _client(limits, trusted) as client,
                client.stream("POST", url, headers=list(headers), content=body) as answer,
            ):
                said = _start(answer, until)
                return Posted(answer.status_code, tuple(answer.headers.multi_items()), said)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Cut(f"{type(error).__name__} at {url}: {error}") from error

    return post


def _client(limits: httpx.Timeout, trusted: str) -> httpx.Client:
    try:
        verify = ssl.create_default_context(cafile=trusted) if trusted else True
    except OSError as error:
        raise Cut(f"{trusted}: {error}") from error
    return httpx.Client(timeout=limits, verify=verify, follow_redirects=False, trust_env=False)


def _start(answer: httpx.Response, until: float) -> bytes:
    said = b""
    for part in answer.iter_bytes():
        said += part
        if len(said) > ANSWER_BYTES_MAX or time.monotonic() > until:
            raise httpx.ReadError("the answer is too long, or does not end")
    return said

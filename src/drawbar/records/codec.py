"""How facts, states and payloads lie in a row: msgpack, decoded into what they were."""

import hashlib
import threading
from collections import OrderedDict
from datetime import UTC, datetime
from functools import cache
from typing import Any

from msgspec import structs
from msgspec.msgpack import Decoder, Encoder

from drawbar.freight.delivery import AnyPayload
from drawbar.freight.fact import Fact
from drawbar.freight.facts import AnyFact
from drawbar.freight.lineage import Lineage
from drawbar.freight.stream import StreamKey

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ANYWHERE = Lineage(message_ref="")

encode = Encoder().encode
_fact: Decoder[AnyFact] = Decoder(AnyFact)
_payload: Decoder[AnyPayload] = Decoder(AnyPayload)


def decode_fact(body: bytes) -> Fact:
    """Return a stored fact as what it was."""
    return _fact.decode(body)


def decode_payload(body: bytes) -> AnyPayload:
    """Return what a stored delivery carries. Raise ``msgspec.ValidationError``."""
    return _payload.decode(body)


@cache
def state_decoder(of: Any) -> Decoder[Any]:
    """Return the decoder of the states of one kind of stream."""
    return Decoder(of)


class StateMemory:
    """States by their bytes: what was just written or read need not be decoded again.

    Harmless at any time: the same bytes are the same state. Keeps the ``size`` used last.
    """

    def __init__(self, size: int = 2048) -> None:
        """Begin with nothing remembered."""
        self._size = size
        self._states: OrderedDict[StreamKey, tuple[bytes, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def decode(self, key: StreamKey, body: bytes, of: Any) -> Any:
        """Return the state of a stream from its bytes."""
        with self._lock:
            remembered = self._states.get(key)
        if remembered is not None and remembered[0] == body:
            return remembered[1]
        state = state_decoder(of).decode(body)
        self._remember(key, body, state)
        return state

    def encode(self, key: StreamKey, state: Any) -> bytes:
        """Return the bytes of a state."""
        body = encode(state)
        self._remember(key, body, state)
        return body

    def _remember(self, key: StreamKey, body: bytes, state: Any) -> None:
        with self._lock:
            self._states[key] = (body, state)
            self._states.move_to_end(key)
            if len(self._states) > self._size:
                self._states.popitem(last=False)


def what_it_says(fact: Fact) -> Fact:
    """Return ``fact`` without when and from which message we learned it."""
    return structs.replace(fact, learned_at=_ANY_TIME, lineage=_ANYWHERE)


def content_hash(fact: Fact) -> bytes:
    """Return the hash of what a fact says, wherever it came from."""
    return digest(encode(what_it_says(fact)))


def digest(body: bytes) -> bytes:
    """Return 16 bytes that stand for ``body`` among rows of one table."""
    return hashlib.blake2b(body, digest_size=16).digest()

"""How facts, states and payloads lie in a row: msgpack, decoded into what they were."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import Any

from msgspec import structs
from msgspec.msgpack import Decoder, Encoder

from drawbar.freight.delivery import AnyPayload
from drawbar.freight.fact import Fact
from drawbar.freight.facts import AnyFact
from drawbar.freight.lineage import Lineage

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


def what_it_says(fact: Fact) -> Fact:
    """Return ``fact`` without when and from which message we learned it."""
    return structs.replace(fact, learned_at=_ANY_TIME, lineage=_ANYWHERE)


def content_hash(fact: Fact) -> bytes:
    """Return the hash of what a fact says, wherever it came from."""
    return digest(encode(what_it_says(fact)))


def digest(body: bytes) -> bytes:
    """Return 16 bytes that stand for ``body`` among rows of one table."""
    return hashlib.blake2b(body, digest_size=16).digest()

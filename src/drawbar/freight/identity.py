"""Identities: readable, sortable references that the same cause always gets again."""

import hashlib
from base64 import b32encode

from drawbar.freight.instant import Instant

LONGEST_KEY = 200


def minted(prefix: str, *, cause: str, learned_at: Instant) -> str:
    """Return a reference such as ``B-261123-7F3K2M9QPX``: the day, then a digest of the cause."""
    digest = b32encode(hashlib.blake2b(cause.encode(), digest_size=10).digest()).decode()
    return f"{prefix}-{learned_at:%y%m%d}-{digest[:10]}"


def shipment_ref_of(order_ref: str) -> str:
    """Return our reference of the shipment that moves an order."""
    return f"S-{order_ref}"


def key_for(*parts: object) -> str:
    """Return a fact's key from what makes it unique; a long one ends in a digest of itself.

    A colon within any part but the last is escaped: ("1:2", "3") and ("1", "2:3") stay apart.
    """
    *inner, last = map(str, parts)
    if any("%" in part or ":" in part for part in inner):
        inner = [part.replace("%", "%25").replace(":", "%3A") for part in inner]
    key = ":".join((*inner, last))
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.blake2b(key.encode(), digest_size=20).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}~{digest}"

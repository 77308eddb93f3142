"""The server's secret: what API keys, sessions and links are sealed with.

It lives in ``DRAWBAR_SECRET`` or in one file that only its owner can read; never in the database.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from pathlib import Path

from drawbar.records.server.durable import write_private

BYTES_MIN = 32
_VARIABLE = "DRAWBAR_SECRET"


class UnsafeSecret(RuntimeError):
    """The secret is short or readable by others. Make a new one; every key must be made again."""


class Secret:
    """Seals bytes for one purpose each, so that a seal of one kind is worth nothing elsewhere."""

    def __init__(self, value: bytes) -> None:
        """Raise ``UnsafeSecret`` for fewer than 32 bytes."""
        if len(value) < BYTES_MIN:
            raise UnsafeSecret(f"{_VARIABLE} has {len(value)} bytes; use {BYTES_MIN} or more.")
        self._value = value

    def __repr__(self) -> str:
        return "Secret(...)"

    def seal(self, purpose: str, content: bytes) -> bytes:
        """Return the keyed hash (HMAC-SHA256) of ``content`` for ``purpose``."""
        key = hmac.digest(self._value, purpose.encode(), hashlib.sha256)
        return hmac.digest(key, content, hashlib.sha256)

    def is_sealed(self, purpose: str, content: bytes, seal: bytes) -> bool:
        """Say, in constant time, whether ``seal`` is ours."""
        return hmac.compare_digest(self.seal(purpose, content), seal)


def load_secret(environ: Mapping[str, str], file: Path) -> Secret:
    """Return the secret of the environment, else of ``file``, which is made when missing."""
    if told := environ.get(_VARIABLE):
        return Secret(told.encode())
    if not file.exists():
        write_private(file, secrets.token_hex(BYTES_MIN).encode())
    if file.stat().st_mode & 0o077:
        raise UnsafeSecret(f"{file.name} can be read by others. Make it 0600 and renew the keys.")
    return Secret(file.read_bytes().strip())

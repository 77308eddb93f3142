"""Sealed tokens: a login link to follow once, and the session that it opens."""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import Secret

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=12)
_TOKEN_LENGTH_MAX = 2000
_SEAL_BYTES = 32


class Pass(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a token says: who, until when. ``nonce`` tells one link from every other."""

    name: str
    role: Role
    expires_at: Instant
    nonce: str

    @property
    def caller(self) -> Caller:
        """Return who holds it."""
        return Caller(name=self.name, role=self.role)


Kept = TypeVar("Kept", bound=Struct)


def login_token(name: str, role: Role, *, secret: Secret, at: Instant) -> str:
    """Return the token of a login link, good once, for half an hour.

    Raise ``ValueError`` for a carrier: the desks are ours.
    """
    Caller(name=name, role=role)
    return _sealed("login", _issued(name, role, at + LINK_LIFE), secret)


def session_token(visitor: Pass, *, secret: Secret, at: Instant) -> str:
    """Return the session that follows from a login link."""
    return _sealed("session", _issued(visitor.name, visitor.role, at + SESSION_LIFE), secret)


def read_login(token: str, *, secret: Secret, at: Instant) -> Pass | None:
    """Return what a login link says; None where it is not ours or too old."""
    return _opened("login", token, secret, at)


def read_session(token: str, *, secret: Secret, at: Instant) -> Pass | None:
    """Return whose session it is; None where it is not ours or over."""
    return _opened("session", token, secret, at)


def _issued(name: str, role: Role, expires_at: Instant) -> Pass:
    return Pass(name=name, role=role, expires_at=expires_at, nonce=secrets.token_hex(16))


def _sealed(purpose: str, told: Pass, secret: Secret) -> str:
    return sealed_as(purpose, told, secret)


def _opened(purpose: str, token: str, secret: Secret, at: Instant) -> Pass | None:
    told = opened_as(purpose, token, secret, Pass)
    return told if told is not None and at < told.expires_at else None


def sealed_as(purpose: str, told: Struct, secret: Secret) -> str:
    """Return what is told with a seal of ours, as one word that a cookie or an address can hold."""
    content = msgspec.json.encode(told)
    return urlsafe_b64encode(secret.seal(purpose, content) + content).decode().rstrip("=")


def opened_as(purpose: str, token: str, secret: Secret, shape: type[Kept]) -> Kept | None:
    """Return what a sealed word says; None where the seal is not ours for this purpose."""
    if len(token) > _TOKEN_LENGTH_MAX or not token.isascii():
        return None
    try:
        both = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except binascii.Error:
        return None
    seal, content = both[:_SEAL_BYTES], both[_SEAL_BYTES:]
    if not secret.is_sealed(purpose, content, seal):
        return None
    return msgspec.json.decode(content, type=shape)

"""The visitor of a page: who looks at it, and the proof that a form of it was shown to them.

A form's token belongs to one session, so that no other page can let a browser act for somebody.
"""

import secrets
from contextvars import ContextVar

import msgspec
from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import SCOPES, Role, Scope
from drawbar.web.auth.secret import Secret
from drawbar.web.auth.token import opened_as, sealed_as

TOLD_COOKIE = "drawbar_told"
_PURPOSE = "form"
_TEXT_LENGTH_MAX = 400


class Told(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of the last action: shown once, on the next page."""

    text: str
    is_refusal: bool
    expires_at: Instant


class Visitor(Struct, kw_only=True):
    """Who is looking. ``form_token`` goes into each form; ``told`` is shown once."""

    caller: Caller
    form_token: str = ""
    told: Told | None = None
    is_told: bool = False

    def take_told(self) -> Told | None:
        """Return what became of the last action, and remember that it was shown."""
        self.is_told = self.told is not None
        return self.told


PRESENT: ContextVar[Visitor | None] = ContextVar("visitor", default=None)
"""Whose request is being answered; each request has its own."""


def form_token(session: str, *, secret: Secret) -> str:
    """Return the token that the forms of a session carry."""
    return secret.seal(_PURPOSE, session.encode()).hex()


def is_form_of(session: str, token: str, *, secret: Secret) -> bool:
    """Say whether a form was shown to this session."""
    try:
        given = bytes.fromhex(token)
    except ValueError:
        return False
    return secret.is_sealed(_PURPOSE, session.encode(), given)


def told_token(told: Told, *, secret: Secret) -> str:
    """Return what became of an action, sealed for the cookie that carries it to the next page."""
    short = msgspec.structs.replace(told, text=told.text[:_TEXT_LENGTH_MAX])
    return sealed_as("told", short, secret)


def read_told(token: str, *, secret: Secret, at: Instant) -> Told | None:
    """Return what the cookie says; None where it is not ours or too old."""
    told = opened_as("told", token, secret, Told)
    return told if told is not None and at < told.expires_at else None


def shown_token() -> str:
    """Return the token for a form on the page that is being written."""
    visitor = PRESENT.get()
    return visitor.form_token if visitor else ""


def new_key() -> str:
    """Return the key of a form that is shown now: sent twice, it is one and the same."""
    return secrets.token_urlsafe(15)


def take_told() -> Told | None:
    """Return what became of the visitor's last action, if it was not shown yet."""
    visitor = PRESENT.get()
    return visitor.take_told() if visitor else None


def why_not(scope: str) -> str:
    """Return why whoever looks may not do what needs ``scope``, empty where they may."""
    visitor = PRESENT.get()
    wanted = Scope(scope)
    if visitor is not None and visitor.caller.may(wanted):
        return ""
    roles = ", ".join(role.value for role in Role if wanted in SCOPES[role])
    who = f"Your role, {visitor.caller.role}, may not" if visitor else "Nobody unknown may"
    return f"{who} do this; {roles} may."

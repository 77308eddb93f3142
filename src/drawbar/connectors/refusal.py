"""What the body of an answer refuses, and whether that is for ever, for now, or for a person.

The status of the answer is not asked: some systems refuse with 200, some proxies with 503.
"""

from msgspec import Struct

from drawbar.connectors.line import Reply
from drawbar.freight.delivery import NeedsConfirmation, Rejected, Unknown

LATER = frozenset({"TOO_MANY", "LOCKED", "BUSY"})
"""Error codes that say "later": nothing is wrong with what we sent."""

CONFIRM = frozenset({"CONFIRM"})
"""Error codes that put a question to a person."""


class _Error(Struct, frozen=True):
    code: str
    message: str
    field: str = ""


class _Told(Struct, frozen=True):
    error: _Error | None = None


def refusal(answer: Reply) -> Rejected | NeedsConfirmation | Unknown | None:
    """Return what is refused, None when nothing is. Raise ``NotAsExpected`` for other bodies."""
    error = answer.read(_Told).error
    if error is None:
        return None
    text = f"{error.code}: {error.message}"
    if error.code in LATER:
        return Unknown(text=text, said=answer.body)
    if error.code in CONFIRM:
        return NeedsConfirmation(text=error.message, said=answer.body)
    return Rejected(text=text, field=error.field, said=answer.body)

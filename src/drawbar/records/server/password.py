"""The passwords of our own server's roles: random, and in a file only we can read.

They are made once, before the server exists, and never leave the machine.
"""

import secrets
from pathlib import Path

import msgspec
from msgspec import Struct, field

from drawbar.records.server.durable import write_private


def random_password() -> str:
    """Return a password nobody can guess or has to type, safe in a URL."""
    return secrets.token_urlsafe(24)


class Passwords(Struct, frozen=True, kw_only=True):
    """One password for each role; ``admin`` is the server's superuser."""

    admin: str = field(default_factory=random_password)
    owner: str = field(default_factory=random_password)
    engine: str = field(default_factory=random_password)
    request: str = field(default_factory=random_password)

    def __repr__(self) -> str:
        return "Passwords(...)"  # never into a log or a traceback


def keep_passwords(path: Path) -> Passwords:
    """Return the passwords in ``path``, made now if there are none."""
    if path.exists():
        return msgspec.json.decode(path.read_bytes(), type=Passwords)
    made = Passwords()
    write_private(path, msgspec.json.encode(made))
    return made

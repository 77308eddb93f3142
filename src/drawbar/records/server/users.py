"""Who uses our own server just now; the last one to leave stops it.

Only living processes count: one that was killed has left without a word. The caller holds the lock.
"""

import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from drawbar.records.server.durable import write_private
from drawbar.records.server.process import Process, birth_of


class User(Struct, frozen=True):
    """One opened database of one process; a process may have several."""

    process: Process
    token: str


def this_user() -> User:
    """Return a new user for the process we are."""
    pid = os.getpid()
    return User(Process(pid, birth_of(pid)), secrets.token_hex(8))


def living_users(path: Path) -> list[User]:
    """Return the users in ``path`` that still run, oldest first; empty when none was written."""
    if not path.exists():
        return []
    known = msgspec.json.decode(path.read_bytes(), type=list[User])
    return [user for user in known if user.process.is_alive()]


def join(path: Path, user: User) -> None:
    """Add ``user``, and forget those who no longer live."""
    _write(path, [*living_users(path), user])


def leave(path: Path, user: User) -> list[User]:
    """Take ``user`` out and return who remains; leaving twice is leaving once."""
    remaining = [other for other in living_users(path) if other != user]
    _write(path, remaining)
    return remaining


def _write(path: Path, users: list[User]) -> None:
    write_private(path, msgspec.json.encode(users))

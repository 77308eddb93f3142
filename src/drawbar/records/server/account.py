"""Under which account of the machine the server runs.

Postgres refuses root and any account without a name; we create no account and change none.
"""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from drawbar.records.server.refusal import UnableToOpenDatabase

LENT_BY_ROOT = ("postgres", "nobody")  # in order of preference
_ENVIRON = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"}  # nothing of PG* leaks in


class Account(Struct, frozen=True):
    """The account of the server's process. ``is_lent``: we are root and the server is not."""

    name: str
    uid: int
    gid: int
    home: Path
    is_lent: bool

    def own(self, path: Path) -> None:
        """Give ``path`` to this account where that is not us."""
        if self.is_lent:
            os.chown(path, self.uid, self.gid)

    def run(self, command: Sequence[str | Path]) -> "subprocess.CompletedProcess[str]":
        """Run ``command`` as this account, wherever we are ourselves."""
        identity = (self.uid, self.gid) if self.is_lent else (None, None)
        return subprocess.run(  # noqa: S603 - our own programs only
            command,
            cwd="/",
            env=_ENVIRON,
            user=identity[0],
            group=identity[1],
            extra_groups=[] if self.is_lent else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )


def accounts() -> dict[str, pwd.struct_passwd]:
    """Return the accounts this choice may need: ours, and those root may lend."""
    found = {}
    for name in LENT_BY_ROOT:
        try:
            found[name] = pwd.getpwnam(name)
        except KeyError:
            continue
    try:
        ours = pwd.getpwuid(os.geteuid())
    except KeyError:
        return found
    return {**found, ours.pw_name: ours}


def server_account(uid: int, known: Mapping[str, pwd.struct_passwd]) -> Account:
    """Return the account to run under when we are ``uid``, out of ``known`` by name.

    Raise ``UnableToOpenDatabase`` when there is none: root with neither account, a nameless uid.
    """
    if uid == 0:
        return _lent(known)
    for entry in known.values():
        if entry.pw_uid == uid:
            return _account(entry, is_lent=False)
    raise UnableToOpenDatabase(
        f"The user id {uid} has no name on this machine; PostgreSQL does not start without one.",
        "Run as a user that `id -un` can name. Or use a PostgreSQL of your own: set DATABASE_URL.",
    )


def account_of_data(
    cluster: Path, account: Account, known: Mapping[str, pwd.struct_passwd]
) -> Account:
    """Return the lent account that ``cluster`` belongs to already, else ``account``.

    `postgres` may appear on a machine later on: data that `nobody` began stay with `nobody`.
    """
    if not account.is_lent or not cluster.exists():
        return account
    owner = cluster.stat().st_uid
    for entry in known.values():
        if entry.pw_uid == owner and entry.pw_name in LENT_BY_ROOT:
            return _account(entry, is_lent=True)
    raise UnableToOpenDatabase(
        f"The data in {cluster} belong to the user id {owner}, not to an account that root lends.",
        "Run Drawbar as that user, or name another directory in DRAWBAR_DATA.",
    )


def _lent(known: Mapping[str, pwd.struct_passwd]) -> Account:
    for name in LENT_BY_ROOT:
        if name in known:
            return _account(known[name], is_lent=True)
    raise UnableToOpenDatabase(
        "PostgreSQL does not run as root, and this machine has neither `postgres` nor `nobody`.",
        "Run Drawbar as an ordinary user. Or use a PostgreSQL of your own: set DATABASE_URL.",
    )


def _account(entry: pwd.struct_passwd, *, is_lent: bool) -> Account:
    home = Path(entry.pw_dir)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, home, is_lent)

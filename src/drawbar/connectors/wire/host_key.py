"""Whether an SFTP server is the one that somebody vouched for: by its host key, never by its name.

A key nobody wrote into the settings is refused, the first time as well as after a change.
"""

import base64
import hashlib
from collections.abc import Iterable

from drawbar.connectors.wire.port import Barred

FIELD = "wire.sftp.host_keys"


def check(kind: str, blob: bytes, *, host: str, pinned: Iterable[str]) -> None:
    """Raise ``Barred`` unless the key shown is one of ``pinned``."""
    if any(_is(one, kind, blob) for one in pinned):
        return
    text = (
        f"{host} shows the host key {kind} {fingerprint(blob)}, which is not written in"
        f" {FIELD}. Nothing was sent. Ask the partner by another way whether it changed its"
        " key; only then write the new one there."
    )
    raise Barred(text, FIELD)


def fingerprint(blob: bytes) -> str:
    """Return how people compare a key: the way ``ssh-keygen -l`` shows it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def kinds(pinned: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of the keys that are written out whole; a fingerprint names none."""
    return tuple(one.split()[0] for one in pinned if not one.startswith("SHA256:"))


def _is(pinned: str, kind: str, blob: bytes) -> bool:
    if pinned.startswith("SHA256:"):
        return pinned.strip().rstrip("=") == fingerprint(blob)
    told = pinned.split()
    return told[:2] == [kind, base64.b64encode(blob).decode()]

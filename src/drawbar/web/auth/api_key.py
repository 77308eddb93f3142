"""API keys: how a program says who it is; we keep a keyed hash and cannot show the key again."""

import secrets
from base64 import b32encode

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.records import api_key as records
from drawbar.records.api_key import KeptKey
from drawbar.records.desk.reads import Access
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import Secret

_PREFIX = "drawbar"
_PURPOSE = "api-key"  # stored hashes depend on it
_NAME_LENGTH_MAX = 60


class UnfitKey(ValueError):
    """A key that must not be made: correct its name or its carrier and try again."""


class NewKey(Struct, frozen=True, kw_only=True):
    """A key just made. ``token`` is shown this once."""

    key_id: str
    token: str


def create_key(
    connection: Access,
    *,
    secret: Secret,
    caller: Caller,
    at: Instant,
) -> NewKey:
    """Make a key for ``caller`` and keep its hash. Raise ``UnfitKey``."""
    _refuse_unfit(caller)
    key_id = b32encode(secrets.token_bytes(10)).decode().lower()
    word = secrets.token_hex(32)
    kept = KeptKey(
        key_id=key_id,
        name=caller.name,
        role=caller.role.value,
        carrier_ref=caller.carrier_ref,
        hash=secret.seal(_PURPOSE, f"{key_id}_{word}".encode()),
        created_at=at,
    )
    records.add(connection, kept)
    return NewKey(key_id=key_id, token=f"{_PREFIX}_{key_id}_{word}")


def list_keys(connection: Access) -> list[KeptKey]:
    """Return all keys, newest first, revoked ones too."""
    return records.listed(connection)


def revoke_key(connection: Access, key_id: str, *, at: Instant) -> bool:
    """End a key for good; false when there is no such key that still works."""
    return records.revoke(connection, key_id, at=at)


def caller_of(connection: Access, token: str, *, secret: Secret) -> Caller | None:
    """Return whose key ``token`` is; None for a wrong, unknown or revoked one alike."""
    prefix, _, rest = token.partition("_")
    key_id = rest.partition("_")[0]
    if prefix != _PREFIX or not token.isascii():
        return None
    kept = records.found(connection, key_id)
    given = secret.seal(_PURPOSE, rest.encode())
    if not secrets.compare_digest(kept.hash if kept else bytes(32), given) or kept is None:
        return None
    return Caller(name=kept.name, role=Role(kept.role), carrier_ref=kept.carrier_ref)


def _refuse_unfit(caller: Caller) -> None:
    if not caller.name.strip() or len(caller.name) > _NAME_LENGTH_MAX or ":" in caller.name:
        raise UnfitKey(f"a key's name has 1 to {_NAME_LENGTH_MAX} characters and no colon")

"""API keys as they are kept: whose they are and a keyed hash, never the key itself."""

from typing import Any

from msgspec import Struct, structs

from drawbar.freight.instant import Instant
from drawbar.records.desk.reads import Access
from drawbar.records.queries import statements

_SQL = statements("api_keys")

Row = tuple[Any, ...]


class KeptKey(Struct, frozen=True, kw_only=True):
    """One key. ``carrier_ref`` is empty unless the key speaks for a carrier."""

    key_id: str
    name: str
    role: str
    carrier_ref: str
    hash: bytes
    created_at: Instant
    revoked_at: Instant | None = None


def add(connection: Access, key: KeptKey) -> None:
    """Keep a new key."""
    connection.execute(_SQL["add"], structs.asdict(key))


def found(connection: Access, key_id: str) -> KeptKey | None:
    """Return the key; None where there is none or it was revoked."""
    row = connection.execute(_SQL["found"], {"key_id": key_id}).fetchone()
    return _kept(row) if row else None


def listed(connection: Access) -> list[KeptKey]:
    """Return every key, newest first, revoked ones too."""
    return [_kept(row) for row in connection.execute(_SQL["listed"])]


def revoke(connection: Access, key_id: str, *, at: Instant) -> bool:
    """End a key; false when it is unknown or ended before."""
    return connection.execute(_SQL["revoke"], {"key_id": key_id, "at": at}).rowcount == 1


def use_login_link(connection: Access, nonce: str, *, at: Instant) -> bool:
    """Note that a login link was used; false when it had been used before."""
    return connection.execute(_SQL["use_login_link"], {"nonce": nonce, "at": at}).rowcount == 1


def _kept(row: Row) -> KeptKey:
    names = KeptKey.__struct_fields__
    values: list[Any] = [bytes(one) if isinstance(one, memoryview) else one for one in row]
    return KeptKey(**dict(zip(names, values, strict=True)))

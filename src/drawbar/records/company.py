"""The company folder on file: each version as it was applied, and the firm as it was known then.

Append-only: a contract that changes is another version of it, and what was known can be read back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.freight.contract import Contract
from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.fuel import IndexPrice
from drawbar.freight.market import NO_MARKET, Market
from drawbar.records.codec import digest
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, aside, pipelined

_SQL = statements("company")
ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)
Files = Mapping[str, bytes]


class CompanyVersion(Struct, frozen=True, kw_only=True):
    """One version of the folder: when it was applied, by whom and why, and what was new in it."""

    version: int
    applied_at: datetime
    applied_by: str
    because: str
    changes: tuple[str, ...]
    files: int


class ContractVersion(Struct, frozen=True, kw_only=True):
    """One version of a rate contract, with the version of the folder that brought it."""

    contract_ref: str
    version: int
    side: str
    party_ref: str
    valid_from: date
    valid_to: date | None
    known_at: datetime
    company_version: int
    applied_at: datetime
    applied_by: str
    because: str
    path: str


class NewVersion(Struct, frozen=True, kw_only=True):
    """A version to write. ``company`` holds all of the folder; ``new`` is what no version had.

    ``paths`` are the files of the new contracts, by contract and version.
    """

    company: Company
    new_contracts: tuple[Contract, ...]
    new_market: Market
    paths: Mapping[tuple[str, int], str]
    files: Files
    applied_at: datetime
    applied_by: str
    because: str
    changes: tuple[str, ...]


def share_newest(cursor: Rows) -> int:
    """Return the newest version, 0 where there is none; no other is applied before we commit."""
    with pipelined(cursor):
        aside(cursor).execute(_SQL["share"])
        asked = aside(cursor).execute(_SQL["newest"])
    return _number(asked)


def lock_newest(cursor: Rows) -> int:
    """Return the newest version when nobody decides under it any more, until we commit."""
    cursor.execute(_SQL["alone"])
    return newest(cursor)


def newest(cursor: Rows) -> int:
    """Return the newest version, 0 where there is none."""
    return _number(cursor.execute(_SQL["newest"]))


def version_at(cursor: Rows, at: datetime) -> int:
    """Return the version in force at an instant, the first one before it; 0 where none is."""
    return _number(cursor.execute(_SQL["version_at"], {"at": at}))


def company_of(cursor: Rows, version: int, *, known_at: datetime = ALWAYS) -> Company:
    """Return the firm of a version with every contract and price known by then. It exists."""
    row = cursor.execute(_SQL["version"], {"version": version}).fetchone()
    assert row is not None, f"there is no version {version} of the company folder"
    firm = msgspec.json.decode(row[-1], type=Company)
    asked = {"version": version, "known_at": known_at}
    contracts = tuple(_contract(*found) for found in cursor.execute(_SQL["contracts"], asked))
    return structs.replace(
        firm, contracts=contracts, market=_market(cursor, asked), version=version
    )


def digest_of(cursor: Rows, version: int) -> bytes:
    """Return the digest of the files of a version."""
    row = cursor.execute(_SQL["version"], {"version": version}).fetchone()
    assert row is not None, f"there is no version {version} of the company folder"
    return bytes(row[4])


def folder_digest(files: Files) -> bytes:
    """Return the digest of a folder's files, the same in whatever order they are."""
    parts = (f"{path}\0{digest(files[path]).hex()}\n" for path in sorted(files))
    return digest("".join(parts).encode())


def files_of(cursor: Rows, version: int) -> dict[str, bytes]:
    """Return the files of a version by path."""
    rows = cursor.execute(_SQL["files"], {"version": version})
    return {path: bytes(body) for path, body in rows}


def versions(cursor: Rows) -> list[CompanyVersion]:
    """Return every version, the newest first."""
    names = CompanyVersion.__struct_fields__
    rows = cursor.execute(_SQL["versions"])
    found = (dict(zip(names, row, strict=True)) for row in rows)
    return [CompanyVersion(**one | {"changes": tuple(one["changes"])}) for one in found]


def contract_versions(cursor: Rows, contract_ref: str = "") -> list[ContractVersion]:
    """Return the versions of one contract, or of all, the newest of each first."""
    names = ContractVersion.__struct_fields__
    rows = cursor.execute(_SQL["contract_list"], {"ref": contract_ref})
    return [ContractVersion(**dict(zip(names, row, strict=True))) for row in rows]


def contract_on_file(cursor: Rows, contract_ref: str, version: int) -> Contract | None:
    """Return one version of a contract, None where it was never applied."""
    asked = {"ref": contract_ref, "version": version}
    row = cursor.execute(_SQL["contract"], asked).fetchone()
    return _contract(*row) if row else None


def write_version(cursor: Rows, new: NewVersion) -> int:
    """Write the next version and return its number. The caller holds ``lock_newest``."""
    version = newest(cursor) + 1
    firm = structs.replace(new.company, contracts=(), market=NO_MARKET, version=version)
    row = {
        "version": version,
        "applied_at": new.applied_at,
        "applied_by": new.applied_by,
        "because": new.because,
        "digest": folder_digest(new.files),
        "changes": list(new.changes),
        "body": _json(firm),
    }
    cursor.execute(_SQL["add_version"], row)
    hashes = {path: digest(body) for path, body in new.files.items()}
    bodies = ({"hash": hashes[path], "body": body} for path, body in new.files.items())
    _each(cursor, "add_file", bodies)
    paths = ({"version": version, "path": path, "hash": hashes[path]} for path in new.files)
    _each(cursor, "add_path", paths)
    _each(cursor, "add_contract", [_contract_row(one, version, new) for one in new.new_contracts])
    _each(cursor, "add_market", _market_rows(new.new_market, version))
    return version


def new_in_market(cursor: Rows, market: Market) -> Market:
    """Return those prices and rates that no version had."""
    known = {bytes(found) for (found,) in cursor.execute(_SQL["market_hashes"])}
    return Market(
        prices=tuple(one for one in market.prices if market_hash(one) not in known),
        exchange=tuple(one for one in market.exchange if market_hash(one) not in known),
    )


def market_hash(one: IndexPrice | ExchangeRate) -> bytes:
    """Return what tells a price or a rate from another, whenever we learned it."""
    return digest((type(one).__name__ + _json(structs.replace(one, known_at=ALWAYS))).encode())


def touched_shipments(
    cursor: Rows,
    *,
    carriers: Iterable[str],
    customers: Iterable[str],
    everybody: bool,
    since: datetime,
) -> list[tuple[str, str, str]]:
    """Return the loads of these partners since then: reference, carrier and customer."""
    asked = {
        "carriers": sorted(carriers),
        "customers": sorted(customers),
        "everybody": everybody,
        "since": since,
    }
    rows = cursor.execute(_SQL["touched_shipments"], asked).fetchall()
    return [(ref, carrier or "", customer or "") for ref, carrier, customer in rows]


def shipment_bodies(cursor: Rows, refs: Sequence[str]) -> dict[str, bytes]:
    """Return the stored states of shipments."""
    rows = cursor.execute(_SQL["shipment_states"], {"refs": list(refs)})
    return {ref: bytes(body) for ref, body in rows}


def bill_bodies(cursor: Rows, refs: Sequence[str]) -> dict[str, bytes]:
    """Return the stored states of freight bills."""
    rows = cursor.execute(_SQL["bill_states"], {"refs": list(refs)})
    return {ref: bytes(body) for ref, body in rows}


def _contract_row(one: Contract, version: int, new: NewVersion) -> dict[str, Any]:
    return {
        "contract_ref": one.contract_ref,
        "version": one.version,
        "company_version": version,
        "party_ref": one.party_ref,
        "side": one.side.value,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "known_at": one.known_at,
        "path": new.paths.get((one.contract_ref, one.version), ""),
        "body": _json(one),
    }


def _market_rows(market: Market, version: int) -> list[dict[str, Any]]:
    kinds: tuple[tuple[str, Sequence[IndexPrice | ExchangeRate]], ...] = (
        ("price", market.prices),
        ("rate", market.exchange),
    )
    return [
        {
            "hash": market_hash(one),
            "company_version": version,
            "kind": kind,
            "known_at": one.known_at,
            "body": _json(one),
        }
        for kind, some in kinds
        for one in some
    ]


def _each(cursor: Rows, name: str, rows: Iterable[dict[str, Any]]) -> None:
    if found := list(rows):
        aside(cursor).executemany(_SQL[name], found)


def _contract(body: str, known_at: datetime) -> Contract:
    return structs.replace(msgspec.json.decode(body, type=Contract), known_at=known_at)


def _market(cursor: Rows, asked: dict[str, Any]) -> Market:
    kinds: dict[str, list[Any]] = {"price": [], "rate": []}
    types: dict[str, Callable[[str], Any]] = {"price": _price.decode, "rate": _rate.decode}
    for kind, body in cursor.execute(_SQL["market"], asked):
        kinds[kind].append(types[kind](body))
    return Market(prices=tuple(kinds["price"]), exchange=tuple(kinds["rate"]))


_price = msgspec.json.Decoder(IndexPrice)
_rate = msgspec.json.Decoder(ExchangeRate)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _number(asked: Rows) -> int:
    row = asked.fetchone()
    assert row is not None, "a count has a row"
    return int(row[0])

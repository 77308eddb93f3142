"""The firm's terms while it works: a new version is applied at once, and every batch sees it.

Each batch holds a lock that an apply waits for, so no decision is made under half a version.
"""

import threading
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct, structs

from drawbar.engine.clock import Clock
from drawbar.engine.mode_change import Word, change_modes
from drawbar.engine.run import Run
from drawbar.engine.transaction import in_transaction
from drawbar.engine.writing import announce_work
from drawbar.flow.amendment import Amendment, amendment
from drawbar.flow.company import Company
from drawbar.flow.mode import Modes
from drawbar.flow.run import FreightRun
from drawbar.freight.contract import SINCE_EVER
from drawbar.freight.lineage import Lineage
from drawbar.freight.market import Market
from drawbar.freight.terms import TermsChanged
from drawbar.records.codec import encode
from drawbar.records.company import (
    NewVersion,
    company_of,
    digest_of,
    folder_digest,
    lock_newest,
    new_in_market,
    share_newest,
    touched_shipments,
    versions,
    write_version,
)
from drawbar.records.session import Pool
from drawbar.records.sheet import Rows
from drawbar.records.waits import Pending, put_pending

_MOMENT = timedelta(microseconds=1)


class Terms:
    """The run under the newest version that was applied. For many threads at once."""

    def __init__(self) -> None:
        """Begin with whatever run the engine was given."""
        self._lock = threading.Lock()

    def newest(self, cursor: Rows, run: Run) -> Run:
        """Return ``run``, or the one under a newer version; none is applied before we commit."""
        version = share_newest(cursor)
        if not isinstance(run, FreightRun) or version <= run.company.version:
            return run
        with self._lock:
            return run.under(company_of(cursor, version))


def version_of(run: Run) -> int:
    """Return the version of the company folder that a run decides under, 0 for none."""
    return run.company.version if isinstance(run, FreightRun) else 0


class Folder(Struct, frozen=True, kw_only=True):
    """A company folder to apply: the firm that its files describe, and the files themselves.

    ``paths`` are the files of the contracts, by contract and version; ``modes`` what its systems
    say of their flows.
    """

    company: Company
    files: Mapping[str, bytes]
    paths: Mapping[tuple[str, int], str] = {}
    modes: Modes = {}


class Applied(Struct, frozen=True, kw_only=True):
    """The version that holds now. ``is_new`` is false where the very same was applied before.

    ``told`` counts the shipments that are priced again.
    """

    version: int
    is_new: bool
    applied_at: datetime
    changes: tuple[str, ...] = ()
    told: int = 0


def apply_folder(pool: Pool, clock: Clock, folder: Folder, *, by: str, because: str) -> Applied:
    """Make a folder the firm's newest version and let what it touches be priced again.

    The same folder again changes nothing. Raise ``Contradiction``.
    """
    return in_transaction(
        pool, lambda cursor: _applied(cursor, folder, now=clock.now(), by=by, because=because)
    )


def applied_at_first(pool: Pool, clock: Clock, folder: Folder) -> Applied | None:
    """Apply a folder where none was applied before; None where one was."""

    def begin(cursor: Rows) -> Applied | None:
        if lock_newest(cursor):
            return None
        because = "the first folder that Drawbar was started with"
        return _first(cursor, folder, now=clock.now(), by="drawbar", because=because)

    return in_transaction(pool, begin)


def _applied(cursor: Rows, folder: Folder, *, now: datetime, by: str, because: str) -> Applied:
    number = lock_newest(cursor)
    if not number:
        return _first(cursor, folder, now=now, by=by, because=because)
    last = versions(cursor)[0]
    at, firm = max(now, last.applied_at + _MOMENT), folder.company
    if digest_of(cursor, number) == folder_digest(folder.files):
        words = change_modes(cursor, folder.modes, Word(firm, number, at, by, because))
        return Applied(version=number, is_new=False, applied_at=last.applied_at, changes=words)
    change = amended(cursor, company_of(cursor, number), firm, at)
    words = change_modes(cursor, folder.modes, Word(firm, number + 1, at, by, because))
    new = NewVersion(
        company=firm,
        new_contracts=tuple(structs.replace(one, known_at=at) for one in change.contracts),
        new_market=_known(change.market, at),
        paths=folder.paths,
        files=folder.files,
        applied_at=at,
        applied_by=by,
        because=because,
        changes=(*change.changes, *words),
    )
    version = write_version(cursor, new)
    told = _tell(cursor, change, version=version, at=at)
    return Applied(version=version, is_new=True, applied_at=at, changes=new.changes, told=told)


def amended(cursor: Rows, before: Company, firm: Company, at: datetime) -> Amendment:
    """Return what a folder changes of the newest version. Raise ``Contradiction``."""
    market = new_in_market(cursor, firm.market)
    return amendment(before, firm, market, on=at.date())


def _first(cursor: Rows, folder: Folder, *, now: datetime, by: str, because: str) -> Applied:
    """Write the first version: what its files say of when it was known is taken at its word."""
    firm = folder.company
    words = change_modes(cursor, folder.modes, Word(firm, 1, now, by, because))
    changes = (f"{len(firm.contracts)} contracts", *words)
    new = NewVersion(
        company=firm,
        new_contracts=firm.contracts,
        new_market=firm.market,
        paths=folder.paths,
        files=folder.files,
        applied_at=now,
        applied_by=by,
        because=because,
        changes=changes,
    )
    version = write_version(cursor, new)
    return Applied(version=version, is_new=True, applied_at=now, changes=changes)


def with_history(before: Company, firm: Company, change: Amendment, at: datetime) -> Company:
    """Return a firm with every contract and price that was ever applied, and what is new."""
    added = tuple(structs.replace(one, known_at=at) for one in change.contracts)
    market = _known(change.market, at)
    return structs.replace(
        firm,
        contracts=(*before.contracts, *added),
        market=Market(
            prices=(*before.market.prices, *market.prices),
            exchange=(*before.market.exchange, *market.exchange),
        ),
        version=before.version + 1,
    )


def _known(market: Market, at: datetime) -> Market:
    return Market(
        prices=tuple(structs.replace(one, known_at=at) for one in market.prices),
        exchange=tuple(structs.replace(one, known_at=at) for one in market.exchange),
    )


def loads_touched(cursor: Rows, change: Amendment) -> list[tuple[str, str, str]]:
    """Return the loads that a change may price otherwise: reference, carrier and customer."""
    since = datetime.combine(change.since, SINCE_EVER.timetz())
    return touched_shipments(
        cursor,
        carriers=change.carriers,
        customers=change.customers,
        everybody=change.everybody,
        since=since,
    )


def _tell(cursor: Rows, change: Amendment, *, version: int, at: datetime) -> int:
    """Put a fact for each load that the change touches to those to be decided next."""
    loads = loads_touched(cursor, change)
    put_pending(cursor, _facts(change, loads, version=version, at=at))
    if loads:
        announce_work(cursor)
    return len(loads)


def _facts(
    change: Amendment, loads: Iterable[tuple[str, str, str]], *, version: int, at: datetime
) -> Iterable[Pending]:
    for ref, carrier, customer in loads:
        fact = terms_changed(change, (ref, carrier, customer), version=version, at=at)
        yield Pending(fact_id=None, why="follows", history=False, since=at, body=encode(fact))


def terms_changed(
    change: Amendment, load: tuple[str, str, str], *, version: int, at: datetime
) -> TermsChanged:
    """Return the fact that tells one load of a new version, once per version."""
    ref, carrier, customer = load
    return TermsChanged(
        key=f"TermsChanged:{version}:{ref}",
        happened_at=at,
        learned_at=at,
        lineage=Lineage(message_ref=f"company version {version}"),
        shipment_ref=ref,
        company_version=version,
        changes=change.for_load(carrier, customer),
    )

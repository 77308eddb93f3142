"""The firm at work: its folder, its database, its connectors, and one engine over all of them."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from msgspec import Struct, structs

from drawbar.cli.company.applying import as_applied, to_apply
from drawbar.cli.company.folder import CompanyFolder, load_company
from drawbar.cli.firm_clock import FirmClock
from drawbar.cli.own_folder import own_folder
from drawbar.connectors.port import Connector
from drawbar.connectors.reading import Readers
from drawbar.connectors.registry import open_system, readers_of
from drawbar.engine import Clock, Engine
from drawbar.engine.mode_change import tighten_modes
from drawbar.engine.terms import applied_at_first
from drawbar.flow.run import FreightRun
from drawbar.records.code_maps import CodeMaps
from drawbar.records.desk.reads import Reads, open_reads
from drawbar.records.migrate import migrate
from drawbar.records.server import Database, open_database
from drawbar.records.session import Pool, open_pool
from drawbar.web.api.v1.readers import READERS

EXAMPLE = "acme"


class Firm(Struct, frozen=True, kw_only=True):
    """Everything that a command works with. The pools and the database close with it."""

    folder: CompanyFolder
    database: Database
    pool: Pool
    reads: Reads
    engine: Engine
    systems: Mapping[str, Connector]


def company_folder(told: Path | None, database: str = "") -> Path:
    """Return the company folder: as told, else here, else a demo's own, else the example firm."""
    if told is not None:
        return told
    here = Path.cwd()
    if (here / "drawbar.toml").is_file():
        return here
    of_demo = own_folder(database, os.environ) / "world" / "company" if database else here
    return of_demo if (of_demo / "drawbar.toml").is_file() else example_folder()


def example_folder() -> Path:
    """Return the folder of the example firm."""
    with as_file(files("drawbar.cli") / EXAMPLE) as folder:
        return folder


def migrations() -> Path:
    """Return the folder of the numbered SQL files."""
    with as_file(files("drawbar.records") / "sql" / "migrations") as folder:
        return folder


@contextmanager
def open_firm(
    company: Path,
    *,
    name: str,
    environ: Mapping[str, str],
    readers: Readers | None = None,
    threads: int = 4,
    clock: Clock | None = None,
) -> Iterator[Firm]:
    """Open the firm for a while: database started and migrated, connectors ready, nothing working.

    Unless told, the clock is never before the newest fact: commands speak in the firm's present.
    Raise what the company folder, the database or a connector's settings raise.
    """
    folder = load_company(company)
    with open_books(name, environ=environ, threads=threads) as books:
        time = clock or FirmClock(books.reads)
        folder = _as_applied(folder, books, time)
        read = _readers(folder, readers or {}, CodeMaps(books.reads))
        yield Firm(
            folder=folder,
            database=books.database,
            pool=books.pool,
            reads=books.reads,
            engine=Engine(books.pool, FreightRun(folder.company), time, read),
            systems=_connectors(folder),
        )


class Books(Struct, frozen=True, kw_only=True):
    """A database that is open and migrated, to work on and to read from."""

    database: Database
    pool: Pool
    reads: Reads


@contextmanager
def open_books(
    name: str, *, environ: Mapping[str, str] | None = None, threads: int = 4
) -> Iterator[Books]:
    """Open the database of a firm for a while, migrated."""
    told = os.environ if environ is None else environ
    with ExitStack() as stack:
        database = stack.enter_context(open_database(name, environ=told))
        migrate(database.owner_url, migrations())
        pool = open_pool(lambda: database.engine_url, size=threads)
        stack.callback(pool.close)
        reads = open_reads(lambda: database.request_url)
        stack.callback(reads.close)
        yield Books(database=database, pool=pool, reads=reads)


@contextmanager
def looking(name: str) -> Iterator[Reads]:
    """Open the database of a firm to look only: nothing is migrated, nothing can be written."""
    with open_database(name, environ=os.environ) as database:
        reads = open_reads(lambda: database.request_url)
        try:
            yield reads
        finally:
            reads.close()


def _as_applied(folder: CompanyFolder, books: Books, clock: Clock) -> CompanyFolder:
    """Return the firm by its newest version; the first folder ever seen becomes the first one.

    Systems are those of the folder at hand: where they are is a matter of this machine.
    """
    wanted = to_apply(folder)
    applied_at_first(books.pool, clock, wanted)
    tighten_modes(books.pool, clock, folder.company, wanted.modes)
    company = as_applied(books.reads)
    return folder if company is None else structs.replace(folder, company=company)


def _readers(folder: CompanyFolder, more: Readers, codes: CodeMaps) -> Readers:
    of_systems = (
        readers_of(name, described, codes=codes) for name, described in folder.systems.items()
    )
    every: dict[str, Callable[..., object]] = {**READERS}
    for some in (*of_systems, more):
        every |= some
    return every  # type: ignore[return-value]  # each is a Reader


def _connectors(folder: CompanyFolder) -> dict[str, Connector]:
    return {name: open_system(name, described) for name, described in folder.systems.items()}

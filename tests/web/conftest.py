"""A whole Drawbar behind its web doors: real Postgres, real engine, the example firm Acme."""

import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import psycopg
import pytest
import uvicorn
from litestar import Litestar
from msgspec import Struct, structs

import drawbar
from drawbar.cli.company.folder import load_company
from drawbar.connectors.registry import open_system, readers_of
from drawbar.engine import Engine
from drawbar.flow.company import Company
from drawbar.flow.run import FreightRun
from drawbar.records.desk.reads import open_reads
from drawbar.records.migrate import migrate
from drawbar.records.server import Database, Logins, isolated, open_database
from drawbar.records.session import open_pool
from drawbar.web.api.v1.readers import READERS
from drawbar.web.app import create_app
from drawbar.web.auth.api_key import create_key
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import Secret
from drawbar.web.settings import WebSettings

SECRET = Secret(b"a secret of the tests, long enough")
MIGRATIONS = Path(str(files("drawbar.records").joinpath("sql", "migrations")))
ACME = Path(drawbar.__file__).parent / "cli" / "acme"
_numbers = count()


class FixedClock:
    """Stands at one instant until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class Doors(Struct):
    """The running application and what stands behind it."""

    client: httpx.Client
    address: str
    app: Litestar
    engine: Engine
    settings: WebSettings
    clock: FixedClock
    logins: Logins
    key: Callable[..., dict[str, str]]

    def post(self, path: str, body: Any, *, role: Role = Role.ADMIN, **headers: str) -> Any:
        return self.client.post(path, json=body, headers=self.key(role) | headers)

    def get(self, path: str, *, role: Role = Role.ADMIN, **headers: str) -> Any:
        return self.client.get(path, headers=self.key(role) | headers)

    def work(self) -> None:
        """Let everything follow that can follow now."""
        self.engine.run_until_idle()


@pytest.fixture(scope="session")
def server() -> Iterator[Database]:
    told = {name: os.environ[name] for name in ("DATABASE_URL",) if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # under root the server's account must get through
        with open_database(environ=told, data_dir=Path(folder, "data")) as database:
            yield database


@pytest.fixture(scope="session")
def migrated(server: Database) -> Iterator[str]:
    name = f"web_{os.getpid()}"
    with isolated(server.logins, name) as logins:
        migrate(logins.owner_url, MIGRATIONS)
        yield name


@pytest.fixture(scope="module")
def doors(server: Database, migrated: str) -> Iterator[Doors]:
    """Yield the application over a database of the module's own."""
    name = f"{migrated}_{next(_numbers)}"
    with isolated(server.logins, name, template=migrated) as logins:
        yield from opened(logins)
        until_alone(logins)


@pytest.fixture
def slow_doors(doors: Doors) -> Iterator[Doors]:
    """Yield another application over the same database that takes a handful of requests."""
    yield from opened(doors.logins, requests_per_minute=8)


def opened(
    logins: Logins,
    *,
    requests_per_minute: int = 1_000_000,
    company: Company | None = None,
    systems: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> Iterator[Doors]:
    """Yield an application over a migrated database, of Acme unless another firm is given."""
    clock = FixedClock(datetime(2026, 3, 2, 15, tzinfo=UTC))
    company = company or load_company(ACME).company
    company = structs.replace(company, policy=structs.replace(company.policy, wms=""))
    settings = WebSettings(
        secret=SECRET,
        clock=clock,
        machine=clock,
        company=company,
        requests_per_minute=requests_per_minute,
        partners={name: open_system(name, told) for name, told in systems.items()},
    )
    readers = dict(READERS)
    for name, told in systems.items():
        readers |= readers_of(name, told)
    with open_pool(logins.engine_url) as pool, open_reads(logins.request_url) as reads:
        engine = Engine(pool, FreightRun(company), clock, readers)
        app = create_app(engine=engine, reads=reads, settings=settings)
        with serving(app) as address, httpx.Client(base_url=address, timeout=60) as client:
            yield Doors(
                client=client,
                address=address,
                app=app,
                engine=engine,
                settings=settings,
                clock=clock,
                logins=logins,
                key=keys(logins, clock),
            )


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an application on a socket of its own; yield its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        config = uvicorn.Config(app, log_level="warning", lifespan="off", ws="none")
        config.timeout_graceful_shutdown = 1  # a page that listens never ends by itself
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def until_alone(logins: Logins) -> None:
    """Wait until closed sessions have ended: a database with a session cannot be dropped."""
    others = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with psycopg.connect(logins.owner_url, autocommit=True) as connection:
        for _ in range(500):
            if not connection.execute(others, [connection.info.backend_pid]).fetchall():
                return
            time.sleep(0.01)


def keys(logins: Logins, clock: FixedClock) -> Callable[..., dict[str, str]]:
    made: dict[tuple[Role, str], dict[str, str]] = {}

    def key(role: Role, carrier_ref: str = "") -> dict[str, str]:
        """Return the header of a key with this role; a carrier's is ABCD's unless said."""
        bound = carrier_ref or ("ABCD" if role is Role.CARRIER else "")
        if (role, bound) not in made:
            with psycopg.connect(logins.engine_url, autocommit=True) as connection:
                caller = Caller(name=f"{role} of the tests", role=role, carrier_ref=bound)
                new = create_key(connection, secret=SECRET, caller=caller, at=clock.now())
            made[role, bound] = {"Authorization": f"Bearer {new.token}"}
        return made[role, bound]

    return key

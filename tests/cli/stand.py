"""A firm for the command line: a database for each module, told the story of one load.

S-1001 goes from Dallas to Chicago with ABCD: released, taken, driven, billed with a detention that
nobody agreed to, invoiced, posted. NRTH bills it too, though it carried nothing. Commands open the
database as a person would.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

import msgspec
import psycopg
import pytest
from click.testing import CliRunner, Result
from msgspec import structs
from psycopg.conninfo import conninfo_to_dict

from drawbar.cli.commands import main
from drawbar.engine import Engine, Intake
from drawbar.engine.delivering import Deliverer
from drawbar.engine.settling import Post
from drawbar.flow.run import FreightRun
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import Lane
from drawbar.freight.fact import Fact
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.records.server import Database, Logins
from drawbar.records.session import open_pool
from drawbar.web.api.v1.readers import READERS
from tests.engine.database import read_lines
from tests.engine.far_side import Warehouse
from tests.flow.stage import ACME, MONDAY, acme, answered, bill, driven, order, released

_numbers = count()
BY_BOL = (Reference(ReferenceKind.BOL, "BOL-1001"),)
AGREED = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
DETENTION = (ChargeKind.DETENTION, "150.00")
Run = Callable[..., Result]


class At:
    """A clock that stands where the last fact was learned."""

    def __init__(self) -> None:
        self.time = MONDAY

    def now(self) -> datetime:
        return self.time


class Erp(Warehouse):
    """Books what it is given under numbers such as D-5."""

    system = "erp"
    kinds = frozenset({"PostJournal", "PostVoucher", "PostInvoice"})


def learn(engine: Engine, *facts: Fact) -> None:
    """Take facts in, each as a message of its own, when it says that it was learned."""
    for fact in facts:
        engine.clock.time = fact.learned_at  # type: ignore[attr-defined]
        take(engine, "toy", msgspec.json.encode(fact), key=fact.key)


def take(engine: Engine, channel: str, body: bytes, *, key: str, sender: str = "ABCD") -> str:
    """Take one message in, with what follows from it; return our reference of it."""
    intake = Intake(
        channel=channel, sender=sender, body=body, content_type="application/json", key=key
    )
    (taken,) = engine.take([intake])
    while engine.decide_pending().total:
        pass
    return taken.message_ref


def story(engine: Engine) -> None:
    """Move one load from its release to its bills, and post it."""
    learn(
        engine,
        released(order()),
        structs.replace(answered("S-1001-V1T1"), pro="0004711-88"),
        *driven(),
        bill(*AGREED, DETENTION, references=BY_BOL),
        bill(*AGREED, ref="B-2", number="N-5", carrier_ref="NRTH", references=BY_BOL, at=4100),
    )
    books = Deliverer(engine, Post(Erp(), Lane.FINANCE))
    books.deliver_until_idle()
    books.close()


@pytest.fixture(scope="module")
def logins_of_firm(template: Database) -> Iterator[Logins]:
    """Yield a migrated database for the tests of one module."""
    name = f"cli_{os.getpid()}_{next(_numbers)}"
    original = conninfo_to_dict(template.owner_url)["dbname"]
    with psycopg.connect(template.owner_url, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {original}".encode())
        yield template.logins.at(name)
        _drop(owner, name)


def _drop(owner: psycopg.Connection, name: str) -> None:
    """Drop a database that closed connections may take a moment to leave."""
    for _ in range(200):
        with suppress(psycopg.errors.ObjectInUse):
            owner.execute(f"DROP DATABASE {name}".encode())
            return
        time.sleep(0.05)


@contextmanager
def working(logins: Logins) -> Iterator[Engine]:
    """Open the engine of the firm for a while."""
    with open_pool(logins.engine_url) as pool:
        yield Engine(pool, FreightRun(acme()), At(), {**READERS, "toy": read_lines})


@pytest.fixture(scope="module")
def firm(logins_of_firm: Logins) -> Logins:
    """Return the database after the story was told."""
    with working(logins_of_firm) as engine:
        story(engine)
    return logins_of_firm


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the firm that ``working`` opens: the first command applies it.

    Every system is behind folders, so that opening one takes no time.
    """
    folder = tmp_path_factory.mktemp("firm") / "acme"
    shutil.copytree(ACME, folder)
    by_folder = (folder / "systems" / "abcd.yaml").read_text()
    for path in (folder / "systems").glob("*.yaml"):
        path.write_text(by_folder)
    desk = folder / "policies" / "desk.yaml"
    desk.write_text(desk.read_text().replace("wms: wms", 'wms: ""'))
    return folder


@pytest.fixture
def run(firm: Logins, company: Path, tmp_path: Path) -> Run:
    """Return what runs one command on the firm's database."""
    env = {
        "DRAWBAR_COMPANY": str(company),
        "DATABASE_URL": firm.owner_url,
        "DRAWBAR_ENGINE_URL": firm.engine_url,
        "DRAWBAR_REQUEST_URL": firm.request_url,
        "DRAWBAR_DATA": str(tmp_path / "data"),
        "NO_COLOR": "1",
    }

    def run_command(*arguments: object, **more: str) -> Result:
        return CliRunner(env=env | more).invoke(main, [str(one) for one in arguments])

    return run_command

"""The books told as documents that are run block by block: commands, Postgres, a bank."""

import json
import re
import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from click.testing import CliRunner, Result
from msgspec import structs

from drawbar.cli.commands import main
from drawbar.cli.company.folder import load_company
from drawbar.cli.company.source import LOADER
from drawbar.connectors.registry import open_system, readers_of
from drawbar.engine import Clock, Engine, SystemClock
from drawbar.engine.delivering import Deliverer
from drawbar.engine.polling import Source, poll
from drawbar.engine.settling import Post
from drawbar.flow.run import FreightRun
from drawbar.freight.delivery import Lane
from drawbar.freight.fact import Fact
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.records.server import Logins
from drawbar.records.session import open_pool
from drawbar.web.api.v1.readers import READERS
from tests.cli.stand import At, learn
from tests.engine.database import logins, read_lines, rows
from tests.flow.stage import ACME, answered, bill, driven, milestone, order, pod, released

__all__ = ["logins"]
pytestmark = pytest.mark.system
JOURNEYS = sorted((Path(__file__).parent / "books").glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ACCOUNTS = {
    "ABCD": {"holder": "Able Bodied Carriers", "number": "1001", "routing": "021000021"},
    "SUMMIT": {"holder": "Summit Factoring", "iban": "DE89370400440532013000", "country": "DE"},
}


class Books:
    """A firm that pays by itself through a bank's folders, as commands and a worker see it."""

    def __init__(self, logins: Logins, folder: Path) -> None:
        self.logins, self.bank, self.company = logins, folder / "bank", folder / "acme"
        for name in ("to", "from", "ours"):
            (self.bank / name).mkdir(parents=True)
        self._found()
        self.environ = {
            "DRAWBAR_COMPANY": str(self.company),
            "DATABASE_URL": logins.owner_url,
            "DRAWBAR_ENGINE_URL": logins.engine_url,
            "DRAWBAR_REQUEST_URL": logins.request_url,
            "DRAWBAR_DATA": str(folder / "data"),
            "NO_COLOR": "1",
        }

    def _found(self) -> None:
        """Write the company folder: Acme without an ERP, with a bank, and accounts on file."""
        shutil.copytree(ACME, self.company)
        systems = self.company / "systems"
        (systems / "northlake.yaml").write_text((systems / "abcd.yaml").read_text())
        for name in ("erp", "wms"):
            (systems / f"{name}.yaml").unlink()
        self.change("policies/desk.yaml", payments="drawbar", bank="bank", erp="", wms="")
        self.change("partners/ABCD.yaml", remittance={"account": ACCOUNTS["ABCD"]})
        places = {name: str(self.bank / at) for name, at in _PLACES.items()}
        own = {"holder": "Acme Logistics", "number": "9001", "routing": "021000021"}
        debtor = {"name": "Acme Logistics", "account": own}
        told = {"connector": "bank_folder", "folders": places, "debtor": debtor}
        self.system = told | {"stable_seconds": 0}
        (systems / "bank.yaml").write_text(yaml.safe_dump(self.system))

    def change(self, file: str, **said: object) -> None:
        path = self.company / file
        before = yaml.load(path.read_text(), LOADER)  # noqa: S506 - builds no objects
        path.write_text(yaml.safe_dump(before | said))

    def drawbar(self, *arguments: object, code: int = 0) -> Result:
        told = CliRunner(env=self.environ).invoke(main, [str(one) for one in arguments])
        assert told.exit_code == code, told.output
        return told

    def data(self, *arguments: object) -> dict:
        return json.loads(self.drawbar(*arguments, "--json").stdout)

    def learn(self, *facts: Fact) -> None:
        with Working(self, At()) as engine:
            learn(engine, *facts)

    def work(self) -> None:
        """Let the worker deliver to the bank, and read what the bank says."""
        bank = open_system("bank", self.system)
        with Working(self, SystemClock()) as engine:
            deliverer = Deliverer(engine, Post(bank, Lane.FINANCE))
            deliverer.deliver_until_idle()
            deliverer.close()
            for _ in range(2):  # a file is taken once it has stood still
                poll(engine, Source(bank, "statements"))
            engine.run_until_idle()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with open_pool(self.logins.engine_url) as pool:
            return rows(pool, query)

    def statement(self, ref: str, amount: str, *, back: str = "") -> None:
        """Put a statement of the bank into its folder: a payment booked, or returned."""
        text = _STATEMENT.format(
            ref=ref,
            amount=amount,
            way="CRDT" if back else "DBIT",
            why=f"<RtrInf><Rsn><Cd>{back}</Cd></Rsn></RtrInf>" if back else "",
        )
        (self.bank / "from" / f"{ref}-{back or 'booked'}.xml").write_text(text)


class Working:
    """An engine of the firm, under its folder as it is now."""

    def __init__(self, books: Books, clock: Clock) -> None:
        self.books, self.clock = books, clock

    def __enter__(self) -> Engine:
        self.pool = open_pool(self.books.logins.engine_url)
        run = FreightRun(load_company(self.books.company).company)
        read = {**READERS, "toy": read_lines, **readers_of("bank", self.books.system)}
        return Engine(self.pool, run, self.clock, read)

    def __exit__(self, *_: object) -> None:
        self.pool.close()


_PLACES = {"inbox": "from", "outbox": "to", "own": "ours"}
_STATEMENT = """<?xml version="1.0"?>
<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-04-21</Dt></BookgDt><NtryDtls><TxDtls>
<Refs><AcctSvcrRef>TX-9</AcctSvcrRef><EndToEndId>{ref}</EndToEndId></Refs>{why}
</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"""


@pytest.fixture
def books(logins: Logins, tmp_path: Path) -> Books:
    return Books(logins, tmp_path)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda path: path.stem)
def test_the_books_go_as_they_are_told(journey: Path, books: Books):
    text = journey.read_text()
    spoken = {
        "ACCOUNTS": ACCOUNTS,
        "D": Decimal,
        "ET": ET,
        "MilestoneKind": MilestoneKind,
        "Reference": Reference,
        "ReferenceKind": ReferenceKind,
        "answered": answered,
        "bill": bill,
        "books": books,
        "date": date,
        "datetime": datetime,
        "driven": driven,
        "milestone": milestone,
        "order": order,
        "pod": pod,
        "released": released,
        "structs": structs,
    }
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block[1], str(journey), "exec"), spoken)  # noqa: S102

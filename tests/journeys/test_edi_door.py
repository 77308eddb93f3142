"""Public samples go through the EDI door of a configured partner: files in a folder, to the end."""

from pathlib import Path

import pytest
from msgspec import structs

from drawbar.cli.company.folder import load_company
from drawbar.cli.firm import example_folder
from drawbar.connectors.x12_folder.client import connect
from drawbar.connectors.x12_folder.manifest import Folders
from drawbar.connectors.x12_folder.mapping import readers
from drawbar.engine import Engine, SystemClock
from drawbar.engine.polling import Source, poll
from drawbar.flow.run import FreightRun
from drawbar.records.session import Pool
from tests.connectors.x12_folder.test_samples import CARRIERS, CUSTOMERS, profile
from tests.engine.database import logins, pool, template

__all__ = ["logins", "pool", "template"]  # fixtures

SAMPLES = dict.fromkeys(CARRIERS, "carrier") | dict.fromkeys(CUSTOMERS, "customer")


@pytest.mark.system
@pytest.mark.needs("samples")
def test_each_public_sample_ends_as_facts_or_as_a_case_that_says_why(
    samples: Path, tmp_path: Path, pool: Pool
):
    run = FreightRun(load_company(example_folder()).company)
    ends = {}
    for number, (name, role) in enumerate(SAMPLES.items()):
        body = (samples / "edi" / "x12" / name).read_bytes()
        folders = {part: str(tmp_path / str(number) / part) for part in ("inbox", "outbox", "own")}
        for folder in folders.values():
            Path(folder).mkdir(parents=True)
        (Path(folders["inbox"]) / "sample.edi").write_bytes(body)
        told = profile(body, role=role, stable_seconds=0)
        system = f"partner{number}"
        settings = structs.replace(told, folders=Folders(**folders), system=system)
        engine = Engine(pool, run, SystemClock(), readers(settings))
        (taken,) = poll(engine, Source(connect(settings), "inbox"))
        engine.run_until_idle()
        ends[name] = taken
        assert list(Path(folders["inbox"]).iterdir()) == []

    with pool.connection() as connection:
        asked = "SELECT body FROM messages WHERE message_ref = %s"
        cases = (
            "SELECT text, remedy, owner FROM cases WHERE message_ref = %s AND settled_at IS NULL"
        )
        for name, taken in ends.items():
            kept = connection.execute(asked, [taken.message_ref]).fetchone()
            said = connection.execute(cases, [taken.message_ref]).fetchall()
            facts = taken.learned.total
            assert kept == ((samples / "edi" / "x12" / name).read_bytes(),)
            assert facts or said, f"{name} ended nowhere"
            assert all(text and remedy and owner for text, remedy, owner in said)
            assert bool(taken.problems) == bool(said), name

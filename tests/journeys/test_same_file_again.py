"""The same interchange comes again: one bill, one voucher, and each receipt acknowledged."""

from decimal import Decimal
from pathlib import Path

import pytest

from drawbar.connectors.x12_folder.client import connect
from drawbar.connectors.x12_folder.mapping import readers
from drawbar.engine import Engine, SystemClock
from drawbar.engine.polling import Source, poll
from drawbar.flow.run import FreightRun
from drawbar.records.session import Pool
from tests.connectors.x12_folder.conftest import profile_of, wrapped
from tests.engine.database import logins, pool, rows, template
from tests.flow.stage import acme, answered, driven, released

__all__ = ["logins", "pool", "template"]  # fixtures

BILL = """
B3**19267*S-1001*PP**20260320*206250****ABCD
C3*USD
LX*1
L1*1***165000****400
LX*2
L1*2***41250****FUE
L3*****206250
"""
KINDS = "SELECT count(*) FROM deliveries WHERE kind = %s"


@pytest.mark.system
def test_m26_the_same_210_three_times_is_paid_once_and_acknowledged_thrice(
    tmp_path: Path, pool: Pool
):
    settings = profile_of(tmp_path)
    for folder in (settings.folders.inbox, settings.folders.outbox, settings.folders.own):
        Path(folder).mkdir(parents=True)
    engine = Engine(pool, FreightRun(acme()), SystemClock(), readers(settings))
    carrier = Source(connect(settings), "inbox")
    engine.learn([released(), answered("S-1001-V1T1"), *driven()])
    engine.run_until_idle()

    for time in range(3):
        (Path(settings.folders.inbox) / f"bill{time}.edi").write_bytes(wrapped("210", BILL))
        poll(engine, carrier)
        engine.run_until_idle()

    assert rows(pool, "SELECT status, payable FROM freight_bills") == [
        ("approved", Decimal("2062.50"))
    ]
    counted = [rows(pool, KINDS, kind)[0][0] for kind in ("PostVoucher", "Acknowledge")]
    assert counted == [1, 3]
    assert rows(pool, "SELECT count(*) FROM entries WHERE purpose = 'bill_approved'") == [(1,)]

"""A worker of the example firm that invoices its share of the loads, and may be killed at a point.

Run as a program of its own: address of the database, which share, and where to die, if anywhere.
"""

import sys

from drawbar.engine import Engine
from drawbar.flow.run import FreightRun
from drawbar.records.session import open_pool
from tests.engine.crash import die_at
from tests.engine.database import HandClock
from tests.flow.stage import acme, answered, driven, order, released

LOADS = 12


def facts_of(number: int) -> list[object]:
    """Return what happens to one load, up to its proof: it is invoiced at once then."""
    ref = str(1001 + number)
    return [released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}")]


def invoice_share(url: str, share: str) -> None:
    """Take in every load of a share, one after the other, and all that follows."""
    with open_pool(url, size=2) as pool:
        engine = Engine(pool, FreightRun(acme(erp="")), HandClock(), {})
        for number in range(LOADS):
            if share == "all" or str(number % 2) == share:
                engine.learn(facts_of(number))
                engine.run_until_idle()


if __name__ == "__main__":
    if len(sys.argv) > 3:
        die_at(sys.argv[3])
    invoice_share(sys.argv[1], sys.argv[2])

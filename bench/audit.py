"""How fast bills are audited: in the pure core, made durable, and as a shadow audit of files.

The limit is the same work hand-written with dictionaries and no checks, in the same run. Run it
with ``python -m bench.audit``, some minutes, or one part of it with as many lines as one likes:
``python -m bench.audit core|durable|edi|whole|wrong [lines]``.
"""

import gc
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from time import process_time

from bench.audit_bills import COMPANY, by_hand, load, received
from drawbar.cli.audit.shelf import SpoolShelf
from drawbar.cli.audit.spool import Spool
from drawbar.flow.shadow import Shadow
from drawbar.flow.shadow_load import Opened
from drawbar.flow.shadow_outcome import Asked
from drawbar.flow.shadow_verdict import Evidence
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.freight_bill import BillReceived, FreightBill
from drawbar.freight.money import Money
from drawbar.freight.party import Tolerance
from drawbar.freight.reference import Reference, ReferenceKey, ReferenceKind
from drawbar.freight.verdict import OpenCharge
from drawbar.matching.audit import audit

CORE_BILLS, ROUNDS = 500, 9
TARGET = 5_000
PARTS = ("core", "durable", "edi", "whole", "wrong")


def main() -> None:
    part, *lines = sys.argv[1:] or [""]
    if part not in PARTS:
        print("(the machine is shared: whoever else works on it is in these figures)")
        for one in PARTS:  # each by itself, so that its peak of memory is its own
            print(f"\n--- {one}", flush=True)
            subprocess.run([sys.executable, "-m", "bench.audit", one], check=True)
    elif part == "core":
        core()
    elif part == "durable":
        from bench.audit_durable import durable  # noqa: PLC0415 - the others need no database

        durable(*map(int, lines))
    else:
        from bench import audit_files  # noqa: PLC0415 - the core reads no files

        getattr(audit_files, part)(*map(int, lines))


def core() -> None:
    """Judge the same bills in the pure core, by the flow on papers, and by hand."""
    bills = [received(number) for number in range(CORE_BILLS)]
    loads = {f"S-{number}": load(number) for number in range(CORE_BILLS)}
    charges = loads["S-0"].load.buy
    works = {
        "by hand, with dictionaries and no checks": lambda: [by_hand(one) for one in bills],
        "matching.audit, the pure core": lambda: [in_core(one.bill, charges) for one in bills],
        "opening a load: events, contract, charges": lambda: [load(n) for n in range(CORE_BILLS)],
        "the flow on papers: match, audit, voucher": lambda: on_paper(bills, loads),
    }
    best = fastest(works)
    limit = best["by hand, with dictionaries and no checks"]
    print(f"{'bills of three lines':44}{'a second':>10}{'of limit':>10}   (of one core's time)")
    for words, seconds in best.items():
        print(f"{words:44}{CORE_BILLS / seconds:10,.0f}{limit / seconds:10.3f}")
    print(f"target of the pure core: {TARGET:,} a second")


def fastest(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the least processor time of each work; rounds go by turns, so that load is shared.

    Garbage is collected between them, as the engine does between batches.
    """
    best = dict.fromkeys(works, float("inf"))
    gc.disable()
    for _ in range(ROUNDS):
        for words, work in works.items():
            gc.collect()
            start = process_time()
            work()
            best[words] = min(best[words], process_time() - start)
    gc.enable()
    return best


def in_core(bill: FreightBill, charges: tuple[AgreedCharge, ...]) -> object:
    nothing = Money(Decimal(0), "USD")
    open_charges = tuple(OpenCharge(agreed=one, used=nothing) for one in charges)
    return audit(bill, agreed=open_charges, tolerance=Tolerance(), short_pay_allowed=True)


def on_paper(bills: list[BillReceived], loads: dict[str, Opened]) -> None:
    with Spool() as spool:
        shelf = SpoolShelf(spool, loads.__getitem__)
        for ref in loads:
            key = COMPANY.key_of(Reference(ReferenceKind.SHIPMENT, ref))
            shelf.name(ReferenceKey(key.kind, key.value, key.party), ref)
        shadow = Shadow(COMPANY, shelf, evidence=Evidence())
        for fact in bills:
            shadow.decided(Asked(fact=fact, billed=fact.bill.total))


if __name__ == "__main__":
    main()

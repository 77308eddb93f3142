"""How fast bills are audited: in the pure core, and as a whole shadow audit of files.

The limit is the same work hand-written with dictionaries and no checks. Run it with
``python -m bench.audit [lines]``; it takes about a minute, and some twenty for a million lines.
"""

import csv
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from drawbar.cli.audit.audited import audited
from drawbar.cli.audit.shelf import SpoolShelf
from drawbar.cli.audit.spool import Spool
from drawbar.flow.company import Company, Policy
from drawbar.flow.shadow import Shadow
from drawbar.flow.shadow_load import Opened, Papers, opened
from drawbar.flow.shadow_outcome import Asked
from drawbar.flow.shadow_verdict import Evidence
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.freight_bill import BillLine, BillReceived, FreightBill
from drawbar.freight.fuel import FuelRate
from drawbar.freight.lane import LaneRate
from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.money import Money, total
from drawbar.freight.order import Order, Stop, StopPurpose
from drawbar.freight.party import Carrier, Tolerance
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKey, ReferenceKind
from drawbar.freight.verdict import OpenCharge
from drawbar.matching.audit import audit

LINES = 6_000
CORE_BILLS = 1_500
HEADINGS = (
    "shipment",
    "carrier",
    "bol",
    "origin_city",
    "origin_state",
    "destination_city",
    "destination_state",
    "pickup_date",
    "delivery_appointment",
    "delivery_arrived",
    "delivery_departed",
)
MONDAY = datetime(2026, 3, 9, 14, tzinfo=UTC)
SEEN = Lineage(message_ref="bench")
AMOUNTS = (
    (ChargeKind.LINEHAUL, Decimal("1650.00")),
    (ChargeKind.FUEL_SURCHARGE, Decimal("412.50")),
    (ChargeKind.DETENTION, Decimal("168.75")),
)
CONTRACT = Contract(
    contract_ref="ABCD-2026",
    version=1,
    side=Side.BUY,
    party_ref="ABCD",
    currency="USD",
    valid_from=date(2026, 1, 1),
    known_at=datetime(2025, 12, 1, tzinfo=UTC),
    lanes=(LaneRate(clause="1.1", flat=Decimal("1650.00")),),
    fuel=(FuelRate(clause="2.1", percent=Decimal(25), valid_from=date(2026, 1, 1)),),
)
COMPANY = Company(
    name="bench",
    zone="UTC",
    currency="USD",
    customers={},
    carriers={"ABCD": Carrier(carrier_ref="ABCD", name="ABCD", system="")},
    contracts=(CONTRACT,),
    policy=Policy(pod_before_payment=False),
)


def main() -> None:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    print("(the machine is shared: whoever else works on it is in these figures)\n")
    core()
    whole(lines)


def core() -> None:
    """Judge the same bills in the pure core, by the flow on papers, and by hand."""
    bills = [received(number) for number in range(CORE_BILLS)]
    loads = {f"S-{number}": load(number) for number in range(CORE_BILLS)}
    charges = loads["S-0"].load.buy
    limit = timed(lambda: [by_hand(one) for one in bills])
    pure = timed(lambda: [in_core(one.bill, charges) for one in bills])
    flow = timed(lambda: on_paper(bills, loads))
    print(f"{'bills decided, of three lines each':44}{'bills/s':>10}{'of limit':>10}")
    for words, seconds in (
        ("by hand, with dictionaries and no checks", limit),
        ("matching.audit, the pure core", pure),
        ("the flow on papers: match, audit, voucher", flow),
    ):
        print(f"{words:44}{CORE_BILLS / seconds:10,.0f}{limit / seconds:10.3f}")


def whole(lines: int) -> None:
    """Audit files of so many lines: a third as many bills and shipments, with their events."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, lines // 3)
        before = peak_mb()
        start = perf_counter()
        with audited(folder, as_of=date(2026, 6, 1), progress=lambda *_: None) as found:
            seconds, summary = perf_counter() - start, found.summary
    print(f"\nshadow audit of {summary.lines:,} lines in {summary.bills:,} bills, {seconds:.1f} s")
    print(f"{'bills a second':44}{summary.bills / seconds:10,.0f}")
    print(f"{'lines a second':44}{summary.lines / seconds:10,.0f}")
    print(f"{'peak memory, MB (before it began: ' + str(before) + ')':44}{peak_mb():10,}")


def by_hand(fact: BillReceived) -> dict[str, Decimal]:
    """Return what is payable line by line: the least that could be called an audit."""
    agreed = dict(AMOUNTS)
    used: dict[ChargeKind, Decimal] = defaultdict(Decimal)
    payable = {}
    for line in fact.bill.lines:
        left = agreed.get(line.kind, Decimal(0)) - used[line.kind]
        pay = min(line.money.amount, left)
        used[line.kind] += pay
        payable[str(line.number)] = pay
    return payable


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


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def load(number: int) -> Opened:
    ref = f"S-{number}"
    place = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
    stops = tuple(
        Stop(
            number=at,
            purpose=purpose,
            place=place,
            earliest_at=MONDAY + timedelta(days=at),
            latest_at=MONDAY + timedelta(days=at, hours=4),
        )
        for at, purpose in enumerate((StopPurpose.PICKUP, StopPurpose.DELIVERY), start=1)
    )
    order = Order(order_ref=str(number), customer_ref="C", stops=stops, goods=())
    said = MilestoneReported(
        key=f"{ref}:delivered",
        happened_at=MONDAY + timedelta(days=2),
        learned_at=MONDAY + timedelta(days=2),
        lineage=SEEN,
        references=(),
        milestone=MilestoneKind.DELIVERED,
        source=Source.CARRIER,
        reported_by="ABCD",
    )
    papers = Papers(shipment_ref=ref, order=order, carrier_ref="ABCD", reports=(said,))
    return opened(papers, COMPANY, known_at=MONDAY + timedelta(days=9))


def received(number: int) -> BillReceived:
    at = MONDAY + timedelta(days=9)
    lines = tuple(
        BillLine(number=n, kind=kind, money=Money(amount, "USD"))
        for n, (kind, amount) in enumerate(AMOUNTS, start=1)
    )
    bill = FreightBill(
        bill_ref=f"B-{number}",
        carrier_ref="ABCD",
        invoice_number=f"N{number}",
        billed_on=at.date(),
        currency="USD",
        references=(Reference(ReferenceKind.SHIPMENT, f"S-{number}"),),
        lines=lines,
        total=total((one.money for one in lines), currency="USD"),
    )
    return BillReceived(key=bill.bill_ref, happened_at=at, learned_at=at, lineage=SEEN, bill=bill)


def write(folder: Path, bills: int) -> None:
    """Write a folder to audit: one bill in ten is wrong."""
    (folder / "contracts").mkdir()
    (folder / "contracts" / "ABCD.yaml").write_text(
        "contract_ref: ABCD-2026\nparty_ref: ABCD\ncurrency: USD\nvalid_from: 2026-01-01\n"
        'lanes: [{clause: "1.1", flat: "1650.00"}]\n'
        'fuel: [{clause: "2.1", percent: "25.0", valid_from: 2026-01-01}]\n'
        'detention: {clause: "3.1", rate: "18.75", cap: "300.00"}\n'
    )
    with table(folder / "shipments.csv") as rows:
        rows.writerow(HEADINGS)
        for n in range(bills):
            ends = ("Albany", "NY", "Chicago", "IL", "2026-03-09")
            times = ("2026-03-11 10:00", "2026-03-11 09:40", "2026-03-11 14:07")
            rows.writerow((f"S-{n}", "ABCD", f"B-{n}", *ends, *times))
    with table(folder / "bills.csv") as rows:
        rows.writerow(["carrier", "invoice", "invoice_date", "bol", "charge", "amount", "total"])
        for n in range(bills):
            more = Decimal(100) if n % 10 == 0 else Decimal(0)
            whole = sum(amount for _, amount in AMOUNTS) + more
            for number, (kind, amount) in enumerate(AMOUNTS):
                asked = amount + (more if not number else 0)
                rows.writerow(("ABCD", f"N{n}", "2026-03-14", f"B-{n}", kind.value, asked, whole))


@contextmanager
def table(path: Path) -> Iterator[Any]:
    with path.open("w", newline="") as file:
        yield csv.writer(file)


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()

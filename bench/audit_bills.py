"""Loads and bills as they are judged in memory, and the least that could be called an audit.

Every bill has three lines, as agreed; one in ten asks for a hundred too much.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from drawbar.flow.company import Company, Policy
from drawbar.flow.shadow_load import Opened, Papers, opened
from drawbar.freight.accessorial import DetentionRate
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.freight_bill import BillLine, BillReceived, FreightBill
from drawbar.freight.fuel import FuelRate
from drawbar.freight.lane import LaneRate
from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.money import Money, total
from drawbar.freight.order import Order, Stop, StopPurpose
from drawbar.freight.party import Carrier
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind

MONDAY = datetime(2026, 3, 9, 15, tzinfo=UTC)
SEEN = Lineage(message_ref="bench")
AMOUNTS = (
    (ChargeKind.LINEHAUL, Decimal("1650.00")),
    (ChargeKind.FUEL_SURCHARGE, Decimal("412.50")),
    (ChargeKind.DETENTION, Decimal("168.75")),
)
EVENTS = (
    (MilestoneKind.ARRIVED_DELIVERY, timedelta(minutes=-20)),
    (MilestoneKind.DELIVERED, timedelta(hours=4)),
    (MilestoneKind.DEPARTED_DELIVERY, timedelta(hours=4, minutes=7)),
)
TOO_MUCH = Decimal(100)
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
    detention=DetentionRate(clause="3.1", rate=Decimal("18.75"), cap=Decimal("300.00")),
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


def asked(number: int) -> list[tuple[ChargeKind, Decimal]]:
    """Return what the bill of this number asks for, charge by charge."""
    (haul, amount), *others = AMOUNTS
    return [(haul, amount if number % 10 else amount + TOO_MUCH), *others]


def by_hand(fact: BillReceived) -> dict[str, Decimal]:
    """Return what is payable line by line, with dictionaries and no checks."""
    agreed = dict(AMOUNTS)
    used: dict[ChargeKind, Decimal] = defaultdict(Decimal)
    payable = {}
    for line in fact.bill.lines:
        left = agreed.get(line.kind, Decimal(0)) - used[line.kind]
        pay = min(line.money.amount, left)
        used[line.kind] += pay
        payable[str(line.number)] = pay
    return payable


def load(number: int) -> Opened:
    """Return a load that waited at its delivery, as its papers tell it."""
    ref = f"S-{number}"
    place = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
    stops = tuple(
        Stop(
            number=at,
            purpose=purpose,
            place=place,
            earliest_at=MONDAY + timedelta(days=at),
            latest_at=MONDAY + timedelta(days=at, hours=4),
            appointment_at=MONDAY + timedelta(days=at),
        )
        for at, purpose in enumerate((StopPurpose.PICKUP, StopPurpose.DELIVERY), start=1)
    )
    order = Order(order_ref=str(number), customer_ref="C", stops=stops, goods=())
    reports = tuple(
        _report(ref, kind, MONDAY + timedelta(days=2) + later) for kind, later in EVENTS
    )
    papers = Papers(shipment_ref=ref, order=order, carrier_ref="ABCD", reports=reports)
    return opened(papers, COMPANY, known_at=MONDAY + timedelta(days=9))


def _report(ref: str, kind: MilestoneKind, at: datetime) -> MilestoneReported:
    return MilestoneReported(
        key=f"{ref}:{kind.value}",
        happened_at=at,
        learned_at=at,
        lineage=SEEN,
        references=(),
        milestone=kind,
        stop=2,
        source=Source.CARRIER,
        reported_by="ABCD",
    )


def received(number: int) -> BillReceived:
    """Return the bill for the load of the same number."""
    at = MONDAY + timedelta(days=9)
    lines = tuple(
        BillLine(number=n, kind=kind, money=Money(amount, "USD"))
        for n, (kind, amount) in enumerate(asked(number), start=1)
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

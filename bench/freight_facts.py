"""The facts of many orders, from release to freight bill, mixed and in order of time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

import msgspec

from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import Fact
from drawbar.freight.facts import AnyFact
from drawbar.freight.freight_bill import BillLine, BillReceived, FreightBill
from drawbar.freight.lineage import Lineage, Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, PodReceived, Source
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Order, OrderReleased, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reading import Reading
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer, TenderAnswered

MONDAY = datetime(2026, 3, 9, 6, tzinfo=UTC)
APART = timedelta(minutes=4)
"""Between two releases: some 700 orders are under way at any time."""

_SEEN = Lineage(message_ref="")
_EVENTS = (
    (MilestoneKind.ARRIVED_PICKUP, 60),
    (MilestoneKind.LOADED, 110),
    (MilestoneKind.DEPARTED_PICKUP, 130),
    (MilestoneKind.IN_TRANSIT, 900),
    (MilestoneKind.ARRIVED_DELIVERY, 1700),
    (MilestoneKind.DELIVERED, 1790),
)
_line = msgspec.json.Decoder(AnyFact)


def messages(orders: int, *, facts_each: int) -> list[bytes]:
    """Return messages of ``facts_each`` facts, one as JSON in each line, in order of time."""
    facts = sorted(
        (fact for number in range(orders) for fact in story(number)),
        key=attrgetter("happened_at", "key"),
    )
    lines = list(map(msgspec.json.encode, facts))
    return [
        b"\n".join(lines[start : start + facts_each]) for start in range(0, len(lines), facts_each)
    ]


def read(body: bytes, receipt: Receipt) -> Reading:
    """Read such a message."""
    return Reading(
        facts=tuple(
            msgspec.structs.replace(
                _line.decode(line), learned_at=receipt.learned_at, lineage=receipt.at(f"line {n}")
            )
            for n, line in enumerate(body.splitlines(), start=1)
        )
    )


def story(number: int) -> Iterator[Fact]:
    """Yield what happens to one order: released, taken, driven, delivered, billed."""
    ref, shipment = f"{number:07}", Reference(ReferenceKind.SHIPMENT, f"S-{number:07}")
    start = MONDAY + number * APART
    yield OrderReleased(key=f"released:{ref}", order=_order(ref, start), **_at(start, -600))
    yield TenderAnswered(
        key=f"answer:{ref}",
        carrier_ref="ABCD",
        references=(shipment,),
        answer=Answer.ACCEPTED,
        pro=f"7{ref}",
        **_at(start, -560),
    )
    for kind, minutes in _EVENTS:
        yield MilestoneReported(
            key=f"event:{ref}:{kind.value}",
            references=(Reference(ReferenceKind.PRO, f"7{ref}", "ABCD"),),
            milestone=kind,
            source=Source.CARRIER,
            reported_by="ABCD",
            **_at(start, minutes),
        )
    yield PodReceived(
        key=f"pod:{ref}",
        references=(shipment,),
        signer="R. Diaz",
        signed_on=(start + timedelta(minutes=1790)).date(),
        pieces=24,
        reported_by="ABCD",
        **_at(start, 1800),
    )
    yield BillReceived(key=f"bill:{ref}", bill=_bill(ref, start, shipment), **_at(start, 2400))


def _at(start: datetime, minutes: int) -> dict[str, Any]:
    moment = start + timedelta(minutes=minutes)
    return {"happened_at": moment, "learned_at": moment, "lineage": _SEEN}


def _order(ref: str, start: datetime) -> Order:
    return Order(
        order_ref=ref,
        customer_ref="GLOBEX" if int(ref) % 2 else "INITECH",
        references=(
            Reference(ReferenceKind.PO, f"PO-{ref}"),
            Reference(ReferenceKind.BOL, f"BOL-{ref}"),
        ),
        stops=(
            _stop(1, StopPurpose.PICKUP, "Dallas", "TX", start + timedelta(minutes=60)),
            _stop(2, StopPurpose.DELIVERY, "Chicago", "IL", start + timedelta(minutes=1700)),
        ),
        goods=(Goods(sku="PUMP", pieces=24, weight_lb=Decimal(18000), unit_value=_usd("145.00")),),
    )


def _stop(number: int, purpose: StopPurpose, city: str, region: str, at: datetime) -> Stop:
    place = Place(
        name=f"Globex {city}",
        street="1 Dock Road",
        city=city,
        region=region,
        postal_code="75201",
        zone="America/Chicago",
    )
    return Stop(
        number=number,
        purpose=purpose,
        place=place,
        earliest_at=at,
        latest_at=at + timedelta(hours=4),
        appointment_at=at,
    )


def _bill(ref: str, start: datetime, shipment: Reference) -> FreightBill:
    return FreightBill(
        bill_ref=f"B-{ref}",
        carrier_ref="ABCD",
        invoice_number=f"INV-{ref}",
        billed_on=start.date(),
        currency="USD",
        references=(shipment,),
        lines=(
            BillLine(number=1, kind=ChargeKind.LINEHAUL, money=_usd("1650.00")),
            BillLine(number=2, kind=ChargeKind.FUEL_SURCHARGE, money=_usd("412.50")),
        ),
        total=_usd("2062.50"),
    )


def _usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")

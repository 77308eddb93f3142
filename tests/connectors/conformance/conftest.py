"""Each kind of system with something to send to it, so that one law is tested on all of them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec import Struct, structs

from drawbar.connectors.port import Connector, Sending
from drawbar.connectors.registry import open_system
from drawbar.freight.delivery import (
    AnyPayload,
    PostInvoice,
    PostJournal,
    PostVoucher,
    RefuseBill,
    ReserveStock,
    TenderLoad,
    TenderPurpose,
)
from drawbar.freight.invoice import CustomerInvoice
from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind

USD = "USD"
DUE = datetime(2026, 4, 9, 22, 0, tzinfo=UTC)


class Bench(Struct, frozen=True, kw_only=True):
    """A connector, the far side that it talks to, and one thing to send.

    ``held`` asks the far side itself how often it did what was sent.
    """

    connector: Connector
    far: Any
    sending: Sending
    other: AnyPayload
    refused: AnyPayload
    field: str
    act: str
    held: Callable[[], int]

    def again(self, **changes: Any) -> Sending:
        return structs.replace(self.sending, attempt=2, **changes)

    @property
    def kind(self) -> str:
        return type(self.sending.payload).__name__


def entry(number: int, debit: Account, credit: Account, amount: str = "412.50") -> Entry:
    money = Money(Decimal(amount), USD)
    return Entry(
        entry_ref=f"E-{number}",
        purpose=Purpose.COST_ACCRUED,
        about=StreamKey(StreamKind.SHIPMENT, "S-O-1"),
        shipment_ref="S-O-1",
        document_on=date(2026, 3, 10),
        lines=(EntryLine(account=debit, money=money), EntryLine(account=credit, money=-money)),
    )


def journal(number: int, amount: str = "412.50") -> PostJournal:
    return PostJournal(entry=entry(number, Account.FREIGHT_COST, Account.FREIGHT_ACCRUED, amount))


def voucher(number: int, amount: str = "412.50", carrier: str = "ABCD") -> PostVoucher:
    return PostVoucher(
        bill_ref=f"B-{number}",
        carrier_ref=carrier,
        invoice_number="19267",
        revision=1,
        lines=(),
        total=Money(Decimal(amount), USD),
        due_at=DUE,
        entry=entry(number, Account.FREIGHT_ACCRUED, Account.ACCOUNTS_PAYABLE, amount),
    )


def invoice(number: int, amount: str = "412.50", customer: str = "GLOBEX") -> PostInvoice:
    return PostInvoice(
        invoice=CustomerInvoice(
            invoice_ref=f"I-{number}",
            number=number,
            customer_ref=customer,
            shipment_ref="S-O-1",
            invoiced_on=date(2026, 3, 12),
            due_on=date(2026, 4, 11),
            lines=(),
            total=Money(Decimal(amount), USD),
        ),
        entry=entry(number, Account.ACCOUNTS_RECEIVABLE, Account.UNBILLED_RECEIVABLE, amount),
    )


def reservation(number: int, pieces: int = 3, sku: str = "PALLET") -> ReserveStock:
    return ReserveStock(order_ref=f"O-{number}", goods=(Goods(sku=sku, pieces=pieces),))


def sent(number: int, payload: AnyPayload) -> Sending:
    stream = StreamKey(StreamKind.SHIPMENT, f"S-O-{number}")
    return Sending(number=number, business_key=f"key-{number}", stream=stream, payload=payload)


def quick(address: str) -> dict[str, Any]:
    return {"address": address, "answer_seconds": 1}


def erp_bench(far: Any, number: int, payload: AnyPayload, *, other: Any, refused: Any) -> Bench:
    for party in ("ABCD", "GLOBEX"):
        far.ask("POST", "/control/parties", {"code": party})
    settings = {"connector": "erp_rest", "line": quick(far.address), "zone": "America/Chicago"}

    def held() -> int:
        found = far.ask("GET", "/api/documents", origin=f"key-{number}")["documents"]
        return sum(document["state"] == "posted" for document in found)

    return Bench(
        connector=open_system("erp", settings),
        far=far,
        sending=sent(number, payload),
        other=other,
        refused=refused,
        field="party",
        act="/post",
        held=held,
    )


def wms_bench(far: Any, number: int) -> Bench:
    far.ask("POST", "/control/stock", {"item": "PALLET", "available": 1000})

    def held() -> int:
        return len(far.ask("GET", "/api/movements", reference=f"key-{number}")["movements"])

    return Bench(
        connector=open_system("wms", {"connector": "wms_rest", "line": quick(far.address)}),
        far=far,
        sending=sent(number, reservation(number)),
        other=reservation(number, pieces=4),
        refused=reservation(number, sku="NO-SUCH"),
        field="lines[0].item",
        act="/api/reservations",
        held=held,
    )


def load_of(number: int, note: str = "", equipment: str = "dry van") -> TenderLoad:
    dock = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
    opens = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
    stops = tuple(
        Stop(number=n, purpose=purpose, place=dock, earliest_at=opens, latest_at=opens)
        for n, purpose in ((1, StopPurpose.PICKUP), (2, StopPurpose.DELIVERY))
    )
    return TenderLoad(
        tender_ref=f"S-O-{number}-V1T1",
        shipment_ref=f"S-O-{number}",
        version=1,
        purpose=TenderPurpose.OFFER,
        carrier_ref="NRTH",
        references=(Reference(ReferenceKind.BOL, f"BOL-{number}"),),
        stops=stops,
        goods=(Goods(sku="PALLET", pieces=24, weight_lb=Decimal("18000.50")),),
        equipment=equipment,
        note=note,
        pay=Money(Decimal("2062.50"), USD),
    )


def carrier_api_bench(far: Any, number: int) -> Bench:
    settings = {
        "connector": "carrier_api",
        "line": quick(far.address),
        "party_ref": "NRTH",
        "equipment": {"dry van": "VAN", "submarine": "SUBMARINE"},
    }

    def held() -> int:
        return len(far.ask("GET", "/loads", reference=f"key-{number}")["loads"])

    return Bench(
        connector=open_system("northlake", settings),
        far=far,
        sending=sent(number, load_of(number)),
        other=load_of(number, note="by another door"),
        refused=load_of(number, equipment="submarine"),
        field="equipment",
        act="/loads",
        held=held,
    )


def notice_bench(far: Any, number: int) -> Bench:
    line = quick(far.address)
    described = {"connector": "carrier_api", "line": line, "party_ref": "NRTH"}
    word = RefuseBill(
        bill_ref=f"B-{number}",
        carrier_ref="NRTH",
        invoice_number=f"I-{number}",
        reason="NO_EVENT",
        text="nobody waited",
        refused=Money(Decimal("168.75"), USD),
    )

    def held() -> int:
        return len(far.ask("GET", "/notices", reference=f"key-{number}")["notices"])

    return Bench(
        connector=open_system("northlake", described),
        far=far,
        sending=sent(number, word),
        other=structs.replace(word, refused=None),
        refused=structs.replace(word, invoice_number=""),
        field="invoice",
        act="/notices",
        held=held,
    )


BENCHES: dict[str, Callable[[Any, int], Bench]] = {
    "a bill to the ERP": lambda small, n: erp_bench(
        small("erp"), n, voucher(n), other=voucher(n, "1.00"), refused=voucher(n, carrier="NOBODY")
    ),
    "an invoice to the ERP": lambda small, n: erp_bench(
        small("erp"), n, invoice(n), other=invoice(n, "1.00"), refused=invoice(n, customer="NOBODY")
    ),
    "a load to a carrier's API": lambda small, n: carrier_api_bench(small("carrier-api"), n),
    "a word about a bill to a carrier's API": lambda small, n: notice_bench(
        small("carrier-api"), n
    ),
    "goods from the WMS": lambda small, n: wms_bench(small("wms"), n),
}


@pytest.fixture(params=BENCHES.values(), ids=BENCHES.keys())
def bench(
    request: pytest.FixtureRequest, small: Callable[[str], Any], number: int
) -> Iterator[Bench]:
    bench = request.param(small, number)
    yield bench
    bench.connector.close()


@pytest.fixture
def erp(small: Callable[[str], Any], number: int) -> Iterator[Bench]:
    payload = journal(number)
    other = journal(number, "1.00")
    bench = erp_bench(small("erp"), number, payload, other=other, refused=payload)
    yield bench
    bench.connector.close()


@pytest.fixture
def wms(small: Callable[[str], Any], number: int) -> Iterator[Bench]:
    bench = wms_bench(small("wms"), number)
    yield bench
    bench.connector.close()


@pytest.fixture
def load() -> Callable[[int], Sending]:
    """Return the offer of a load to the carrier ABCD."""
    return lambda number: sent(number * 100, structs.replace(load_of(number), carrier_ref="ABCD"))

"""A folder to audit: shipments as CSV, half of the bills as CSV and half as X12 210.

The 210s are written by Drawbar's own writer, a hundred in an interchange.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.audit_bills import AMOUNTS, asked
from drawbar.edi import (
    Amount,
    Envelope,
    FreightInvoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTotal,
    Party,
    RatedQuantity,
    Reference,
    build,
    wrap,
    write,
)

BILLS_EACH = 100
_CODES = ("400", "FUE", "DTL")
_PLACES = ("origin_city", "origin_state", "destination_city", "destination_state")
_MOMENTS = ("pickup_date", "delivery_appointment", "delivery_arrived", "delivery_departed")
_SHIPMENT = ("shipment", "carrier", "bol", *_PLACES, *_MOMENTS)
_SAID = ("charge", "description", "amount", "total")
_BILL = ("carrier", "invoice", "invoice_date", "bol", *_SAID)
_ENDS = ("Albany", "NY", "Chicago", "IL", "2026-03-09")
_TIMES = ("2026-03-11 10:00", "2026-03-11 09:40", "2026-03-11 14:07")
_CONTRACT = (
    "contract_ref: ABCD-2026\nparty_ref: ABCD\ncurrency: USD\nvalid_from: 2026-01-01\n"
    'lanes: [{clause: "1.1", flat: "1650.00"}]\n'
    'fuel: [{clause: "2.1", percent: "25.0", valid_from: 2026-01-01}]\n'
    'detention: {clause: "3.1", rate: "18.75", cap: "300.00"}\n'
)


def write_folder(folder: Path, bills: int) -> None:
    """Write contract, shipments and their bills of three lines; one bill in ten is wrong."""
    (folder / "contracts").mkdir()
    (folder / "contracts" / "ABCD.yaml").write_text(_CONTRACT)
    with _table(folder / "shipments.csv", _SHIPMENT) as rows:
        for n in range(bills):
            rows.writerow((f"S-{n}", "ABCD", f"B-{n}", *_ENDS, *_TIMES))
    with _table(folder / "bills.csv", _BILL) as rows:
        for n in range(bills // 2):
            rows.writerows(_rows(n))
    with (folder / "bills.210").open("wb") as file:
        for start in range(bills // 2, bills, BILLS_EACH):
            file.write(interchange(range(start, min(bills, start + BILLS_EACH))))


def write_wrong(folder: Path, lines: int) -> None:
    """Add a bill of so many lines as CSV, one as X12, and a bill with a field of ten megabytes."""
    with _table(folder / "endless-bills.csv", _BILL) as rows:
        row = ("ABCD", "E-1", "2026-03-14", "B-1", "linehaul", "", "1.00", f"{lines}.00")
        rows.writerows(row for _ in range(lines))
    start, end = interchange(range(1)).split(b"L1*1*", 1)
    counted = int(end.split(b"SE*")[1].split(b"*")[0])
    end = end.replace(b"SE*%d*" % counted, b"SE*%d*" % (counted + lines))
    with (folder / "endless.210").open("wb") as file:
        file.write(start)
        for _ in range(lines):
            file.write(b"L1*1*1*FR*100****400~")
        file.write(b"L1*1*" + end)
    with _table(folder / "huge-bills.csv", _BILL) as rows:
        rows.writerows(_rows(10**9, text="x" * 10_000_000))
        rows.writerows(_rows(10**9 + 1))


def _rows(n: int, *, text: str = "") -> Iterator[tuple[object, ...]]:
    charges = asked(n)
    whole = sum(amount for _, amount in charges)
    for kind, amount in charges:
        yield "ABCD", f"N{n}", "2026-03-14", f"B-{n}", kind.value, text, amount, whole


def interchange(numbers: range) -> bytes:
    """Return an interchange of the bills of these numbers."""
    control = numbers.start // BILLS_EACH + 1
    envelope = Envelope(
        sender_qualifier="02",
        sender="ABCD",
        receiver_qualifier="ZZ",
        receiver="ACME",
        control_number=control,
        group_number=control,
        sent_at=datetime(2026, 3, 14, 12, tzinfo=UTC),
    )
    return write(wrap([build(_invoice(n)) for n in numbers], envelope))


def _invoice(n: int) -> FreightInvoice:
    charges = asked(n)
    whole = Amount(sum((amount for _, amount in charges), Decimal(0)))
    return FreightInvoice(
        invoice_number=f"N{n}",
        shipment_id=f"S-{n}",
        scac="ABCD",
        net_amount=whole,
        payer="CC",
        invoiced_on=date(2026, 3, 14),
        currency="USD",
        references=(Reference(qualifier="BM", value=f"B-{n}"),),
        parties=(
            _party("SF", "ACME PUMPS", "1 DOCK ROAD", "ALBANY", "NY", "12207"),
            _party("CN", "GLOBEX", "2 PIER STREET", "CHICAGO", "IL", "60601"),
        ),
        lines=tuple(_line(at, *one) for at, one in enumerate(zip(_CODES, charges, strict=True), 1)),
        total=InvoiceTotal(charge=whole, weight=Amount(Decimal(18000)), weight_qualifier="G"),
    )


def _line(number: int, code: str, charge: tuple[object, Decimal]) -> InvoiceLine:
    amount = Amount(charge[1])
    weight = Amount(Decimal(18000))
    charged = InvoiceCharge(
        lading_line=number, rate=amount, rate_qualifier="FR", amount=amount, code=code
    )
    quantity = RatedQuantity(
        lading_line=number, weight=weight, weight_qualifier="G", pieces=24, packaging="PLT"
    )
    return InvoiceLine(number=number, quantities=(quantity,), charges=(charged,))


def _party(role: str, name: str, street: str, city: str, state: str, postal_code: str) -> Party:
    return Party(
        role=role, name=name, address=(street,), city=city, state=state, postal_code=postal_code
    )


@contextmanager
def _table(path: Path, headings: tuple[str, ...]) -> Iterator[Any]:
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(headings)
        yield rows


LINES_EACH = len(AMOUNTS)

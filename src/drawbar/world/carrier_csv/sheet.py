"""The tables of this carrier's portal: what it takes, what it puts out, and its own words."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from drawbar.world.load import Load, LoadStop

HEADINGS: dict[str, tuple[str, ...]] = {
    "answers": ("tender", "shipment", "answer", "reason", "pro", "at"),
    "status": ("shipment", "pro", "status", "stop", "at", "zone", "reason", "city", "state"),
    "pods": ("shipment", "pro", "signed by", "signed on", "pieces", "legible", "remarks"),
    "bills": (
        "invoice",
        "invoice date",
        "tender",
        "shipment",
        "pro",
        "bol",
        "po",
        "order",
        "line",
        "charge",
        "description",
        "stop",
        "amount",
        "currency",
        "total",
        "remit to",
    ),
}
"""By the beginning of the file's name."""

STATUSES = {
    "X3": "At shipper",
    "CP": "Loaded",
    "AF": "Left shipper",
    "X6": "Under way",
    "AG": "ETA",
    "X1": "At receiver",
    "D1": "Delivered",
    "CD": "Left receiver",
    "AH": "Not unloaded",
    "A7": "Refused by receiver",
    "SD": "Delayed",
    "AA": "Pickup booked",
    "AB": "Delivery booked",
}
"""What a script says by X12's code, in this carrier's words; any other stays as it is."""

CHARGES = {
    "400": "Line haul",
    "FUE": "Fuel",
    "DET": "Waiting time",
    "LAY": "Layover",
    "LUM": "Unloading",
    "SOC": "Extra stop",
    "VOR": "Truck not used",
    "RCL": "Second delivery",
    "RCC": "New destination",
    "LFT": "Tail lift",
    "RES": "Private address",
    "STR": "Storage",
    "TAX": "Tax",
    "DSC": "Discount",
    "MSC": "Other",
}
"""Likewise for charges."""


def written(kind: str, rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table with its heading."""
    paper = io.StringIO()
    writer = csv.writer(paper)
    writer.writerow(HEADINGS[kind])
    writer.writerows(rows)
    return paper.getvalue().encode()


def kind_of(text: str) -> str:
    """Return what kind of table a text begins like; what is like none counts as status."""
    heading = text.splitlines()[0] if text.strip() else ""
    return next((kind for kind, names in HEADINGS.items() if heading == ",".join(names)), "status")


def load_of(text: str) -> Load:
    """Return the load that a table of its stops tenders. Raise ``KeyError`` or ``ValueError``."""
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows:
        raise ValueError("no stops")
    first = {name: value.removeprefix("'") for name, value in rows[0].items()}
    kinds = ("shipment", "order", "po", "bol")
    named = {kind: first[kind] for kind in kinds if first[kind]}
    return Load(
        tender=first["tender"],
        purpose=first["action"],
        names=tuple(dict.fromkeys((first["tender"], *named.values()))),
        shipment=first["shipment"],
        named=named,
        stops=tuple(_stop(row) for row in rows),
        pieces=int(first.get("pieces") or 0),
        pay=Decimal(first["rate"]) if first["rate"] else None,
    )


def _stop(row: dict[str, str]) -> LoadStop:
    return LoadStop(
        number=int(row["stop"]),
        opens=datetime.fromisoformat(row["opens"]).replace(tzinfo=None),
        purpose=row["purpose"],
        city=row["city"],
        state=row["state"],
    )

"""A carrier's bills, out of one table: a row is a line, and rows with one head are one bill.

A bill that we cannot read as a whole is not taken; the other bills of the table are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from msgspec import Struct

from drawbar.connectors.charge_word import unread
from drawbar.connectors.csv_folder.entry import Entry
from drawbar.connectors.csv_folder.manifest import NAMES
from drawbar.connectors.table.cell import Refused
from drawbar.freight.attribute import UNTOLD, Locality, Move, Tally
from drawbar.freight.freight_bill import (
    LARGEST_FIGURE,
    LINES_MAX,
    BillLine,
    BillReceived,
    FreightBill,
    Sense,
    Shown,
)
from drawbar.freight.identity import key_for, minted
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference, ReferenceKind

MOVE = (
    "ship date",
    *(f"{end} {part}" for end in ("origin", "destination") for part in ("zip", "city", "state")),
    "total weight lb",
)
"""What a bill says of the move itself; the carrier may leave each out."""

HEAD = ("invoice", "invoice date", *NAMES, "currency", "total", "remit to", "corrects", *MOVE)
"""What is the same on every row of one bill."""

CURRENCY = re.compile("[A-Z]{3}")


class Unbilled(Struct, frozen=True):
    """Why a bill was not taken: the row that says so, and what is wrong with it."""

    entry: Entry
    error: Refused


def bills_of(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the rows of each bill: one begins where the head changes or the lines count anew."""
    rows: list[Entry] = []
    for entry in entries:
        if rows and (_head(entry) != _head(rows[0]) or _number(entry) <= _number(rows[-1])):
            yield rows
            rows = []
        rows.append(entry)
    if rows:
        yield rows


def read_bill(rows: Sequence[Entry], *, file: str) -> BillReceived | tuple[Unbilled, ...]:
    """Return the bill, or all that keeps us from taking it. ``file`` tells its file from others."""
    faults = tuple(_faults(rows))
    return faults or _received(rows, file)


def unknown_charges(rows: Sequence[Entry], read: BillReceived) -> Iterator[Unbilled]:
    """Yield the rows of a bill whose charge nobody understands; they keep no bill back."""
    for entry, line in zip(rows, read.bill.lines, strict=True):
        if line.sense is Sense.UNKNOWN:
            yield Unbilled(entry, entry.unknown("charge", line.code))


def _faults(rows: Sequence[Entry]) -> Iterator[Unbilled]:
    if len(rows) > LINES_MAX:
        yield Unbilled(rows[0], _too_many(rows))
        return
    expected = 1
    for entry in rows:
        try:
            _numbered(expected, entry)
            _line(expected, entry)
            _dated(entry)
            entry.names()
            _move(entry)
        except Refused as error:
            yield Unbilled(entry, error)
        expected += 1


def _too_many(rows: Sequence[Entry]) -> Refused:
    return Refused(
        f"bill {rows[0].text('invoice')[:80]!r} has {len(rows):,} lines, more than {LINES_MAX:,}",
        column=rows[0].settings.heading("line"),
        cause="line:many",
        remedy="Ask the carrier to bill each shipment for itself.",
    )


def _numbered(expected: int, entry: Entry) -> None:
    if entry.count("line") not in {None, expected}:
        raise Refused(
            f"line {expected} of bill {entry.text('invoice')!r} is missing",
            column=entry.settings.heading("line"),
            cause="line:gap",
            remedy="Ask the carrier for the whole bill.",
        )


def _received(rows: Sequence[Entry], file: str) -> BillReceived:
    head = rows[0]
    settings, number, billed_on = head.settings, head.needed("invoice"), _dated(head)
    lines = tuple(_line(count, entry) for count, entry in enumerate(rows, start=1))
    key = key_for("csv", settings.party_ref, "bills", file, head.row.line)
    at = datetime.combine(billed_on, time(), UTC)
    stated = _money(head, "total")
    own = Reference(ReferenceKind.CARRIER_INVOICE, number, settings.party_ref)
    bill = FreightBill(
        bill_ref=minted("B", cause=key, learned_at=at),
        carrier_ref=settings.party_ref,
        invoice_number=number,
        billed_on=billed_on,
        currency=stated.currency,
        references=(*head.names(), own),
        lines=lines,
        total=stated,
        document_total=stated,
        document_lines_total=total((line.money for line in lines), currency=stated.currency),
        remit_to=head.text("remit to"),
        corrects=head.text("corrects"),
        move=_move(head),
    )
    return BillReceived(
        bill=bill,
        key=key_for(key, *again) if (again := unread(lines)) else key,
        happened_at=at,
        learned_at=head.receipt.learned_at,
        lineage=head.receipt.at(head.place()),
    )


def _line(number: int, entry: Entry) -> BillLine:
    _money(entry, "total")
    meaning = entry.settings.charge(entry.needed("charge"), _dated(entry))
    return BillLine(
        number=number,
        kind=meaning.kind,
        sense=meaning.sense,
        said=meaning.said,
        money=_money(entry, "amount"),
        stop=entry.count("stop") or 0,
        code=entry.text("charge"),
        text=entry.text("description"),
        place=entry.place("amount"),
        shown=_shown(entry),
    )


def _move(entry: Entry) -> Move | None:
    """Return what the bill says of the move itself, None where that is nothing."""
    said = Move(
        ship_on=entry.day("ship date"),
        origin=_place(entry, "origin"),
        destination=_place(entry, "destination"),
        header=Tally(weight_lb=_figure(entry, "total weight lb")),
    )
    return None if said == UNTOLD else said


def _place(entry: Entry, end: str) -> Locality:
    return Locality(
        postal_code=entry.text(f"{end} zip"),
        city=entry.text(f"{end} city"),
        region=entry.text(f"{end} state"),
    )


def _shown(entry: Entry) -> Shown | None:
    """Return the figures that the row shows for its amount, None where it shows none."""
    weight, miles, rate = (_figure(entry, one) for one in ("weight lb", "miles", "rate"))
    shown = Shown(
        weight_lb=weight,
        freight_class=entry.text("class"),
        distance_mi=miles,
        rate=rate,
        rate_unit=entry.text("rate unit"),
    )
    return None if shown == Shown() else shown


def _figure(entry: Entry, column: str) -> Decimal | None:
    if not entry.text(column):
        return None
    figure = entry.figure(column)
    if not 0 <= figure < LARGEST_FIGURE:
        raise Refused(
            f"{figure} is no weight, distance or rate",
            column=entry.settings.heading(column),
            cause=f"{column}:size",
            remedy="Ask the carrier for a corrected file.",
        )
    return figure


def _dated(entry: Entry) -> date:
    entry.needed("invoice")
    entry.needed("invoice date")
    billed_on = entry.day("invoice date")
    assert billed_on is not None
    return billed_on


def _money(entry: Entry, column: str) -> Money:
    currency = entry.text("currency") or entry.settings.currency or entry.needed("currency")
    if not CURRENCY.fullmatch(currency):
        raise Refused(
            f"{currency!r} is not a currency such as USD",
            column=entry.settings.heading("currency"),
            cause="currency:form",
            remedy="Ask the carrier for a corrected file.",
        )
    return Money(entry.figure(column), currency)


def _head(entry: Entry) -> tuple[str, ...]:
    return tuple(_roughly(entry, column) for column in HEAD)


def _number(entry: Entry) -> int:
    """Return a row's line number for grouping; a row without one goes on with its bill."""
    text = _roughly(entry, "line")
    return int(text) if text.isdecimal() else entry.row.line + 1_000_000


def _roughly(entry: Entry, column: str) -> str:
    """Return a cell without judging it."""
    try:
        return entry.text(column)
    except Refused:
        return ""

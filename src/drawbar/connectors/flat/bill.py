"""A carrier's freight bill out of a flat file. One that we cannot read as a whole is not taken."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

from drawbar.connectors.charge_word import unread
from drawbar.connectors.flat.heard import Entry
from drawbar.connectors.reading import Unreadable
from drawbar.freight.freight_bill import LINES_MAX, BillLine, BillReceived, FreightBill, Sense
from drawbar.freight.identity import key_for, minted
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference, ReferenceKind

CURRENCY = re.compile("[A-Z]{3}")


def read_bill(main: int, entry: Entry, *, file: str) -> BillReceived:
    """Return the bill. ``file`` tells its file from others. Raise ``Unreadable``."""
    heard, number, billed_on = entry.heard, entry.needed("invoice"), entry.day("dated")
    currency = _currency(entry)
    stated = heard.below(main, "line")
    if not 0 < len(stated) <= LINES_MAX:
        entry.refuse("invoice", f"it has {len(stated):,} lines", "lines")
    lines = tuple(
        _line(count, one, currency, billed_on) for count, one in enumerate(stated, start=1)
    )
    carrier = heard.profile.party_ref
    key = key_for("flat", carrier, heard.name, file, entry.record.number)
    at = datetime.combine(billed_on, time(), UTC)
    whole = Money(_amount(entry, "total"), currency)
    own = Reference(ReferenceKind.CARRIER_INVOICE, number, carrier)
    bill = FreightBill(
        bill_ref=minted("B", cause=key, learned_at=at),
        carrier_ref=carrier,
        invoice_number=number,
        billed_on=billed_on,
        currency=currency,
        references=(*entry.names(), own),
        lines=lines,
        total=whole,
        document_total=whole,
        document_lines_total=total((one.money for one in lines), currency=currency),
        remit_to=entry.text("remit_to"),
        corrects=entry.text("corrects"),
    )
    said = entry.said(at)
    said["key"] = key_for(key, *again) if (again := unread(lines)) else key
    return BillReceived(bill=bill, **said)


def unknown_charges(main: int, entry: Entry, read: BillReceived) -> Iterator[Unreadable]:
    """Yield each charge that nobody understands, once; it keeps no bill back."""
    seen: set[str] = set()
    stated = entry.heard.below(main, "line")
    for one, line in zip(stated, read.bill.lines, strict=True):
        if line.sense is Sense.UNKNOWN and line.code not in seen:
            seen.add(line.code)
            yield one.unknown("charge", line.code)


def _line(number: int, entry: Entry, currency: str, billed_on: date) -> BillLine:
    code = entry.needed("charge")
    meaning = entry.heard.profile.charge(code, billed_on)
    return BillLine(
        number=number,
        kind=meaning.kind,
        sense=meaning.sense,
        said=meaning.said,
        money=Money(_amount(entry, "amount"), currency),
        stop=entry.count("stop") or 0,
        code=code,
        text=entry.text("text"),
        place=entry.where("amount"),
    )


def _amount(entry: Entry, word: str) -> Decimal:
    figure = entry.figure(word)
    return entry.refuse(word, "no amount stands there", "empty") if figure is None else figure


def _currency(entry: Entry) -> str:
    said = entry.text("currency") or entry.heard.profile.currency or entry.needed("currency")
    if not CURRENCY.fullmatch(said):
        entry.refuse("currency", f"{said[:20]!r} is not a currency such as USD", "form")
    return said

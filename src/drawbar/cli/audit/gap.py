"""Rows of bills that could not be read: what can be read of their bills may then be too much.

A row that nobody can read may well be a credit, so its bill is undecided until it is mended. Where
a header states the total, the total tells whether anything is missing.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from drawbar.cli.audit.billing import Billed
from drawbar.cli.audit.load_row import carrier_of, names_of
from drawbar.cli.audit.row import Row
from drawbar.cli.audit.unread import Refused
from drawbar.flow.shadow_outcome import UNREAD, Stranger, Why
from drawbar.freight.money import zero
from drawbar.freight.reference import Reference


class Gap(Struct, frozen=True, kw_only=True):
    """A row that could not be read, of an ``invoice`` of which other rows were."""

    invoice: str
    references: tuple[Reference, ...]
    place: str
    text: str


def document_of(file: str, carrier_ref: str, invoice: str) -> str:
    """Return under which key the rows of an invoice are kept, whatever their date."""
    return "\x1f".join((file, carrier_ref, invoice))


def gap_of(row: Row, error: ValueError, carriers: dict[str, str]) -> tuple[str, Gap] | None:
    """Return whose bill a refused row is part of; None where it does not even say that.

    Neither does one whose amount is blank: it bills nothing.
    """
    try:
        carrier, invoice = carrier_of(row, carriers), row.text("invoice")
        named = names_of(row, carrier)
    except Refused:
        return None
    if not invoice or _bills_nothing(row):
        return None
    gap = Gap(invoice=invoice, references=tuple(sorted(named)), place=row.place, text=str(error))
    return document_of(row.sheet.file, carrier, invoice), gap


def _bills_nothing(row: Row) -> bool:
    at = row.sheet.places.get("amount")
    return at is not None and not "".join(row.cells[at : at + 1]).strip()


def with_gaps(bills: Iterable[Billed], gaps: Sequence[Gap]) -> list[Billed]:
    """Return the bills of an invoice, each with the rows that are missing in it."""
    found = list(bills)
    if not gaps:
        return found
    names = {name for one in found for name in one.asked.fact.bill.references}
    return [_open(one, [gap for gap in gaps if _is_of(gap, one, names)]) for one in found]


def _is_of(gap: Gap, one: Billed, names: set[Reference]) -> bool:
    """Return whether a row may belong to a bill: it names its load, or none that is billed."""
    if one.is_headed:
        return False
    own = set(one.asked.fact.bill.references)
    return bool(own & set(gap.references)) or not names & set(gap.references)


def _open(one: Billed, gaps: Sequence[Gap]) -> Billed:
    after = max((line.number for line in one.asked.fact.bill.lines), default=0)
    after = max([after, *(each.number for each in one.asked.strangers)])
    missing = tuple(
        Stranger(
            number=after + number,
            money=zero(one.asked.billed.currency),
            code="",
            text="",
            place=gap.place,
            why=_why(gap),
        )
        for number, gap in enumerate(gaps, start=1)
    )
    asked = structs.replace(one.asked, strangers=(*one.asked.strangers, *missing))
    return structs.replace(one, asked=asked)


def _why(gap: Gap) -> Why:
    return Why(
        reason=UNREAD,
        text=f"{gap.place} of invoice {gap.invoice} could not be read: {gap.text}",
        remedy="Mend that row: it may be a credit.",
        is_open=True,
    )

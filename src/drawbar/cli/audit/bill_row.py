"""A row of the bills: one charge of one carrier's invoice, with the head of its bill."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from msgspec import Struct

from drawbar.cli.audit.load_row import carrier_of, names_of, weight_lb
from drawbar.cli.audit.paper import LinePaper
from drawbar.cli.audit.row import Row
from drawbar.cli.audit.word import charge_headed
from drawbar.freight.attribute import UNTOLD, Locality, Move, Tally
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Shown

KINDS: Mapping[str, ChargeKind] = {one.value: one for one in ChargeKind}


class BillWords(Struct, frozen=True, kw_only=True):
    """What the words of the bills mean: carriers and charges, as ``folded`` compares them."""

    carriers: dict[str, str]
    charges: dict[str, ChargeKind]
    today: date


def lines_of(row: Row, words: BillWords) -> Iterator[LinePaper]:
    """Yield the lines of a row: one, or one for each column that is headed like a charge.

    A charge without meaning has no kind. Raise ``Refused``.
    """
    if "amount" in row.sheet.places:
        yield line_of(row, words, row.text("charge") or row.text("description"), row.text("amount"))
        return
    wide = [
        (heading, row.cells[at].strip())
        for at, heading in enumerate(row.sheet.headings)
        if at < len(row.cells) and charge_headed(heading, words.charges) is not None
    ]
    billed = [one for one in wide if one[1]]
    if not billed:
        remedy = "Fill it in, or say in columns.yaml under columns which column is amount."
        raise row.refused("amount", "no column holds an amount", remedy)
    for heading, amount in billed:
        yield line_of(row, words, heading, amount)


def line_of(row: Row, words: BillWords, said: str, amount: str) -> LinePaper:
    """Return one line of a row: what is ``said`` to be charged, and its amount as written."""
    carrier = carrier_of(row, words.carriers)
    if not carrier:
        raise row.refused(
            "carrier",
            "the row names no carrier",
            "Add a column carrier, or say carrier: ABCD for this file in columns.yaml.",
        )
    billed_on = _billed_on(row, words.today)
    currency = row.text("currency").upper() or row.sheet.habits.currency
    if currency and (len(currency) != 3 or not currency.isalpha() or not currency.isascii()):
        raise row.refused("currency", f"{currency!r} is no currency", "Write one such as USD.")
    money = row.money_of("amount", amount, currency)
    return LinePaper(
        carrier_ref=carrier,
        invoice=row.needed("invoice"),
        billed_on=billed_on,
        received_at=row.instant("received", row.sheet.habits.zone or "UTC") or _noon(billed_on),
        references=names_of(row, carrier),
        currency=money.currency,
        total=row.money("total", money.currency) if row.text("total") else None,
        invoice_total=(
            row.money("invoice total", money.currency) if row.text("invoice total") else None
        ),
        remit_to=row.text("remit to"),
        number=row.count("line", least=1),
        kind=charge_headed(said, words.charges),
        money=money,
        stop=row.count("stop") or 0,
        code=said,
        text=row.text("description"),
        shown=_shown(row),
        where=f"{row.sheet.file} {row.place}",
        move=_move(row),
    )


def _billed_on(row: Row, today: date) -> date:
    billed_on = row.day("invoice date") or row.day("received")
    if billed_on is None:
        raise row.refused("invoice date", "the row names no invoice date", "Fill it in.")
    if billed_on > today:
        text = f"the invoice date {billed_on} is in the future"
        raise row.refused("invoice date", text, "Correct it, or say --as-of with a later day.")
    return billed_on


def _shown(row: Row) -> Shown | None:
    found = Shown(
        weight_lb=weight_lb(row),
        freight_class=row.text("class"),
        distance_mi=row.figure("miles"),
        rate=row.figure("rate"),
        rate_unit=row.text("rate unit"),
    )
    return None if found == Shown() else found


def _move(row: Row) -> Move | None:
    """Return what the row says of the move itself, None where that is nothing."""
    found = Move(
        ship_on=row.day("ship date"),
        origin=_spot(row, "origin"),
        destination=_spot(row, "destination"),
        header=Tally(weight_lb=row.figure("total weight lb")),
    )
    return None if found == UNTOLD else found


def _spot(row: Row, end: str) -> Locality:
    return Locality(
        postal_code=row.text(f"{end} zip"),
        city=row.text(f"{end} city"),
        region=row.text(f"{end} state"),
    )


def _noon(day: date) -> datetime:
    """Return noon of the day: a bill is dated, not timed."""
    return datetime.combine(day, time(12), UTC)

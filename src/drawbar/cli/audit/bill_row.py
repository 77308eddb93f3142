"""A row of the bills: one charge of one carrier's invoice, with the head of its bill."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from msgspec import Struct

from drawbar.cli.audit.load_row import carrier_of, names_of, weight_lb
from drawbar.cli.audit.paper import LinePaper
from drawbar.cli.audit.row import Row
from drawbar.cli.audit.setting import folded
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Shown

KINDS: Mapping[str, ChargeKind] = {one.value: one for one in ChargeKind}


class BillWords(Struct, frozen=True, kw_only=True):
    """What the words of the bills mean: carriers and charges, as ``folded`` compares them."""

    carriers: dict[str, str]
    charges: dict[str, ChargeKind]
    today: date


def line_of(row: Row, words: BillWords) -> LinePaper:
    """Return what a row says. A charge without meaning has no kind. Raise ``Refused``."""
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
    money = row.money("amount", currency)
    said = row.text("charge") or row.text("description")
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
        kind=words.charges.get(folded(said)),
        money=money,
        stop=row.count("stop") or 0,
        code=said,
        text=row.text("description"),
        shown=_shown(row),
        where=f"{row.sheet.file} {row.place}",
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


def _noon(day: date) -> datetime:
    """Return noon of the day: a bill is dated, not timed."""
    return datetime.combine(day, time(12), UTC)

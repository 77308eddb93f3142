"""The audit on a terminal: what is saved, why, with whom and where, and the largest findings."""

from collections.abc import Iterable
from decimal import Decimal

import click

from drawbar.cli.audit.audited import Audited
from drawbar.cli.audit.document import ReasonSums, Summary, Sums
from drawbar.cli.table import show_pairs, show_table, visible

ROWS_MAX = 12
FIGURES = ("Bills", "Billed", "Payable", "Saved", "Undecided")


def show(found: Audited) -> None:
    """Print the summary with its tables."""
    summary = found.summary
    _head(summary)
    if summary.bills:
        _tables(summary)
    _largest(found)
    _missing(found)


def _tables(summary: Summary) -> None:
    _heading("By reason")
    show_table(
        ("Reason", "Lines", "Not owed", "Claim back", "Undecided", ""),
        map(_reason, summary.by_reason),
        right={"Lines", "Not owed", "Claim back", "Undecided"},
    )
    _sums("By carrier", "Carrier", summary.by_carrier)
    _sums("By lane", "Lane", summary.by_lane)


def _head(summary: Summary) -> None:
    show_pairs(
        [
            ("bills", f"{summary.bills:,} with {summary.lines:,} lines"),
            ("shipments", f"{summary.shipments:,}"),
            *(pair for one in summary.totals for pair in _amounts(one)),
            (
                "decided",
                ", ".join(
                    f"{n:,} {what.replace('_', ' ')}" for what, n in summary.decisions.items()
                ),
            ),
            ("not billed", _not_billed(summary)),
            ("tolerance", summary.tolerance),
        ]
    )


def _amounts(one: Sums) -> Iterable[tuple[str, str]]:
    yield "billed", _money(one.billed, one.currency)
    yield "payable", _money(one.payable, one.currency)
    yield "saved", f"{_money(one.saved, one.currency)}  ({_share(one.saved, one.billed)})"
    yield "undecided", _money(one.undecided, one.currency) if one.undecided else ""


def _not_billed(summary: Summary) -> str:
    if not summary.missing_bills:
        return ""
    overdue = f", {summary.overdue_bills:,} overdue" if summary.overdue_bills else ""
    return f"{summary.missing_bills:,} shipments{overdue}"


def _sums(title: str, what: str, rows: tuple[Sums, ...]) -> None:
    _heading(title)
    shown = (
        (one.key, one.bills, one.billed, one.payable, one.saved, one.undecided, one.currency)
        for one in rows[:ROWS_MAX]
    )
    show_table((what, *FIGURES, ""), shown, right=set(FIGURES))
    if len(rows) > ROWS_MAX:
        click.echo(f"… and {len(rows) - ROWS_MAX:,} more")


def _largest(found: Audited) -> None:
    if not found.largest:
        return
    _heading("The largest findings")
    rows = (
        (one.carrier, one.invoice, one.shipment, one.billed, one.saved, one.reason, one.text)
        for one in found.largest
    )
    headings = ("Carrier", "Invoice", "Shipment", "Billed", "Saved", "Reason", "Why")
    show_table(headings, rows, right={"Billed", "Saved"})


def _missing(found: Audited) -> None:
    overdue = [one for one in found.missing if one.is_overdue]
    if not overdue:
        return
    _heading("Bills that should have come")
    rows = (
        (one.shipment, one.carrier, one.delivered_on, one.expected, one.currency)
        for one in overdue[:ROWS_MAX]
    )
    show_table(("Shipment", "Carrier", "Delivered", "Expected", ""), rows, right={"Expected"})
    if len(overdue) > ROWS_MAX:
        click.echo(f"… and {len(overdue) - ROWS_MAX:,} more")


def talk(found: Audited) -> Iterable[str]:
    """Yield what is said beside the data: what was taken as given, and what could not be read."""
    for text in found.summary.taken:
        yield f"note: {text}"
    for one in found.unread:
        where = ", ".join((one.file, *one.places[:3]))
        more = f" and {one.count - 3:,} more" if one.count > 3 else ""
        field = f", {one.field}" if one.field else ""
        kind = "note" if one.is_note else "not read"
        end = "" if one.text.endswith((".", "?")) else "."
        said = f"{one.text}{end} {one.remedy}"
        yield f"{kind}: {visible(where)}{more}{visible(field)}: {visible(said)}"


def _reason(one: ReasonSums) -> tuple[object, ...]:
    return (one.reason, one.lines, one.not_owed, one.claimed, one.undecided, one.currency)


def _heading(text: str) -> None:
    click.echo(f"\n{visible(text)}")


def _money(amount: Decimal, currency: str) -> str:
    return f"{amount:,f} {currency}"


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{part * 100 / whole:.2f} %" if whole else "–"

"""The audit as a workbook: typed cells, frozen headings, and no text that acts as a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from drawbar.cli.audit.audited import Audited
from drawbar.cli.audit.document import AuditedBill, ReasonSums, Sums

ROWS_MAX = 1_048_000
CELL_MAX = 32_000
_SUMS = ("Bills", "Billed", "Payable", "Not owed", "Undecided", "Claim back", "Saved", "Currency")


def write_workbook(found: Audited, path: Path) -> None:
    """Write the workbook."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - only for books

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        out = _Sheets(book)
        summary = found.summary
        out.sheet("Summary", ("What", *_SUMS), [("all bills", *_sums(s)) for s in summary.totals])
        out.sheet("By reason", _REASON, map(_reason, summary.by_reason))
        out.sheet(
            "By carrier", ("Carrier", *_SUMS), [(s.key, *_sums(s)) for s in summary.by_carrier]
        )
        out.sheet("By lane", ("Lane", *_SUMS), [(s.key, *_sums(s)) for s in summary.by_lane])
        out.sheet("Bills", _BILL, map(_bill, found.bills()))
        out.sheet("Lines", _LINE, (row for one in found.bills() for row in _lines(one)))
        out.sheet("Not billed", _MISSING, map(_missing, found.missing))
        out.sheet("Unread input", _UNREAD, map(_unread, found.unread))
        out.sheet("About", ("What", "Says"), _about(found))


class _Sheets:
    """Writes sheets of one book, row by row."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._money = book.add_format({"num_format": "#,##0.00"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        page = self._book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.set_column(0, len(headings) - 1, 16)
        for at, heading in enumerate(headings):
            page.write_string(0, at, heading, self._bold)
        number = 0
        for number, row in enumerate(rows, start=1):
            if number > ROWS_MAX:
                page.write_string(number, 0, "… and more: see --json")
                break
            for at, value in enumerate(row):
                self._write(page, number, at, value)
        page.autofilter(0, 0, min(number, ROWS_MAX), len(headings) - 1)

    def _write(self, page: Any, row: int, column: int, value: object) -> None:
        match value:
            case None | "":
                return
            case bool():
                page.write_string(row, column, "yes" if value else "no")
            case Decimal():
                page.write_number(row, column, value, self._money)
            case int():
                page.write_number(row, column, value)
            case datetime():
                page.write_datetime(row, column, value.date(), self._day)
            case date():
                page.write_datetime(row, column, value, self._day)
            case _:
                page.write_string(row, column, str(value)[:CELL_MAX])


def _sums(one: Sums) -> tuple[object, ...]:
    amounts = (one.billed, one.payable, one.not_owed, one.undecided, one.claimed, one.saved)
    return (one.bills, *amounts, one.currency)


_REASON = ("Reason", "Lines", "Bills", "Not owed", "Claim back", "Undecided", "Currency")


def _reason(one: ReasonSums) -> tuple[object, ...]:
    amounts = (one.not_owed, one.claimed, one.undecided)
    return (one.reason, one.lines, one.bills, *amounts, one.currency)


_BILL = (
    "Bill", "Carrier", "Invoice", "Dated", "Received", "Shipment", "Customer", "Lane", "Decision",
    "Reason", "Billed", "Payable", "Not owed", "Undecided", "Claim back", "Currency", "Contract",
    "Version", "Why", "What mends it", "Where it stood",
)  # fmt: skip


def _bill(one: AuditedBill) -> tuple[object, ...]:
    head = (one.bill_ref, one.carrier, one.invoice, one.billed_on, one.received_at)
    load = (one.shipment, one.customer, one.lane)
    amounts = (one.billed, one.payable, one.not_owed, one.undecided, one.claimed, one.currency)
    contract = (one.contract_ref, one.contract_version or None)
    why = (one.text, one.remedy, one.place)
    return (*head, *load, one.decision, one.reason, *amounts, *contract, *why)


_LINE = (
    "Bill", "Carrier", "Invoice", "Shipment", "Line", "Charge", "Code", "Stop", "Description",
    "Billed", "Payable", "Disputed", "Claim back", "Currency", "Decision", "Reason", "Undecided",
    "Why", "What mends it", "Steps", "Where it stood",
)  # fmt: skip


def _lines(one: AuditedBill) -> Iterable[tuple[object, ...]]:
    for line in one.lines:
        yield (
            one.bill_ref,
            one.carrier,
            one.invoice,
            one.shipment,
            line.number,
            line.charge,
            line.code,
            line.stop or None,
            line.description,
            line.billed,
            line.payable,
            line.disputed,
            line.claimed or None,
            one.currency,
            line.decision,
            line.reason,
            line.is_open if line.reason else "",
            line.text,
            line.remedy,
            "\n".join(line.steps),
            line.place,
        )


_MISSING = (
    "Shipment",
    "Carrier",
    "Customer",
    "Lane",
    "Delivered",
    "Expected",
    "Currency",
    "Overdue",
    "",
)


def _missing(one: Any) -> tuple[object, ...]:
    load = (one.shipment, one.carrier, one.customer, one.lane, one.delivered_on)
    return (*load, one.expected, one.currency, one.is_overdue, one.text)


_UNREAD = ("File", "Where", "Times", "Field", "What", "What mends it", "Kind")


def _unread(one: Any) -> tuple[object, ...]:
    where = ", ".join(one.places)
    kind = "note" if one.is_note else "not read"
    return (one.file, where, one.count, one.field, one.text, one.remedy, kind)


def _about(found: Audited) -> Iterable[tuple[object, ...]]:
    summary = found.summary
    yield ("Drawbar", summary.drawbar)
    yield ("Folder", summary.folder)
    yield ("As of", summary.as_of)
    yield ("Tolerance", summary.tolerance)
    for contract in summary.contracts:
        yield ("Contract", contract)
    for text in summary.taken:
        yield ("Taken as given", text)
    for name, kind in summary.files.items():
        yield ("File", f"{name}: {kind}")
    yield (
        "Payable",
        "what would be paid: as agreed, within tolerance, or in full where the tariff asks",
    )
    yield ("Not owed", "what neither contract nor events nor approvals support")
    yield ("Undecided", "what cannot be judged before something is added; it is not a saving")

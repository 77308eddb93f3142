"""Tables in a workbook: a sheet is a table, by its name, else by that of the file or its headings.

A workbook is a ZIP: what it would unpack to is looked at before anything is unpacked.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct

from drawbar.cli.audit.unread import Refused

BYTES_MAX = 256 * 1024 * 1024
UNPACKED_MAX = 1024 * 1024 * 1024
RATIO_MAX = 200
RATIO_FROM_BYTES = 10 * 1024 * 1024
SHEETS_MAX = 50
_DIGITS = 15
"""A spreadsheet keeps no more significant digits than these."""


class BookTable(Struct, frozen=True, kw_only=True):
    """One sheet: its name, its headings, and the rows below them with their numbers."""

    sheet: str
    headings: tuple[str, ...]
    first_row: int
    rows: Any


def tables_in(path: Path) -> Iterator[BookTable]:
    """Yield every sheet that holds anything. Raise ``Refused`` for what is no workbook."""
    _look_inside(path)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only for books

    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names[:SHEETS_MAX]:
            yield from _table(name, book.get_sheet_by_name(name))
    except (CalamineError, ValueError, OSError) as error:
        raise Refused(
            f"the workbook cannot be read: {error}",
            remedy="Open it, save it as .xlsx without a password, and audit again.",
        ) from error


def text_of(cell: object) -> str:
    """Return a cell as text: a figure as a spreadsheet shows it, a day or time as ISO."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "yes" if cell else "no"
        case float():
            return _figure(cell)
        case datetime():
            midnight = cell.time() == time()
            return cell.date().isoformat() if midnight else _minute(cell).isoformat(" ")
        case date() | int():
            return str(cell)
        case None:
            return ""
        case _:
            return str(cell)


def _table(name: str, sheet: Any) -> Iterator[BookTable]:
    skipped = sheet.start[0] if sheet.start else 0
    rows = enumerate(sheet.iter_rows(), start=1)
    for number, row in rows:
        headings = tuple(text_of(cell) for cell in row)
        if any(headings):
            offset = 0 if number > skipped else skipped
            yield BookTable(sheet=name, headings=headings, first_row=offset, rows=rows)
            return


def rows_of(table: BookTable) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield place and cells of every row that is not blank."""
    for number, row in table.rows:
        cells = tuple(text_of(cell) for cell in row)
        if any(cells):
            yield f"{table.sheet} row {number}", cells


def _look_inside(path: Path) -> None:
    size = path.stat().st_size
    if not size:
        raise Refused("the file is empty", remedy="Save the workbook again.")
    if size > BYTES_MAX:
        raise Refused(f"larger than {BYTES_MAX:,} bytes", remedy="Save it as CSV.")
    if path.suffix.casefold() == ".xls":
        return
    try:
        with zipfile.ZipFile(path) as book:
            unpacked = sum(one.file_size for one in book.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(
            f"it is no workbook, or it is broken: {error}",
            remedy="Open it, save it as .xlsx, and audit again.",
        ) from error
    is_bomb = unpacked > RATIO_FROM_BYTES and unpacked > RATIO_MAX * size
    if unpacked > UNPACKED_MAX or is_bomb:
        raise Refused(
            f"it would unpack to {unpacked:,} bytes, {unpacked // size:,} times its size",
            remedy="Save the sheet that is meant as CSV.",
        )


def _figure(value: float) -> str:
    """Return the shortest figure that a spreadsheet shows for it; no binary noise behind."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    digits = exact.as_tuple().digits
    if len(digits) > _DIGITS:
        exact = Decimal(f"{exact:.{_DIGITS}g}")
    plain = f"{exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _minute(moment: datetime) -> datetime:
    """Return a time without the fraction of a second that a day as a number leaves."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)

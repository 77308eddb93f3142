"""What a carrier's tables say in our words, row by row: one bad row keeps no other back. Pure."""

from collections.abc import Callable, Iterator

from drawbar.connectors.code_table import TABLE_OF_WORD
from drawbar.connectors.csv_folder.bill import bills_of, read_bill, unknown_charges
from drawbar.connectors.csv_folder.entry import Entry, UnknownWord
from drawbar.connectors.csv_folder.manifest import SHEETS, Settings
from drawbar.connectors.csv_folder.saying import read_answer, read_proof, read_status
from drawbar.connectors.digest import digest
from drawbar.connectors.reading import Reader, Readers, Unreadable, reading
from drawbar.connectors.table.cell import Refused, Row
from drawbar.connectors.table.heading import Heading, read_heading
from drawbar.connectors.table.history import place
from drawbar.connectors.table.record import Lines, Record, records, split_lines
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading

NEEDED = {
    "answers": ("answer", "at"),
    "status": ("status", "at"),
    "pods": ("signed by",),
    "bills": ("invoice", "invoice date", "charge", "amount", "total"),
}
"""Columns without which a table of its kind cannot be read; names of the load stand beside them."""

ROWS: dict[str, Callable[[Entry], Fact]] = {
    "answers": read_answer,
    "status": read_status,
    "pods": read_proof,
}
OTHER = "other"


def readers(settings: Settings) -> Readers:
    """Return what reads each kind of this carrier's tables, by channel."""
    known: dict[str, Reader] = {
        settings.channel(sheet): reading(_reader(sheet, settings)) for sheet in SHEETS
    }
    return known | {settings.channel(OTHER): reading(lambda *_: _unknown(settings))}


def sheet_of(name: str) -> str:
    """Return what kind of table a file is, by the beginning of its name."""
    kind = name.partition("-")[0].casefold()
    return kind if kind in SHEETS else OTHER


def _reader(sheet: str, settings: Settings) -> Reader:
    def read(body: bytes, receipt: Receipt) -> Reading:
        problems: list[Problem] = []
        entries = list(_entries(body, sheet, settings, receipt, problems))
        facts = _bills(entries, body, problems) if sheet == "bills" else _facts(entries, problems)
        known = {fact.key: fact for fact in facts}  # a row that stands twice is one fact
        return Reading(facts=tuple(known.values()), problems=tuple(_once(problems)))

    return read


def _entries(
    body: bytes, sheet: str, settings: Settings, receipt: Receipt, problems: list[Problem]
) -> Iterator[Entry]:
    """Yield the rows that can be parted into cells; what cannot is a problem."""
    layout = settings.file
    if body.count(b"\n") > layout.limits.lines + 1:  # before anything of it is held
        raise _too_long(settings)
    lines = Lines(split_lines([body], bytes_max=layout.limits.line_bytes))
    wanted = tuple(settings.heading(column) for column in NEEDED[sheet])
    heading = read_heading(lines, layout, wanted=wanted)
    for record in records(lines, layout, heading.delimiter):
        if record.is_blank:
            continue
        if record.line > layout.limits.lines:
            raise _too_long(settings)
        try:
            yield Entry(_row(record, heading, settings), sheet, settings, receipt)
        except Refused as error:
            problems.append(_problem(error, record.line, sheet, settings))


def _row(record: Record, heading: Heading, settings: Settings) -> Row:
    if record.fault is not None:
        fault = record.fault
        raise Refused(fault.text, column="", cause=fault.cause, remedy=fault.remedy)
    cells, expected = len(record.cells), len(heading.names)
    if cells != expected:
        text = f"{cells} cells stand where the heading has {expected}"
        remedy = "Look for a comma too many or too few, or for quotes that are missing."
        raise Refused(text, column="", cause="cells", remedy=remedy)
    return Row(record.line, record.cells, heading.places, settings.file.numbers)


def _facts(entries: list[Entry], problems: list[Problem]) -> Iterator[Fact]:
    for entry in entries:
        try:
            yield ROWS[entry.sheet](entry)
        except Refused as error:
            problems.append(_problem(error, entry.row.line, entry.sheet, entry.settings))
        except ValueError as error:  # a value that our own types refuse, such as too long a name
            problems.append(_impossible(error, entry))


def _bills(entries: list[Entry], body: bytes, problems: list[Problem]) -> Iterator[Fact]:
    file = digest(body)
    for rows in bills_of(entries):
        try:
            read = read_bill(rows, file=file)
        except ValueError as error:
            problems.append(_impossible(error, rows[0]))
            continue
        if isinstance(read, BillReceived):
            yield read
            read = tuple(unknown_charges(rows, read))
        for fault in read:
            entry = fault.entry
            problems.append(_problem(fault.error, entry.row.line, entry.sheet, entry.settings))


def _problem(error: Refused, line: int, sheet: str, settings: Settings) -> Problem:
    is_word = isinstance(error, UnknownWord)
    column, _, word = error.cause.partition(":")
    return Problem(
        kind=CaseKind.UNKNOWN_CODE if is_word else CaseKind.DEAD_LETTER,
        place=place(line, error.column),
        cause=f"{settings.channel(sheet)}:{error.cause}",
        text=f"Line {line}: {error}.",
        remedy=error.remedy,
        table=TABLE_OF_WORD.get(column, "") if is_word else "",
        code=word if is_word else "",
    )


def _impossible(error: ValueError, entry: Entry) -> Problem:
    return Problem(
        place=entry.place(),
        cause=f"{entry.settings.channel(entry.sheet)}:{type(error).__name__}",
        text=f"Line {entry.row.line} says what cannot be: {error}.",
        remedy="Ask the carrier for a corrected file, or enter it by hand.",
    )


def _once(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the first problem of each cause that one entry in the profile mends; all others."""
    seen: set[str] = set()
    for problem in sorted(problems, key=lambda one: _line_of(one.place)):
        if problem.kind is CaseKind.UNKNOWN_CODE:
            if problem.cause in seen:
                continue
            seen.add(problem.cause)
        yield problem


def _line_of(where: str) -> int:
    return int(where.split()[1])


def _too_long(settings: Settings) -> Unreadable:
    return Unreadable(
        f"the table has more than {settings.file.limits.lines:,} lines",
        place="line 1",
        cause=f"{settings.channel('file')}:too_long",
        remedy="Ask the carrier to cut it into several files.",
    )


def _unknown(settings: Settings) -> Reading:
    problem = Problem(
        place="line 1",
        cause=f"{settings.channel(OTHER)}:name",
        text="The name of this file does not say what it holds.",
        remedy=f"Ask the carrier to begin its name with one of {', '.join(SHEETS)}.",
    )
    return Reading(problems=(problem,))

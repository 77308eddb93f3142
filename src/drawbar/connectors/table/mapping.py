"""What a table says in our words: facts with the line and column they stand in, and problems. Pure.

Each line is taken or refused for itself; nothing that the mapping does not know is guessed.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from drawbar.connectors.reading import Reader, Readers, Unreadable
from drawbar.connectors.table.cell import Refused, Row, columns_of
from drawbar.connectors.table.heading import Heading, plain, read_heading
from drawbar.connectors.table.history import place, read_delivery
from drawbar.connectors.table.manifest import HistoryTable, OrderTable, Table
from drawbar.connectors.table.orders import check_alike, read_order
from drawbar.connectors.table.record import Fault, Lines, Record, records, split_lines
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.history import OrderRecorded
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading


class Lineful(Struct, frozen=True):
    """One line or one order after reading: its facts, or its problem."""

    facts: tuple[Fact, ...] = ()
    problem: Problem | None = None


def channel(table: Table) -> str:
    """Return the channel on which the lines of a mapping come in."""
    return f"table:{table.name}"


def readers(tables: Iterable[Table]) -> Readers:
    """Return a reader for the channel of each mapping."""
    return {channel(table): reader_of(table) for table in tables}


def reader_of(table: Table) -> Reader:
    """Return what reads the bytes of one mapping's channel."""

    def read(body: bytes, receipt: Receipt) -> Reading:
        return read_table(body, receipt, table)

    return read


def read_table(body: bytes, receipt: Receipt, table: Table) -> Reading:
    """Return the facts and problems of a table; orders first, as other facts speak of them."""
    try:
        heading = read_heading(Lines(_split(body, table)), table.file, wanted=table.columns)
    except Unreadable as error:
        return Reading(problems=(error.problem,))
    read = list(_read(_after(heading, body, table), heading, receipt, table))
    facts = [fact for one in read for fact in one.facts]
    orders_first = sorted(facts, key=lambda fact: not isinstance(fact, OrderRecorded))
    problems = tuple(one.problem for one in read if one.problem)
    return Reading(facts=tuple(orders_first), problems=problems)


def _after(heading: Heading, body: bytes, table: Table) -> Lines:
    """Return the lines after the heading; a slice's empty ones before them are only counted."""
    rest = body[len(heading.raw) :]
    filled = rest.lstrip(b"\n")
    first = heading.lines + 1 + len(rest) - len(filled)
    return Lines(_split(filled, table), first=first)


def _split(body: bytes, table: Table) -> Iterator[bytes]:
    return split_lines([body], bytes_max=table.file.limits.line_bytes)


def _read(lines: Lines, heading: Heading, receipt: Receipt, table: Table) -> Iterator[Lineful]:
    found = [one for one in records(lines, table.file, heading.delimiter) if not one.is_blank]
    if isinstance(table, HistoryTable):
        return _deliveries(found, heading, receipt, table)
    return _orders(found, heading, receipt, table)


def _deliveries(
    found: list[Record], heading: Heading, receipt: Receipt, table: HistoryTable
) -> Iterator[Lineful]:
    first_lines: dict[str, int] = {}
    for record in found:
        try:
            row = _row(record, heading, table)
            own = row.written(table.order_ref.column)
            first = first_lines.setdefault(own, row.line)
            if first != row.line:
                raise table.order_ref.refused(f"line {first} is about {own!r} already", "twice")
            yield Lineful(read_delivery(row, table, receipt))
        except Refused as error:
            yield Lineful(problem=_problem(error, record.line, table))


def _orders(
    found: list[Record], heading: Heading, receipt: Receipt, table: OrderTable
) -> Iterator[Lineful]:
    goods = columns_of(table.goods)
    common = tuple(column for column in heading.names if column and column not in goods)
    for order_ref, group in _by_order(found, heading, table).items():
        line = group[0].line
        try:
            rows = []
            for record in group:
                line = record.line
                rows.append(_row(record, heading, table))
            yield _order(rows, common, order_ref, receipt, table)
        except Refused as error:
            yield Lineful(problem=_problem(error, line, table))


def _order(
    rows: list[Row],
    common: tuple[str, ...],
    order_ref: str,
    receipt: Receipt,
    table: OrderTable,
) -> Lineful:
    check_alike(rows, common, order_ref)
    return Lineful((read_order(rows, table, receipt),))


def _by_order(found: list[Record], heading: Heading, table: OrderTable) -> dict[str, list[Record]]:
    """Return the lines of each order; a line too broken to name one stands alone."""
    at = heading.places[plain(table.order_ref.column)]
    groups: dict[str, list[Record]] = {}
    for record in found:
        cells = record.cells or _roughly(record, heading)
        named = cells[at].strip() if at < len(cells) else ""
        groups.setdefault(named or f"\0{record.line}", []).append(record)
    return groups


def _roughly(record: Record, heading: Heading) -> tuple[str, ...]:
    """Return the cells of a broken line well enough to see which order it may belong to."""
    text = record.raw.decode("latin-1")
    return tuple(cell.strip("\"' \r\n") for cell in text.split(heading.delimiter))


def _row(record: Record, heading: Heading, table: Table) -> Row:
    if record.fault is not None:
        raise _broken(record.fault, heading)
    cells, expected = len(record.cells), len(heading.names)
    if cells != expected:
        raise Refused(
            f"{cells} cells stand where the heading has {expected}",
            column="",
            cause="cells",
            remedy="Look for a delimiter too many or too few, or for quotes that are missing.",
        )
    return Row(record.line, record.cells, heading.places, table.file.numbers)


def _broken(fault: Fault, heading: Heading) -> Refused:
    column = heading.names[fault.column - 1] if 0 < fault.column <= len(heading.names) else ""
    return Refused(fault.text, column=column, cause=fault.cause, remedy=fault.remedy)


def _problem(error: Refused, line: int, table: Table) -> Problem:
    where = place(line, error.column)
    return Problem(
        kind=CaseKind.IMPORT_LINE,
        place=where,
        cause=f"{channel(table)}:{error.cause}",
        text=f"{where[0].upper()}{where[1:]}: {error}.",
        remedy=error.remedy,
    )

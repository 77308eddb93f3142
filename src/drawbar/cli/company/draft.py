"""A draft of the firm: everything that its files say, as far as it can be read, with its mistakes.

What cannot be read is left out, so that the rest can be looked over all the same.
"""

from posixpath import basename, join, normpath, splitext
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from drawbar.cli.company.files import CSV_BYTES_MAX, HEAD, Files, Head, PolicyFile, matching, strays
from drawbar.cli.company.mistake import Mistake, Path, Spot, clipped
from drawbar.cli.company.shape import shape_mistakes
from drawbar.cli.company.source import Sheet, Unusable, plain, read_toml, read_yaml
from drawbar.cli.company.table import Table
from drawbar.connectors.flat.layout import Layout
from drawbar.freight.contract import Contract
from drawbar.freight.exchange import ExchangeRate
from drawbar.freight.fuel import IndexPrice
from drawbar.freight.party import Carrier, Customer

T = TypeVar("T")
_TABLES: dict[str, str] = {"breaks": "breaks", "bands": "bands"}


class Filed(Struct, Generic[T]):
    """What one file says, with the sheet that knows where it says it."""

    file: str
    sheet: Sheet
    value: T


class Draft(Struct, kw_only=True):
    """Everything that could be read; ``policies`` are the files that make up the policy.

    ``used`` are the files that something reads, ``unread`` those that could not be understood,
    ``lacking`` the fields of a file that a table was to fill which could not be read.
    """

    files: Files
    mistakes: list[Mistake]
    head: Filed[Head] | None = None
    customers: list[Filed[Customer]] = []
    carriers: list[Filed[Carrier]] = []
    contracts: list[Filed[Contract]] = []
    policies: list[Filed[PolicyFile]] = []
    systems: list[Filed[dict[str, Any]]] = []
    layouts: list[Filed[Layout]] = []
    prices: list[Filed[IndexPrice]] = []
    rates: list[Filed[ExchangeRate]] = []
    used: set[str] = set()
    unread: set[str] = set()
    lacking: dict[str, set[str]] = {}


def drafted(files: Files) -> Draft:
    """Read every file. The order of ``files`` changes nothing."""
    draft = Draft(files=files, mistakes=[])
    _read_head(draft)
    draft.customers = _all(draft, "customers/*.yaml", Customer)
    draft.carriers = _all(draft, "partners/*.yaml", Carrier)
    draft.contracts = _all(draft, "contracts/*.yaml", Contract)
    draft.policies = _all(draft, "policies/*.yaml", PolicyFile)
    draft.layouts = _all(draft, "layouts/*.yaml", Layout)
    for file in (*matching(files, "systems/*.yaml"), *matching(files, "catalog/*.yaml")):
        sheet = _sheet(draft, file)
        if sheet is None:
            draft.unread.add(file)
        elif file.startswith("systems/"):
            draft.systems.append(Filed(file, sheet, _described(sheet.data, draft.layouts)))
    draft.prices = _rows(draft, "indices/*.csv", IndexPrice, "index")
    draft.rates = _rows(draft, "exchange/*.csv", ExchangeRate, "source")
    draft.mistakes.extend(strays(files, draft.used))
    return draft


def _described(told: dict[str, Any], layouts: list[Filed[Layout]]) -> dict[str, Any]:
    """Return what a system's file says, with the layouts of its flat files where it has such."""
    if told.get("connector") != "flat":
        return told
    known = {splitext(basename(one.file))[0]: one.sheet.data for one in layouts}
    return {**told, "described": known}


def _read_head(draft: Draft) -> None:
    if HEAD not in draft.files:
        what = "The file is missing."
        remedy = "Write name, zone and currency of the firm in it, or begin with drawbar init."
        draft.mistakes.append(Mistake(spot=Spot(HEAD), what=what, remedy=remedy))
        return
    draft.used.add(HEAD)
    try:
        sheet = read_toml(HEAD, draft.files[HEAD])
    except Unusable as error:
        draft.mistakes.append(error.mistake)
        return
    head = _converted(draft, sheet, Head)
    draft.head = None if head is None else Filed(HEAD, sheet, head)


def _all(draft: Draft, pattern: str, kind: type[T]) -> list[Filed[T]]:
    found = []
    for file in matching(draft.files, pattern):
        sheet = _sheet(draft, file)
        if sheet is not None and kind is Contract:
            _fill_in(draft, sheet)
        value = None if sheet is None else _converted(draft, sheet, kind)
        if sheet is None or value is None:
            draft.unread.add(file)
            draft.used.update(_named_in_vain(draft, file))
        else:
            found.append(Filed(file, sheet, value))
    return found


def _named_in_vain(draft: Draft, file: str) -> set[str]:
    """Return the tables that a file which could not be understood may have wanted."""
    beside, text = file.removesuffix("yaml"), draft.files[file]
    return {
        one
        for one in matching(draft.files, "contracts/*.csv")
        if one.startswith(beside) or basename(one).encode() in text
    }


def _sheet(draft: Draft, file: str) -> Sheet | None:
    draft.used.add(file)
    try:
        sheet = read_yaml(file, draft.files[file])
        plain(sheet)
    except Unusable as error:
        draft.mistakes.append(error.mistake)
        return None
    draft.mistakes.extend(sheet.mistakes)
    return sheet


def _converted(draft: Draft, sheet: Sheet, kind: type[T], data: Any = None) -> T | None:
    """Return what a sheet says as a ``kind``, or note every reason why it cannot be that."""
    data = sheet.data if data is None else data
    wrong = shape_mistakes(sheet, kind, data)
    draft.mistakes.extend(wrong)
    if wrong:
        return None
    try:
        return msgspec.convert(data, kind, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        what = f"{clipped(str(error), 200)}."
        draft.mistakes.append(Mistake(spot=sheet.spot(()), what=what, remedy="Mend it there."))
        return None


def _fill_in(draft: Draft, sheet: Sheet) -> None:
    """Put the tables of a contract in their places: those that it names, and those beside it."""
    stem = basename(sheet.file).removesuffix(".yaml")
    data = sheet.data
    if not data.get("lanes") and f"contracts/{stem}.lanes.csv" in draft.files:
        data["lanes"] = f"{stem}.lanes.csv"
    _named_tables(draft, sheet, data, ())
    for field in _TABLES:
        name = f"contracts/{stem}.{field}.csv"
        if name in draft.files and isinstance(data.get("lanes"), list):
            _join(draft, sheet, field, name)


def _named_tables(draft: Draft, sheet: Sheet, value: Any, path: Path) -> None:
    """Replace each name of a CSV file by its rows, wherever in the contract it stands."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in list(steps):
        here = (*path, step)
        if isinstance(inner, str) and inner.endswith(".csv") and step != "clause":
            table = _table(draft, sheet, normpath(join("contracts", inner)), here)
            value[step] = table.entries if table else []
            if table is None:
                draft.lacking.setdefault(sheet.file, set()).add(str(here[0]))
            else:
                sheet.spots.update(table.spots(here))
                sheet.columns[table.file] = table.columns
        if isinstance(value[step], dict | list):
            _named_tables(draft, sheet, value[step], here)


def _table(draft: Draft, sheet: Sheet | None, name: str, path: Path = ()) -> Table | None:
    draft.used.add(name)
    if name not in draft.files:
        assert sheet is not None, "a table beside its contract is there"
        what = f"There is no file {name}."
        remedy = "Put it beside the contract, or mend the name."
        spot = sheet.spot(path)
        draft.mistakes.append(Mistake(spot=spot, field=str(path[-1]), what=what, remedy=remedy))
        return None
    try:
        table = Table(name, draft.files[name][: CSV_BYTES_MAX + 1])
    except Unusable as error:
        draft.mistakes.append(error.mistake)
        return None
    draft.mistakes.extend(table.mistakes)
    return table


def _join(draft: Draft, sheet: Sheet, field: str, name: str) -> None:
    """Give each lane the rows that bear its clause."""
    table = _table(draft, sheet, name)
    if table is None:
        draft.lacking.setdefault(sheet.file, set()).add("lanes")
        return
    sheet.columns[name] = table.columns
    lanes = {
        lane.get("clause"): (place, lane)
        for place, lane in enumerate(sheet.data["lanes"])
        if isinstance(lane, dict)
    }
    for line, row in zip(table.lines, table.entries, strict=True):
        clause = row.pop("clause", "")
        place, lane = lanes.get(clause, (0, None))
        if lane is None:
            what = f"No lane of the contract has the clause {clipped(str(clause))!r}."
            remedy = "Write the clause of a lane in the column 'clause'."
            draft.mistakes.append(Mistake(spot=Spot(name, line), what=what, remedy=remedy))
            continue
        rows = lane.setdefault(field, [])
        if isinstance(rows, list):
            sheet.spots["lanes", place, field, len(rows)] = Spot(name, line, 1)
            rows.append(row)


def _rows(draft: Draft, pattern: str, kind: type[T], name: str) -> list[Filed[T]]:
    """Return each row of the tables of a pattern; ``name`` is that of the file where none is."""
    found = []
    for file in matching(draft.files, pattern):
        table = _table(draft, None, file)
        if table is None:
            draft.unread.add(file)
            continue
        stem = basename(file).removesuffix(".csv")
        for line, row in zip(table.lines, table.entries, strict=True):
            spots: dict[Path, Spot] = {(): Spot(file, line, 1)}
            sheet = Sheet(file, {name: stem} | row, spots, [], {file: table.columns})
            sheet.data.setdefault("known_at", _since(row))
            value = _converted(draft, sheet, kind)
            if value is None:
                draft.unread.add(file)
            else:
                found.append(Filed(file, sheet, value))
    return found


def _since(row: dict[str, Any]) -> str:
    """Return since when a figure is known where its row does not say: its publication, or day."""
    day = row.get("published_on") or row.get("price_on") or row.get("rate_on") or "1970-01-01"
    return f"{day}T00:00:00Z"


def named_in(draft: Draft, folder: str) -> set[str]:
    """Return the names of a folder's files that could not be understood: they are there."""
    files = (one for one in draft.unread if one.startswith(f"{folder}/"))
    return {splitext(basename(one))[0] for one in files}


def told_in_vain(draft: Draft, ref: str) -> bool:
    """Say whether a contract that could not be understood may be about ``ref``."""
    files = (one for one in draft.unread if one.startswith("contracts/"))
    return any(ref.encode() in draft.files[one] for one in files)

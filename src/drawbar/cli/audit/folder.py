"""Which file of a folder is what: by its name, else by its headings; EDI by its first letters."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from drawbar.cli.audit.heading import kind_by_headings
from drawbar.cli.audit.reading import TABLES
from drawbar.cli.audit.setting import Columns
from drawbar.cli.audit.source import BOOKS, RECORDS, Source, kind_by_name
from drawbar.cli.audit.text_table import open_table
from drawbar.cli.audit.unread import Refused, UnreadList

SETTINGS = frozenset({"columns.yaml", "codes.yaml", "tolerance.yaml", "drawbar.toml"})
COMPANY = frozenset(
    {"contracts", "partners", "customers", "policies", "systems", "catalog", "indices", "exchange"}
)
TEXTS = frozenset({".csv", ".tsv", ".txt", ".tab"})
_SILENT = frozenset({".md", ".html", ".css", ".rst", ".log"})
FILES_MAX = 10_000


class Found(Struct, kw_only=True):
    """The files of a folder: tables to be read in this order, and EDI."""

    tables: list[Source] = []
    edi: list[Source] = []
    unused: list[str] = []


def files_in(folder: Path, columns: Columns, unread: UnreadList) -> Found:
    """Return what is in a folder; a file that nobody can place is noted."""
    found = Found(tables=[], edi=[], unused=[])
    for path in _paths(folder, unread):
        name = path.relative_to(folder).as_posix()
        source = _placed(path, name, columns, unread)
        if source is None:
            found.unused.append(name)
        elif source.kind == "edi":
            found.edi.append(source)
        else:
            found.tables.append(source)
    turn = {kind: number for number, kind in enumerate(TABLES)}
    found.tables.sort(key=lambda one: (turn.get(one.kind, -1), one.name))
    return found


def _paths(folder: Path, unread: UnreadList) -> Iterator[Path]:
    seen: dict[tuple[int, bytes], str] = {}
    paths = sorted(one for one in folder.rglob("*") if one.is_file() and _is_ours(one, folder))
    if len(paths) > FILES_MAX:
        error = Refused(
            f"{len(paths):,} files; the first {FILES_MAX:,} are read",
            remedy="Join them, or audit a part of the folder at a time.",
        )
        unread.add(".", "", error)
    for path in paths[:FILES_MAX]:
        key = (path.stat().st_size, _digest(path))
        twin = seen.setdefault(key, path.relative_to(folder).as_posix())
        name = path.relative_to(folder).as_posix()
        if twin == name or not key[0]:
            yield path
            continue
        error = Refused(
            f"the same as {twin}, byte for byte: read once", remedy="Nothing need be done."
        )
        unread.note(name, "", error)


def _is_ours(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    if any(part.startswith((".", "~$")) for part in parts) or path.name in SETTINGS:
        return False
    return parts[0] not in COMPANY and path.suffix.casefold() not in _SILENT


def _digest(path: Path) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.digest()


def _placed(path: Path, name: str, columns: Columns, unread: UnreadList) -> Source | None:
    suffix = path.suffix.casefold()
    try:
        if _is_edi(path):
            return Source(path=path, name=name, kind="edi")
        if suffix in BOOKS:
            return Source(path=path, name=name, kind=kind_by_name(path.stem))
        if suffix in TEXTS | RECORDS:
            kind = kind_by_name(path.stem) or _by_content(path, name, columns)
            if kind:
                return Source(path=path, name=name, kind=kind)
    except Refused as refusal:
        unread.add(name, "", refusal)
        return None
    except OSError as fault:
        unread.add(name, "", Refused(f"cannot be opened: {fault.strerror}", remedy="Check it."))
        return None
    error = Refused(
        "nothing says what is in this file",
        remedy="Call it shipments, stops, goods, events, approvals or bills.",
    )
    note = unread.add if suffix in TEXTS | RECORDS | BOOKS else unread.note
    note(name, "", error)
    return None


def _is_edi(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    return re.match(rb"ISA[^A-Za-z0-9\s]", start) is not None


def _by_content(path: Path, name: str, columns: Columns) -> str:
    if path.suffix.casefold() not in TEXTS:
        return ""
    return kind_by_headings(open_table(path, "", columns.of_file(name)).headings)

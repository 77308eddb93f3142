"""Read what carriers have in their books of the firm: its tenders, and its word about their bills.

Carriers keep books of different kinds; one without a table of loads says nothing here.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from drawbar.world.score.evidence import Notice, Tendered

LETTERS = ("mail/*/notices/*.txt", "*/read/*.txt", "*/unreadable/*.txt")
"""Where letters lie: in a carrier's letter box, or where it put what it took out of it."""

WHAT = ("stops", "pieces", "pay")
WANTED = {"tender", "body", "state", "messages"}
NOTICE = re.compile(r"^Freight bill (?P<number>.+) of (?P<carrier>\S+)\s*$", re.MULTILINE)
"""How a letter of the firm begins that says what of a bill is not paid."""


def opened(file: Path) -> sqlite3.Connection:
    """Open a file of SQLite so that nothing in it can change."""
    db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    return db


def tenders_in(folder: Path) -> Iterator[Tendered]:
    """Yield the tenders of every carrier's book in a world's folder, book by book."""
    for file in sorted(folder.glob("*/*.sqlite")):
        with closing(opened(file)) as db:
            columns = {row["name"] for row in db.execute("PRAGMA table_info(load)")}
            if columns >= WANTED:
                for row in db.execute("SELECT * FROM load ORDER BY tender"):
                    yield _tendered(file.parent.name, row)


def notices_in(folder: Path) -> Iterator[Notice]:
    """Yield the firm's letters about bills, from the tables and the folders of carriers."""
    for file in sorted(folder.glob("*/*.sqlite")):
        with closing(opened(file)) as db:
            columns = {row["name"] for row in db.execute("PRAGMA table_info(notice)")}
            if "body" in columns:
                for row in db.execute("SELECT body FROM notice ORDER BY rowid"):
                    yield from _notices(str(row["body"]))
    for place in LETTERS:
        for letter in sorted(folder.glob(place)):
            yield from _notices(letter.read_text("utf-8", "replace"))


def _notices(text: str) -> Iterator[Notice]:
    for told in NOTICE.finditer(text):
        yield Notice(carrier=told["carrier"], number=told["number"])


def _tendered(book: str, row: sqlite3.Row) -> Tendered:
    load: dict[str, Any] = msgspec.json.decode(row["body"])
    was_cancelled = row["state"] == "cancelled"
    return Tendered(
        book=book,
        tender=row["tender"],
        shipment=load.get("shipment", ""),
        names=tuple(load.get("names", ())),
        purpose=load.get("purpose", ""),
        state=row["state"],
        offers=row["messages"] - was_cancelled,
        wants=msgspec.json.encode([load.get(name) for name in WHAT]).decode(),
    )

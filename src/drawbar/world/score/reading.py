"""Read the evidence of a world from its folder: the truth, the ERP's file, the carriers' files.

Everything is opened for reading only; what a world has not is taken as empty.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from drawbar.world.erp.document import Posting
from drawbar.world.score.books import notices_in, opened, tenders_in
from drawbar.world.score.evidence import Booked, Evidence, LedgerLine, Paid
from drawbar.world.truth import read_truth


class NotAWorld(ValueError):
    """The folder lacks the truth or the ERP's books. Name the folder of a world that has run."""


class NotALedger(ValueError):
    """A line of a ledger file cannot be read. Mend the line that the message names."""


def read_evidence(folder: Path, ledger: Path | None) -> Evidence:
    """Return what ``folder`` holds. Raise ``NotAWorld``, ``NotTheTruth`` or ``NotALedger``."""
    truth, books = folder / "truth.jsonl", folder / "erp" / "erp.sqlite"
    missing = [str(file.relative_to(folder)) for file in (truth, books) if not file.is_file()]
    if missing:
        raise NotAWorld(f"{folder}: there is no {' and no '.join(missing)}")
    with closing(opened(books)) as db:
        documents, payments = tuple(_documents(db)), tuple(_payments(db))
    return Evidence(
        truth=read_truth(truth.read_bytes()),
        documents=documents,
        payments=payments,
        tenders=tuple(tenders_in(folder)),
        notices=tuple(notices_in(folder)),
        ledger=None if ledger is None else read_ledger(ledger.read_bytes()),
    )


def read_ledger(body: bytes) -> tuple[LedgerLine, ...]:
    """Return the lines of an exported ledger, one JSON object a line. Raise ``NotALedger``."""
    decoder = msgspec.json.Decoder(LedgerLine)
    found = []
    for number, line in enumerate(body.splitlines(), start=1):
        if line.strip():
            try:
                found.append(decoder.decode(line))
            except msgspec.DecodeError as error:
                raise NotALedger(f"line {number}: {error}") from error
    return tuple(found)


def _documents(db: sqlite3.Connection) -> Iterator[Booked]:
    """Yield documents by number; where a payment overwrote the stamp, with that of the next."""
    query = (
        "SELECT d.*, (SELECT count(*) FROM payment p WHERE p.document = d.id) AS payments"
        " FROM document d ORDER BY d.id DESC"
    )
    after: str | None = None
    found = []
    for row in db.execute(query):
        is_kept = row["state"] == "posted" and not row["payments"]
        at = row["stamp"] if is_kept else min(row["stamp"], after or row["stamp"])
        after = row["stamp"] if is_kept else after
        found.append(_booked(row, at))
    yield from reversed(found)


def _booked(row: sqlite3.Row, at: str) -> Booked:
    return Booked(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        number=row["number"],
        reference=row["reference"],
        origin=row["origin"],
        subject=row["subject"],
        party=row["party"],
        currency=row["currency"],
        total=Decimal(row["total"]),
        lines=msgspec.json.decode(row["lines"], type=tuple[Posting, ...]),
        posted_at=datetime.fromisoformat(at),
    )


def _payments(db: sqlite3.Connection) -> Iterator[Paid]:
    for row in db.execute("SELECT * FROM payment ORDER BY id"):
        yield Paid(
            document=row["document"] or 0,
            party=row["party"],
            amount=Decimal(row["amount"]),
            currency=row["currency"],
        )

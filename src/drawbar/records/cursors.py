"""Cursors on file: how far each flow of each system has been read."""

from datetime import datetime

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("cursors")


def position_of(cursor: Rows, system: str, flow: str) -> str:
    """Return how far we have read; empty before the first time."""
    row = cursor.execute(_SQL["position"], {"system": system, "flow": flow}).fetchone()
    return str(row[0]) if row else ""


def positions(cursor: Rows) -> dict[tuple[str, str], str]:
    """Return how far every flow that was ever read has been read, by its system and name."""
    return {(system, flow): at for system, flow, at in cursor.execute(_SQL["positions"])}


def move(cursor: Rows, system: str, flow: str, *, old: str, new: str, at: datetime) -> bool:
    """Move from ``old`` to ``new``; false when another moved it meanwhile."""
    values = {"system": system, "flow": flow, "old": old, "new": new, "at": at}
    return cursor.execute(_SQL["move"], values).rowcount == 1

"""The ERP's own page: what stands in its books, for whoever wants to see it with their own eyes."""

import sqlite3
from html import escape

from drawbar.world.exchange import Answer, Request
from drawbar.world.store import Store

COLUMNS = ("number", "kind", "state", "party", "reference", "total", "open", "currency", "dated")
_TOP = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Small ERP</title>"
    "<style>body{font:14px system-ui;margin:2rem}td,th{padding:.2rem .8rem;text-align:left}"
    "tr:nth-child(even){background:#f4f4f4}</style><h1>Documents in the books</h1>"
)


class BooksPage:
    """A list of documents, newest first."""

    def __init__(self, store: Store) -> None:
        """Show what is in ``store``."""
        self._store = store

    def answer(self, _: Request) -> Answer:
        """Return the page."""
        rows = self._store.rows("SELECT * FROM document ORDER BY id DESC LIMIT 500")
        head = "".join(f"<th>{name}" for name in COLUMNS)
        body = "".join(map(_row, rows))
        page = f"{_TOP}<table><tr>{head}{body}</table></html>"
        return Answer(body=page.encode(), content_type="text/html; charset=utf-8")


def _row(row: sqlite3.Row) -> str:
    return "<tr>" + "".join(f"<td>{escape(str(row[name]))}" for name in COLUMNS)

"""Where an entry stands in the books: in which open period, and on whose cost centres.

What comes after its period was closed is posted on the first open day; its document keeps its date.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import structs

from drawbar.freight.ledger import RESULT, Entry, EntryLine
from drawbar.freight.money import split

Shares = Mapping[str, Decimal]
"""Cost centre -> weight; 60 and 40 are the same as 3 and 2."""


def posted(entry: Entry, *, open_from: date | None) -> Entry:
    """Return the entry on its own day, or on ``open_from`` where that day is closed."""
    if open_from is None or entry.document_on >= open_from:
        return entry
    return structs.replace(entry, posted_on=open_from)


def shared_out(entry: Entry, shares: Shares) -> Entry:
    """Return the entry with cost and revenue split over cost centres, exact to the cent.

    Without ``shares`` it stays as it is. Balances of the firm, such as payables, are not split.
    """
    if not shares:
        return entry
    lines = (part for line in entry.lines for part in _parts(line, shares))
    return structs.replace(entry, lines=tuple(lines))


def _parts(line: EntryLine, shares: Shares) -> tuple[EntryLine, ...]:
    if line.account not in RESULT or line.cost_centre:
        return (line,)
    return tuple(
        EntryLine(account=line.account, money=money, cost_centre=centre)
        for centre, money in split(line.money, weights=shares).items()
        if money.amount
    )

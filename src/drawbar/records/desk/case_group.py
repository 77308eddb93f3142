"""Open cases by their cause: how many one answer would end, and the money that hangs on it."""

from datetime import datetime

from msgspec import Struct

from drawbar.freight.money import Money
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("case_desk")


class CaseGroup(Struct, frozen=True, kw_only=True):
    """Cases of one kind and cause. ``money`` is None where it is unknown or in two currencies.

    ``unpriced`` counts the cases whose money is not known; ``text`` is what one of them says.
    """

    kind: str
    cause: str
    owner: str
    count: int
    due_at: datetime
    money: Money | None
    unpriced: int
    first_case: int
    text: str


def case_groups(
    cursor: Rows, *, kind: str = "", owner: str = "", limit: int = 100
) -> tuple[CaseGroup, ...]:
    """Return the groups of open cases, the largest first. A case without a cause stands alone."""
    rows = cursor.execute(_SQL["groups"], {"kind": kind, "owner": owner, "limit": limit})
    return tuple(
        CaseGroup(
            kind=row[0],
            cause=row[1],
            owner=row[2],
            count=row[3],
            due_at=row[4],
            money=Money(row[5], row[6]) if row[5] is not None else None,
            unpriced=row[7],
            first_case=row[8],
            text=row[9],
        )
        for row in rows
    )


def bills_of_group(cursor: Rows, *, kind: str, cause: str, limit: int) -> tuple[str, ...]:
    """Return the freight bills that the cases of one group are about, the oldest case first."""
    asked = {"kind": kind, "cause": cause, "limit": limit}
    return tuple(row[0] for row in cursor.execute(_SQL["group_of_bills"], asked))

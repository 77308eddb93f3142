"""The rows of a board: what somebody asked for, in one of its orders, a leaf at a time.

A condition is built here and nowhere else, so no text of an address ever becomes a statement.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, LiteralString

from msgspec import Struct
from psycopg import sql

from drawbar.records.desk.listing import Leaf, Listing
from drawbar.records.sheet import Rows

COUNT_MAX = 100_000
_TRUE = sql.SQL("true")
_LEAF_ROWS = 1000
_LAST = {"numeric": "-1", "timestamptz": "infinity", "text": ""}
"""Where a row without a value stands: after all others, in either direction."""


class Condition(Struct, frozen=True):
    """What a row must fulfil. ``values`` are in the order of the statement's places."""

    statement: sql.Composable
    values: tuple[Any, ...] = ()


class Order(Struct, frozen=True, kw_only=True):
    """An order of a list: by ``column``, the newest of equals first; by its key where empty."""

    column: str = ""
    kind: str = "text"
    down: bool = True


class Asked(Struct, frozen=True, kw_only=True):
    """What somebody wants to see of a list."""

    conditions: tuple[Condition, ...] = ()
    order: Order = Order()


Place = tuple[str, Any]
"""Where a leaf ends: the value that it is ordered by, as text, and the key of the row."""


def same(column: str, value: str) -> Condition:
    """Return the rows that have exactly this value."""
    return Condition(sql.SQL("{} = %s").format(sql.Identifier(column)), (value,))


def among(column: str, values: Sequence[str]) -> Condition:
    """Return the rows that have one of these values."""
    return Condition(sql.SQL("{}::text = ANY(%s)").format(sql.Identifier(column)), (list(values),))


def contains(columns: Sequence[str], text: str) -> Condition:
    """Return the rows in which any of the columns contains the text, in capitals or not."""
    found = [sql.SQL("{} ILIKE %s").format(sql.Identifier(column)) for column in columns]
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    either = sql.SQL("({})").format(sql.SQL(" OR ").join(found))
    return Condition(either, (pattern,) * len(columns))


def between(column: str, *, since: datetime | None, until: datetime | None) -> Condition:
    """Return the rows whose instant lies in [since, until); None is no bound."""
    name = sql.Identifier(column)
    bounds = [(" >= %s", since), (" < %s", until)]
    parts: list[sql.Composable] = [
        sql.SQL("{}" + sign).format(name) for sign, at in bounds if at is not None
    ]
    return Condition(
        sql.SQL("({})").format(sql.SQL(" AND ").join(parts or [_TRUE])),
        tuple(at for _, at in bounds if at is not None),
    )


def any_of(*conditions: Condition) -> Condition:
    """Return the rows that fulfil one of the conditions."""
    return _joined(" OR ", conditions)


def all_of(*conditions: Condition) -> Condition:
    """Return the rows that fulfil every one of the conditions."""
    return _joined(" AND ", conditions)


def none_of(column: str, values: Sequence[str]) -> Condition:
    """Return the rows that have none of these values."""
    return Condition(sql.SQL("{} <> ALL(%s)").format(sql.Identifier(column)), (list(values),))


def rows(
    cursor: Rows, listing: Listing, asked: Asked, *, after: Place | None = None, limit: int = 50
) -> Leaf:
    """Return the next rows; ``last`` is a ``Place``, None at the end."""
    wanted = (
        asked.conditions if after is None else (*asked.conditions, _past(listing, asked, after))
    )
    where, values = _where(listing, wanted)
    down = sql.SQL("DESC" if asked.order.down else "ASC")
    statement = sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT %s").format(
        sql.SQL(", ").join(map(sql.Identifier, listing.columns)),
        sql.Identifier(listing.table),
        where,
        sql.SQL(", ").join(sql.SQL("{} {}").format(key, down) for key in _keys(listing, asked)),
    )
    found = [
        dict(zip(listing.columns, row, strict=True))
        for row in cursor.execute(statement, [*values, limit + 1]).fetchall()
    ]
    more = len(found) > limit
    return Leaf(rows=found[:limit], last=_place(listing, asked, found[limit - 1]) if more else None)


def every_row(cursor: Rows, listing: Listing, asked: Asked) -> Iterator[dict[str, Any]]:
    """Yield every row, however many there are, a leaf at a time."""
    after: Place | None = None
    while True:
        leaf = rows(cursor, listing, asked, after=after, limit=_LEAF_ROWS)
        yield from leaf.rows
        after = leaf.last
        if after is None:
            return


def count(cursor: Rows, listing: Listing, asked: Asked) -> int:
    """Return how many rows there are; ``COUNT_MAX`` stands for that many or more."""
    where, values = _where(listing, asked.conditions)
    statement = sql.SQL("SELECT count(*) FROM (SELECT FROM {} WHERE {} LIMIT %s) AS found").format(
        sql.Identifier(listing.table), where
    )
    counted = cursor.execute(statement, [*values, COUNT_MAX]).fetchone()
    assert counted is not None
    return int(counted[0])


def was_any(cursor: Rows, listing: Listing) -> bool:
    """Say whether the list ever had a row, also one that is settled by now."""
    statement = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(listing.table))
    found = cursor.execute(statement).fetchone()
    assert found is not None
    return bool(found[0])


def _joined(word: LiteralString, conditions: Sequence[Condition]) -> Condition:
    joined = sql.SQL(word).join(condition.statement for condition in conditions)
    values = tuple(value for condition in conditions for value in condition.values)
    return Condition(sql.SQL("({})").format(joined), values)


def _where(
    listing: Listing, conditions: Sequence[Condition]
) -> tuple[sql.Composable, tuple[Any, ...]]:
    statements = [sql.SQL(listing.only), *(each.statement for each in conditions)]
    values = tuple(value for each in conditions for value in each.values)
    return sql.SQL(" AND ").join(statements), values


def _keys(listing: Listing, asked: Asked) -> list[sql.Composable]:
    """Return what the rows are ordered by; the key of the list makes it one order."""
    key: sql.Composable = sql.Identifier(listing.order)
    if not asked.order.column:
        return [key]
    value = sql.SQL("coalesce({}, {})").format(
        sql.Identifier(asked.order.column), _typed(asked.order)
    )
    return [value, key]


def _typed(order: Order) -> sql.Composable:
    last = "-infinity" if order.kind == "timestamptz" and order.down else _LAST[order.kind]
    return sql.SQL("{}::" + order.kind).format(sql.Literal(last))


def _past(listing: Listing, asked: Asked, after: Place) -> Condition:
    sign = sql.SQL("<" if asked.order.down else ">")
    keys = sql.SQL(", ").join(_keys(listing, asked))
    value, key = after
    if not asked.order.column:
        return Condition(sql.SQL("({}) {} (%s)").format(keys, sign), (key,))
    place = sql.SQL("(coalesce(%s::{kind}, {last}), %s)").format(
        kind=sql.SQL(asked.order.kind),
        last=_typed(asked.order),
    )
    return Condition(sql.SQL("({}) {} {}").format(keys, sign, place), (value or None, key))


def _place(listing: Listing, asked: Asked, row: dict[str, Any]) -> Place:
    value = row[asked.order.column] if asked.order.column else None
    return ("" if value is None else str(value), row[listing.order])

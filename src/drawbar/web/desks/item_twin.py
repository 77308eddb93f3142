"""The twin of a page as a spreadsheet: what its data twin lists, an item to a row.

The columns follow from the type of the items, so a page and its sheet cannot say different things.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from litestar.response import Stream
from msgspec import Struct

from drawbar.web.api.v1.term import AmountV1
from drawbar.web.desks.csv_twin import Named, csv_twin

_KINDS: dict[Any, str] = {int: "integer", date: "date", datetime: "utc", Decimal: "decimal"}


def items_twin(name: str, kind: type[Struct], items: Iterable[Struct]) -> Stream:
    """Return items of one ``kind`` as a file; an amount has its currency in a column beside it."""
    return csv_twin(name, columns_of(kind), map(row_of, items))


def columns_of(kind: type[Struct]) -> list[Named]:
    """Return the columns of items of one kind, in the order of its fields."""
    return [column for field in _fields(kind) for column in field.columns]


def row_of(item: Struct) -> dict[str, Any]:
    """Return an item by the names of the columns of its kind."""
    row: dict[str, Any] = {}
    for field in _fields(type(item)):
        value = getattr(item, field.name)
        if len(field.columns) == 1:
            row[field.name] = _worded(value)
            continue
        amount, currency = field.columns
        row[amount.name] = None if value is None else value.money().amount
        row[currency.name] = None if value is None else value.currency
    return row


class _Field(Struct, frozen=True):
    name: str
    columns: tuple[Named, ...]


@cache
def _fields(kind: type[Struct]) -> tuple[_Field, ...]:
    return tuple(_fields_of(kind))


def _fields_of(kind: type[Struct]) -> Iterator[_Field]:
    hints = get_type_hints(kind)
    for name in kind.__struct_fields__:
        plain = _bare(hints[name])
        if isinstance(plain, type) and issubclass(plain, AmountV1):
            currency = "currency" if name == "money" else f"{name}_currency"
            yield _Field(name, (Named(_amount(name), "decimal"), Named(currency)))
        else:
            yield _Field(name, (Named(name, _KINDS.get(plain, "text")),))


def _amount(name: str) -> str:
    return "amount" if name == "money" else name


def _worded(value: Any) -> Any:
    """Return what stands in one cell: several amounts or words one after the other."""
    if isinstance(value, AmountV1):
        return f"{value.amount} {value.currency}"
    if isinstance(value, tuple | list):
        return "; ".join(str(_worded(one)) for one in value)
    return value


def _bare(kind: Any) -> Any:
    """Return a type without "or nothing"."""
    if get_origin(kind) in (Union, UnionType):
        some = [one for one in get_args(kind) if one is not type(None)]
        return some[0] if len(some) == 1 else kind
    return kind

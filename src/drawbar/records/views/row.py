"""Rows as people's words: each column becomes the field of its name."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

from drawbar.records.sheet import Rows

T = TypeVar("T", bound=Struct)


def read(cursor: Rows, kind: type[T], statement: bytes, values: Mapping[str, object]) -> list[T]:
    """Return what ``statement`` finds; its columns bear the names of the fields of ``kind``."""
    cursor.execute(statement, values)
    names = [column.name for column in cursor.description or ()]
    return [kind(**dict(zip(names, row, strict=True))) for row in cursor]

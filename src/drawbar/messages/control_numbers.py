"""Control numbers of what goes out: drawn when the bytes are made, once for each delivery.

Drawing, making the bytes and keeping them is one transaction, so neither a crash nor another try
burns a number or gives it twice; what cannot be put into bytes draws none.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from drawbar.freight.control_number import (
    INTERCHANGE,
    ControlNumbers,
    following,
    group_series,
)
from drawbar.messages.queue import Claimed
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("control_numbers")


class _Series(Struct):
    """A series while it is locked."""

    era: int
    last: int


class Drawing:
    """The control numbers of deliveries that are claimed together, for one system."""

    def __init__(
        self,
        cursor: Rows,
        claimed: Sequence[Claimed],
        *,
        system: str,
        types: Mapping[str, str],
        now: datetime,
    ) -> None:
        """Lock what is needed. ``types`` says by kind of delivery in which type of group it goes.

        Another that draws for this system waits until the transaction ends.
        """
        self._cursor, self._system, self._types, self._now = cursor, system, types, now
        numbered = [one for one in claimed if one.kind in types]
        self._given = _given(cursor, numbered)
        new = [one for one in numbered if one.delivery_id not in self._given]
        self._series = _lock(cursor, system, {self._group(one) for one in new})

    def numbers(self, one: Claimed) -> ControlNumbers | None:
        """Return the numbers of a delivery, the next ones for a new one; None if it needs none."""
        if one.kind not in self._types:
            return None
        known = self._given.get(one.delivery_id)
        if known is not None:
            return ControlNumbers(
                group_type=self._types[one.kind],
                interchange=known[INTERCHANGE],
                group=known[self._group(one)],
            )
        return ControlNumbers(
            group_type=self._types[one.kind],
            interchange=following(self._series[INTERCHANGE].last),
            group=following(self._series[self._group(one)].last),
        )

    def give(self, one: Claimed) -> None:
        """Give a delivery the numbers that it was told; it keeps them for ever."""
        if one.kind not in self._types or one.delivery_id in self._given:
            return
        names = (self._group(one), INTERCHANGE)
        self._given[one.delivery_id] = {name: self._draw(one, name) for name in names}

    def _draw(self, one: Claimed, name: str) -> int:
        series = self._series[name]
        number = following(series.last)
        series.era += number < series.last
        series.last = number
        values = {
            "system": self._system,
            "direction": "out",
            "series": name,
            "era": series.era,
            "last": number,
            "number": number,
            "delivery_id": one.delivery_id,
            "now": self._now,
        }
        self._cursor.execute(_SQL["move"], values)
        self._cursor.execute(_SQL["give"], values)
        return number

    def _group(self, one: Claimed) -> str:
        return group_series(self._types[one.kind])


def given_to(cursor: Rows, delivery_id: int) -> ControlNumbers | None:
    """Return the numbers that a delivery went out under, None where it has none."""
    rows = cursor.execute(_SQL["given"], {"delivery_ids": [delivery_id]})
    known = {series: number for _, series, number in rows}
    group = next((name for name in known if name != INTERCHANGE), None)
    if group is None:
        return None
    return ControlNumbers(
        group_type=group.removeprefix(group_series("")),
        interchange=known[INTERCHANGE],
        group=known[group],
    )


def _given(cursor: Rows, numbered: Sequence[Claimed]) -> dict[int, dict[str, int]]:
    again = [one.delivery_id for one in numbered if one.attempts > 1]
    given: dict[int, dict[str, int]] = {}
    if again:
        for delivery_id, series, number in cursor.execute(_SQL["given"], {"delivery_ids": again}):
            given.setdefault(delivery_id, {})[series] = number
    return given


def _lock(cursor: Rows, system: str, groups: set[str]) -> dict[str, _Series]:
    if not groups:
        return {}
    asked = {"system": system, "direction": "out", "series": sorted({INTERCHANGE, *groups})}
    rows = cursor.execute(_SQL["lock"], asked).fetchall()
    if len(rows) < len(asked["series"]):
        cursor.execute(_SQL["begin"], asked)
        rows = cursor.execute(_SQL["lock"], asked).fetchall()
    return {series: _Series(era, last) for series, era, last in rows}

"""What can be chosen on a board: its name in the address, and which rows it leaves.

A choice stands in the address, so a page that somebody sends to a colleague shows the same.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from litestar import Request
from msgspec import Struct

from drawbar.freight.instant import local_day, utc, zone
from drawbar.records.desk.board import Condition, all_of, any_of, between, contains
from drawbar.records.desk.board import same as same_value
from drawbar.web.problem import Refusal, problem

_FIT = re.compile(r"[^\x00-\x1f\x7f]{0,60}")
_TOWARDS = re.compile(r"\s*(?:→|->|>)\s*")


class Today(Struct, frozen=True, kw_only=True):
    """When somebody asks, and on which clock their days begin."""

    now: datetime
    zone: str

    def begins(self, day: date) -> datetime:
        """Return the instant at which a day begins."""
        return utc(datetime.combine(day, time(), zone(self.zone)))

    def days(self, count: int) -> tuple[datetime, datetime]:
        """Return when today begins, and when the last of ``count`` days ends."""
        today = local_day(self.now, self.zone)
        return self.begins(today), self.begins(today + timedelta(days=count))


Test = Callable[[str, Today], Condition]


class Choice(Struct, frozen=True, kw_only=True):
    """A filter. ``field`` is how it is written: "text", "date", or one of ``options``."""

    name: str
    label: str
    test: Test
    options: tuple[str, ...] = ()
    field: str = "text"


class Chosen(Struct, frozen=True, kw_only=True):
    """A filter with what is chosen now."""

    name: str
    label: str
    value: str
    options: tuple[str, ...]
    field: str
    condition: Condition | None


def chosen(choice: Choice, request: Request[Any, Any, Any], today: Today) -> Chosen:
    """Return what the address says of a choice. Raise ``Refusal`` where it makes no sense."""
    value = request.query_params.get(choice.name, "").strip()
    if not _FIT.fullmatch(value):
        raise Refusal(problem(400, "unfit-parameter", f"No {choice.label} is called like that."))
    return Chosen(
        name=choice.name,
        label=choice.label,
        value=value,
        options=choice.options,
        field=choice.field,
        condition=choice.test(value, today) if value else None,
    )


def same(name: str, label: str, column: str, options: tuple[str, ...] = ()) -> Choice:
    """Return the choice of one value of a column."""
    return Choice(
        name=name, label=label, options=options, test=lambda value, _: same_value(column, value)
    )


def words(*columns: str, label: str = "text") -> Choice:
    """Return the choice of rows in which a text stands anywhere."""
    return Choice(name="q", label=label, test=lambda value, _: contains(columns, value))


def lane(origin: str, destination: str) -> Choice:
    """Return the choice of a lane: "Dallas", or "Dallas > Chicago" for both ends."""

    def test(value: str, _: Today) -> Condition:
        ends = [end for end in _TOWARDS.split(value, maxsplit=1) if end]
        if len(ends) < 2:
            return contains((origin, destination), ends[0] if ends else "")
        return all_of(contains((origin,), ends[0]), contains((destination,), ends[1]))

    return Choice(name="lane", label="lane", test=test)


def due(options: Mapping[str, Test]) -> Choice:
    """Return the choice of what is due when."""

    def test(value: str, today: Today) -> Condition:
        if value not in options:
            raise Refusal(problem(400, "unfit-parameter", f"Nothing is due {value!r}."))
        return options[value](value, today)

    return Choice(name="due", label="due", options=tuple(options), test=test)


def overdue(column: str) -> Test:
    """Return the test for an instant that is past."""
    return lambda _, today: between(column, since=None, until=today.now)


def within_days(count: int, *columns: str) -> Test:
    """Return the test for any of the instants to lie in the ``count`` days that begin today."""

    def test(_: str, today: Today) -> Condition:
        since, until = today.days(count)
        return any_of(*(between(column, since=since, until=until) for column in columns))

    return test


def days(column: str, label: str) -> tuple[Choice, Choice]:
    """Return the choices of a first and a last day."""
    return (
        Choice(
            name="from",
            label=f"{label} from",
            field="date",
            test=lambda value, today: between(column, since=today.begins(_day(value)), until=None),
        ),
        Choice(
            name="to",
            label=f"{label} to",
            field="date",
            test=lambda value, today: between(
                column, since=None, until=today.begins(_day(value) + timedelta(days=1))
            ),
        ),
    )


def both(first: Test, second: Test) -> Test:
    """Return the test for both."""
    return lambda value, today: all_of(first(value, today), second(value, today))


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refusal(problem(400, "unfit-parameter", f"There is no day {value}.")) from None

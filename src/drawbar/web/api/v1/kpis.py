"""Measures over HTTP: each figure with its definition, in parts, and the rows that it counts."""

from datetime import date, datetime, timedelta
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter
from msgspec import Struct

from drawbar.freight.instant import Instant, zone
from drawbar.kpis.breakdown import Dimension
from drawbar.records.desk.behind import Behind
from drawbar.records.desk.kpi_rows import Cohort, cohort
from drawbar.records.desk.measure import MEASURES, Measure, Reading, in_parts, reading
from drawbar.records.desk.reads import Reads
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import Refusal, problem, unknown
from drawbar.web.settings import WebSettings

DAYS_SHOWN = 30
LONGEST_DAYS = 400
Day = Annotated[str, QueryParameter(pattern=r"^(\d{4}-\d{2}-\d{2})?$", max_length=10)]
By = Annotated[str, QueryParameter(max_length=20)]


class ReadingV1(Struct, frozen=True, kw_only=True):
    """What a measure comes to: ``value`` exact as text, empty of nothing; ``base`` is of how many.

    ``part`` names the part of a breakdown, empty for what has no name; null for the whole.
    """

    part: str | None
    value: str
    base: int


class KpiV1(Struct, frozen=True, kw_only=True):
    """One measure over a period, whole."""

    name: str
    title: str
    group: str
    unit: str
    currency: str | None
    definition: str
    target: str | None
    reading: ReadingV1


class KpisV1(Struct, frozen=True, kw_only=True):
    """All measures over the loads released, and the bills received, in ``[first, last]``."""

    first: date
    last: date
    as_of: datetime
    items: list[KpiV1]
    next: None = None


class KpiRowV1(Struct, frozen=True, kw_only=True):
    """One row behind a measure; ``counts`` is null where a measure is no share of its rows."""

    kind: str
    ref: str
    counts: bool | None
    parts: dict[str, str]


class KpiSeenV1(Struct, frozen=True, kw_only=True):
    """One measure with its parts by a dimension and every row behind it."""

    kpi: KpiV1
    first: date
    last: date
    as_of: datetime
    by: str
    parts: list[ReadingV1]
    items: list[KpiRowV1]
    next: None = None


@get("/v1/kpis", **policy(Scope.CASE_READ, writes=False))
def kpis(
    caller: GivenCaller, reads: GivenReads, settings: GivenSettings, first: Day = "", last: Day = ""
) -> KpisV1:
    """Return every measure that the caller may see, over the last 30 days unless days are named."""
    return all_kpis(caller, reads, settings, (first, last))


@get("/v1/kpis/{name:str}", **policy(Scope.CASE_READ, writes=False))
def kpi(
    name: NamePath,
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
    first: Day = "",
    last: Day = "",
    by: By = "",
) -> KpiSeenV1:
    """Return one measure with its rows, in parts ``by`` customer, lane or another that it has."""
    return one_kpi(measure_of(name, caller), reads, settings, (first, last), by)


def all_kpis(caller: Caller, reads: Reads, settings: WebSettings, days: tuple[str, str]) -> KpisV1:
    """Return every measure that the caller may see."""
    first, last = period_of(days, settings)
    seen = _seen(reads, settings, first, last)
    currency = settings.company.currency
    items = [
        _told(one, reading(one, list(one.rows(seen)), seen, currency), currency)
        for one in MEASURES.values()
        if not one.sees_money or caller.may(Scope.MONEY_READ)
    ]
    return KpisV1(first=first, last=last, as_of=settings.clock.now(), items=items)


def one_kpi(
    measure: Measure, reads: Reads, settings: WebSettings, days: tuple[str, str], by: str
) -> KpiSeenV1:
    """Return one measure with its parts and rows."""
    first, last = period_of(days, settings)
    dimension = _dimension(measure, by)
    seen, currency = _seen(reads, settings, first, last), settings.company.currency
    behind = list(measure.rows(seen))
    whole = reading(measure, behind, seen, currency)
    return KpiSeenV1(
        kpi=_told(measure, whole, currency),
        first=first,
        last=last,
        as_of=settings.clock.now(),
        by=dimension.value,
        parts=[
            ReadingV1(part=name, value=one.value, base=one.base)
            for name, one in in_parts(measure, dimension, seen, currency)
        ],
        items=[_row(one, whole) for one in behind],
    )


def measure_of(name: str, caller: Caller) -> Measure:
    """Return a measure that the caller may see. Raise the refusal of an unknown one."""
    found = MEASURES.get(name)
    if found is None or (found.sees_money and not caller.may(Scope.MONEY_READ)):
        raise unknown("measure")
    return found


def period_of(days: tuple[str, str], settings: WebSettings) -> tuple[date, date]:
    """Return the first and the last day, of the firm's zone. Raise a refusal of what is none."""
    try:
        last = date.fromisoformat(days[1]) if days[1] else _today(settings)
        first = date.fromisoformat(days[0]) if days[0] else last - timedelta(days=DAYS_SHOWN - 1)
    except ValueError:
        raise Refusal(problem(400, "unfit-parameter", "A day is written 2026-03-31.")) from None
    if not first <= last or (last - first).days > LONGEST_DAYS:
        text = f"first comes before last, at most {LONGEST_DAYS} days apart."
        raise Refusal(problem(400, "unfit-parameter", text))
    return first, last


def _today(settings: WebSettings) -> date:
    return settings.clock.now().astimezone(zone(settings.company.zone)).date()


def _seen(reads: Reads, settings: WebSettings, first: date, last: date) -> Cohort:
    home = zone(settings.company.zone)
    begin = datetime(first.year, first.month, first.day, tzinfo=home)
    after = last + timedelta(days=1)
    period: tuple[Instant, Instant] = (
        begin,
        datetime(after.year, after.month, after.day, tzinfo=home),
    )
    with reads.connection() as connection, connection.cursor() as cursor:
        return cohort(cursor, reads, settings.company, period=period, now=settings.clock.now())


def _dimension(measure: Measure, by: str) -> Dimension:
    if not by:
        return measure.dimensions[0]
    found = next((one for one in measure.dimensions if one.value == by), None)
    if found is None:
        known = ", ".join(one.value for one in measure.dimensions)
        text = f"{measure.title} has parts by {known}, not by {by}."
        raise Refusal(problem(400, "unfit-parameter", text))
    return found


def _told(measure: Measure, whole: Reading, currency: str) -> KpiV1:
    return KpiV1(
        name=measure.name,
        title=measure.title,
        group=measure.group,
        unit=measure.unit.value,
        currency=currency if measure.unit.value == "money" else None,
        definition=measure.definition,
        target=measure.target or None,
        reading=ReadingV1(part=None, value=whole.value, base=whole.base),
    )


def _row(one: Behind, whole: Reading) -> KpiRowV1:
    return KpiRowV1(
        kind=one.kind,
        ref=one.ref,
        counts=one.ref in whole.counting if whole.counting else None,
        parts={dimension.value: part for dimension, part in one.parts.items()},
    )

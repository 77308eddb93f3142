"""Shares and spans, worked out so that a figure never looks better than it is."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from msgspec import Struct

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
DAY = timedelta(days=1)

EDGES = (
    ("within an hour", timedelta(hours=1)),
    ("within a day", DAY),
    ("1–2 days", 2 * DAY),
    ("2–3 days", 3 * DAY),
    ("3–5 days", 5 * DAY),
    ("5–10 days", 10 * DAY),
)
LONGER = "over 10 days"


class Spread(Struct, frozen=True, kw_only=True):
    """How long something took, in days; None where there is nothing to tell it from."""

    count: int
    p50: float | None
    p90: float | None


def percent(part: int, whole: int) -> float | None:
    """Return a share with two decimals, cut and never rounded up; None of nothing."""
    if not whole:
        return None
    return float((Decimal(part * 100) / whole).quantize(CENT, rounding=ROUND_DOWN))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return a sum with two decimals."""
    return sum(amounts, start=NOTHING).quantize(CENT)


def spread(spans: Sequence[timedelta]) -> Spread:
    """Return the nearest-rank percentiles; a hundredth of a day is rounded up."""
    ordered = sorted(spans)
    return Spread(count=len(ordered), p50=_rank(ordered, 50), p90=_rank(ordered, 90))


def histogram(spans: Sequence[timedelta]) -> dict[str, int]:
    """Return how many spans end in each stretch; the edge belongs to the shorter one."""
    found = dict.fromkeys((*(name for name, _ in EDGES), LONGER), 0)
    for span in spans:
        found[next((name for name, edge in EDGES if span <= edge), LONGER)] += 1
    return found


def _rank(ordered: Sequence[timedelta], share: int) -> float | None:
    if not ordered:
        return None
    span = ordered[-(-len(ordered) * share // 100) - 1]
    days = Decimal(int(span.total_seconds())) / int(DAY.total_seconds())
    return float(days.quantize(CENT, rounding=ROUND_CEILING))

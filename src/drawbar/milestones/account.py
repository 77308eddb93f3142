"""The account of a shipment: of many reports, the one time that counts for each milestone.

It follows from the reports alone, never from the order in which they came in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop
from drawbar.milestones.appointment import Appointment, contradicted, in_force
from drawbar.milestones.conflict import SourceConflict
from drawbar.milestones.log import Log, Report
from drawbar.milestones.place import Assigned, Unassigned, assign
from drawbar.milestones.rules import RULES, MilestoneRules

ONCE = (
    K.ARRIVED_PICKUP,
    K.LOADED,
    K.DEPARTED_PICKUP,
    K.ARRIVED_DELIVERY,
    K.ATTEMPTED,
    K.REFUSED,
    K.DELIVERED,
    K.DEPARTED_DELIVERY,
)
"""What happens once in a visit, in the order in which it does."""

_TURN = {kind: turn for turn, kind in enumerate(ONCE)}
_HAPPENED = frozenset({*ONCE, K.IN_TRANSIT})
_OPENS_A_VISIT = frozenset({K.ARRIVED_PICKUP, K.ARRIVED_DELIVERY, K.DELIVERED, K.REFUSED})


class Actual(Struct, frozen=True, kw_only=True):
    """One thing that happened, at the time that counts. ``also`` are keys of the other reports."""

    stop: int
    kind: K
    happened_at: Instant
    key: FactKey
    source: Source
    also: tuple[FactKey, ...] = ()


class Account(Struct, frozen=True, kw_only=True):
    """What happened, in the order it did; what contradicts itself; what fits no stop.

    Where a stop was attempted before, ``actuals`` tell its last visit.
    """

    actuals: tuple[Actual, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    conflicts: tuple[SourceConflict, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()

    def of(self, kind: K, *, stop: int) -> Actual | None:
        """Return when this happened at this stop, None where nobody said so."""
        for one in self.actuals:
            if one.kind is kind and one.stop == stop:
                return one
        return None

    def first(self, *kinds: K) -> Actual | None:
        """Return the earliest of these at any stop, None where none happened."""
        for one in self.actuals:
            if one.kind in kinds:
                return one
        return None


def effective(log: Log, *, stops: Sequence[Stop], rules: MilestoneRules = RULES) -> Account:
    """Reckon the account of all reports that stand."""
    placed = [assign(report, stops) for report in log.standing]
    at_stop: dict[int, list[Report]] = defaultdict(list)
    for one in sorted(placed, key=lambda one: (one.report.happened_at, one.report.key)):
        if isinstance(one, Assigned):
            at_stop[one.stop].append(one.report)
    actuals, conflicts = _reckoned(at_stop, rules)
    booked = _booked(at_stop, stops)
    for stop, appointment in booked:
        conflicts += contradicted(appointment, stop, at_stop[stop.number], rules)
    return Account(
        actuals=tuple(sorted(actuals, key=_as_it_happened)),
        appointments=tuple(appointment for _, appointment in booked),
        conflicts=tuple(conflicts),
        unassigned=tuple(one for one in placed if isinstance(one, Unassigned)),
    )


def _reckoned(
    at_stop: Mapping[int, Sequence[Report]], rules: MilestoneRules
) -> tuple[list[Actual], list[SourceConflict]]:
    actuals: list[Actual] = []
    conflicts: list[SourceConflict] = []
    for stop, reports in sorted(at_stop.items()):
        happened = [one for one in reports if one.kind in _HAPPENED]
        for alike in _by_kind(_last_visit(happened, rules)):
            chosen = _chosen(alike, stop, rules)
            actuals.append(chosen)
            conflicts += _conflict(chosen, alike, rules)
    return actuals, conflicts


def _booked(
    at_stop: Mapping[int, Sequence[Report]], stops: Sequence[Stop]
) -> list[tuple[Stop, Appointment]]:
    found = ((stop, in_force(stop, at_stop.get(stop.number, ()))) for stop in stops)
    return [(stop, appointment) for stop, appointment in found if appointment is not None]


def _last_visit(reports: Sequence[Report], rules: MilestoneRules) -> list[Report]:
    """Return the reports of the last visit: one begins when somebody comes back after an attempt.

    Without this, the days between an attempt and the redelivery would count as waiting.
    """
    attempts = [one.happened_at for one in reports if one.kind is K.ATTEMPTED]
    if not attempts:
        return list(reports)
    apart = timedelta(minutes=rules.together_minutes)
    begun: Instant | None = None
    for report in reports:
        if report.kind not in _OPENS_A_VISIT:
            continue
        if any(
            (begun is None or begun <= at) and at + apart < report.happened_at for at in attempts
        ):
            begun = report.happened_at
    return [one for one in reports if begun is None or one.happened_at >= begun]


def _by_kind(reports: Iterable[Report]) -> Iterable[list[Report]]:
    groups: dict[K, list[Report]] = defaultdict(list)
    for report in reports:
        groups[report.kind].append(report)
    return groups.values()


def _chosen(alike: Sequence[Report], stop: int, rules: MilestoneRules) -> Actual:
    """Choose the best source, of one source the first time; the last for what is said often."""
    if len(alike) == 1:
        best = alike[0]
    elif alike[0].kind in ONCE:
        best = min(alike, key=lambda one: (rules.rank(one.source), one.happened_at, one.key))
    else:
        best = alike[-1]
    return Actual(
        stop=stop,
        kind=best.kind,
        happened_at=best.happened_at,
        key=best.key,
        source=best.source,
        also=tuple(one.key for one in alike if one.key != best.key),
    )


def _conflict(
    chosen: Actual, alike: Sequence[Report], rules: MilestoneRules
) -> list[SourceConflict]:
    if len(alike) == 1 or chosen.kind not in ONCE or chosen.kind is K.ATTEMPTED:
        return []
    far = [one for one in alike if not rules.together(one.happened_at, chosen.happened_at)]
    if not far:
        return []
    others = ", ".join(f"{one.source.value} {_clock(one.happened_at)}" for one in far)
    text = (
        f"{chosen.kind.value.replace('_', ' ')} at stop {chosen.stop}:"
        f" {chosen.source.value} says {_clock(chosen.happened_at)}, but {others}"
    )
    keys = (chosen.key, *(one.key for one in far))
    return [SourceConflict(stop=chosen.stop, kind=chosen.kind, keys=keys, text=text)]


def _clock(moment: Instant) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _as_it_happened(actual: Actual) -> tuple[Instant, int, int]:
    return (actual.happened_at, actual.stop, _TURN.get(actual.kind, -1))

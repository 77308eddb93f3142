"""The log of a shipment: every report of what happened to it, by whomever, never edited.

The same reports make the same log, however often and in whatever order they came in.
"""

from msgspec import Struct

from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import LocalTime, MilestoneKind, MilestoneReported, Source


class Report(Struct, frozen=True, kw_only=True):
    """One report as it came. ``stop`` is 0 where it does not say which stop.

    ``local_at`` is the clock on the wall where it names no zone; then ``happened_at`` only reads it
    as UTC, until ``place.assign`` has found the stop whose clock it is.
    """

    key: FactKey
    kind: MilestoneKind
    stop: int = 0
    happened_at: Instant
    learned_at: Instant
    source: Source
    reported_by: str = ""
    local_at: LocalTime | None = None
    reason: str = ""
    corrects: str = ""
    withdraws: bool = False


class Log(Struct, frozen=True, kw_only=True):
    """Every report, sorted by the time it gives, then by key."""

    reports: tuple[Report, ...] = ()

    @property
    def standing(self) -> tuple[Report, ...]:
        """Return the reports that nothing replaced; one that only withdraws states nothing."""
        if not any(report.corrects or report.withdraws for report in self.reports):
            return self.reports
        by_key = {report.key: report for report in self.reports}
        replaced = {
            report.corrects
            for report in self.reports
            if report.corrects in by_key and may_correct(report, by_key[report.corrects])
        }
        stated = (report for report in self.reports if not report.withdraws)
        return tuple(report for report in stated if report.key not in replaced)


class Recorded(Struct, frozen=True, kw_only=True, tag=True):
    """The log with one report more."""

    log: Log
    report: Report


class Repeated(Struct, frozen=True, kw_only=True, tag=True):
    """The log holds this report already; nothing changes."""

    log: Log


def record(log: Log, fact: MilestoneReported) -> Recorded | Repeated:
    """Take one report into the log. What follows from all of them is ``account.effective``."""
    if any(report.key == fact.key for report in log.reports):
        return Repeated(log=log)
    report = _report(fact)
    reports = sorted((*log.reports, report), key=lambda one: (one.happened_at, one.key))
    return Recorded(log=Log(reports=tuple(reports)), report=report)


def may_correct(correction: Report, original: Report) -> bool:
    """Return whether it counts: one corrects what comes from one's own source; our desk, anything.

    A carrier cannot correct a warehouse's scan away; its report stands beside the scan.
    """
    if correction.key == original.key:
        return False
    return correction.source in (original.source, Source.MANUAL)


def _report(fact: MilestoneReported) -> Report:
    return Report(
        key=fact.key,
        kind=fact.milestone,
        stop=fact.stop,
        happened_at=fact.happened_at,
        learned_at=fact.learned_at,
        source=fact.source,
        reported_by=fact.reported_by,
        local_at=fact.local_at,
        reason=fact.reason,
        corrects=fact.corrects,
        withdraws=fact.withdraws,
    )

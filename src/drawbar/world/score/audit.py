"""How well the bills were judged: touched by nobody, right to the cent, or wrong in which way."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.world.score.finding import Finding
from drawbar.world.score.kind import was_stopped, was_stopped_rightly
from drawbar.world.score.outcome import Matched, Outcome
from drawbar.world.score.share import Spread, histogram, percent, spread, total

NOTHING = Decimal(0)


class Judged(Struct, frozen=True, kw_only=True):
    """How many bills, of those that are judged, ended how. docs/scorer.md defines each."""

    due: int
    clean: int
    clean_due: int
    touchless: int
    by_person: int
    old: int
    reconciled: int
    errors_due: int
    errors_caught: int
    stopped: int
    stopped_rightly: int


class AuditScore(Struct, frozen=True, kw_only=True):
    """How well bills were judged. ``bills`` counts all; amounts are of those that are judged.

    Figures that end in ``not_yet_judged_usd`` are of the others.
    """

    bills: int
    judged: Judged
    touchless_pct: float | None
    reconciled_pct: float | None
    recall_pct: float | None
    precision_pct: float | None
    at_stake_usd: Decimal
    stopped_usd: Decimal
    missed_overcharge_usd: Decimal
    held_wrongly_usd: Decimal
    waiting_usd: Decimal
    leaked_not_yet_judged_usd: Decimal
    held_not_yet_judged_usd: Decimal
    days_to_decision: Spread
    ripe_to_decision: Spread
    decisions: dict[str, int]


def audit_score(matches: Matched) -> AuditScore:
    """Return the figures of bills that were judged, and what leaked of those that were not."""
    judged = [one for one in matches.outcomes if one.bill.judged]
    others = [one for one in matches.outcomes if not one.bill.judged]
    count = _counted(judged)
    spans = [one.decided_at - one.bill.sent_at for one in matches.outcomes if one.decided_at]
    strayed = (max(one.amount, NOTHING) for one in matches.strays if one.currency == "USD")
    return AuditScore(
        bills=len(matches.outcomes),
        judged=count,
        touchless_pct=percent(count.touchless, count.clean_due),
        reconciled_pct=percent(count.reconciled, count.old),
        recall_pct=percent(count.errors_caught, count.errors_due),
        precision_pct=percent(count.stopped_rightly, count.stopped),
        at_stake_usd=_usd(judged, "at_stake"),
        stopped_usd=_usd(judged, "stopped"),
        missed_overcharge_usd=_usd(judged, "leaked") + total(strayed),
        held_wrongly_usd=_usd(judged, "held"),
        waiting_usd=_usd(judged, "waiting"),
        leaked_not_yet_judged_usd=_usd(others, "leaked"),
        held_not_yet_judged_usd=_usd(others, "held"),
        days_to_decision=spread(spans),
        ripe_to_decision=spread(_since_ripe(matches.outcomes)),
        decisions=histogram(spans),
    )


def _since_ripe(outcomes: Iterable[Outcome]) -> list[timedelta]:
    return [
        max(one.decided_at - one.ripe_at, timedelta())
        for one in outcomes
        if one.decided_at and one.ripe_at
    ]


def _counted(judged: list[Outcome]) -> Judged:
    due = [one for one in judged if one.is_due]
    clean = [one for one in judged if one.bill.nature != "error"]
    clean_due = [one for one in clean if one.is_due]
    old = [one for one in judged if one.is_old]
    errors = [one for one in due if one.bill.nature == "error"]
    return Judged(
        due=len(due),
        clean=len(clean),
        clean_due=len(clean_due),
        touchless=sum(one.is_exact and not one.by_person for one in clean_due),
        by_person=sum(one.by_person for one in judged),
        old=len(old),
        reconciled=sum(one.is_exact for one in old),
        errors_due=len(errors),
        errors_caught=sum(not one.is_overpaid for one in errors),
        stopped=sum(was_stopped(one) for one in due),
        stopped_rightly=sum(was_stopped_rightly(one) for one in due),
    )


def false_approvals(matches: Matched) -> tuple[Finding, ...]:
    """Return what was approved falsely without a person, in order."""
    found = [
        _approved(one) for one in matches.outcomes if one.bill.judged and one.is_false_approval
    ]
    found += [
        Finding(
            rule="no_such_bill",
            subject=one.ours,
            text=f"{one.amount} {one.currency} vouchered as {one.text}: nobody sent such a bill",
        )
        for one in matches.strays
        if one.amount > 0
    ]
    return tuple(sorted(found))


def _approved(one: Outcome) -> Finding:
    what = f"{one.vouchered} of {one.billed} {one.bill.currency} vouchered"
    where = f" for {one.claims[0].shipment}, not for {one.bill.order}" if one.elsewhere else ""
    return Finding(
        rule=one.bill.kind,
        subject=one.bill.key,
        text=f"{one.bill.carrier} {one.bill.number}: {what}, {one.payable} payable{where}",
    )


def _usd(outcomes: Iterable[Outcome], name: str) -> Decimal:
    return total(getattr(one, name) for one in outcomes if one.bill.currency == "USD")

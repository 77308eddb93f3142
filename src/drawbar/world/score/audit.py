"""How well the bills were judged: touched by nobody, right to the cent, or wrong in which way."""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.world.score.finding import Finding
from drawbar.world.score.kind import was_stopped, was_stopped_rightly
from drawbar.world.score.outcome import Matched, Outcome
from drawbar.world.score.share import Spread, histogram, percent, spread, total


class AuditScore(Struct, frozen=True, kw_only=True):
    """Figures over all bills that are judged, but for those that say otherwise.

    ``bills`` counts every bill. docs/scorer.md defines each figure.
    """

    bills: int
    bills_due: int
    clean_bills: int
    clean_bills_due: int
    touchless: int
    touchless_pct: float | None
    by_person: int
    bills_old: int
    reconciled: int
    reconciled_pct: float | None
    errors_due: int
    errors_caught: int
    recall_pct: float | None
    bills_stopped: int
    bills_stopped_rightly: int
    precision_pct: float | None
    at_stake_usd: Decimal
    stopped_usd: Decimal
    missed_overcharge_usd: Decimal
    held_wrongly_usd: Decimal
    waiting_usd: Decimal
    not_yet_judged: int
    leaked_not_yet_judged_usd: Decimal
    held_not_yet_judged_usd: Decimal
    days_to_decision: Spread
    decisions: dict[str, int]


def audit_score(matches: Matched) -> AuditScore:
    """Return the figures of bills that were judged, and what leaked of those that were not."""
    judged = [one for one in matches.outcomes if one.bill.judged]
    others = [one for one in matches.outcomes if not one.bill.judged]
    due = [one for one in judged if one.is_due]
    clean = [one for one in judged if one.bill.nature != "error"]
    clean_due = [one for one in clean if one.is_due]
    touchless = [one for one in clean_due if one.is_exact and not one.by_person]
    old = [one for one in judged if one.is_old]
    errors = [one for one in due if one.bill.nature == "error"]
    caught = [one for one in errors if not one.is_overpaid]
    stopped = [one for one in due if was_stopped(one)]
    rightly = [one for one in stopped if was_stopped_rightly(one)]
    spans = [one.decided_at - one.bill.sent_at for one in matches.outcomes if one.decided_at]
    strayed = (max(one.amount, Decimal(0)) for one in matches.strays if one.currency == "USD")
    return AuditScore(
        bills=len(matches.outcomes),
        bills_due=len(due),
        clean_bills=len(clean),
        clean_bills_due=len(clean_due),
        touchless=len(touchless),
        touchless_pct=percent(len(touchless), len(clean_due)),
        by_person=sum(one.by_person for one in judged),
        bills_old=len(old),
        reconciled=sum(one.is_exact for one in old),
        reconciled_pct=percent(sum(one.is_exact for one in old), len(old)),
        errors_due=len(errors),
        errors_caught=len(caught),
        recall_pct=percent(len(caught), len(errors)),
        bills_stopped=len(stopped),
        bills_stopped_rightly=len(rightly),
        precision_pct=percent(len(rightly), len(stopped)),
        at_stake_usd=_usd(judged, "at_stake"),
        stopped_usd=_usd(judged, "stopped"),
        missed_overcharge_usd=_usd(judged, "leaked") + total(strayed),
        held_wrongly_usd=_usd(judged, "held"),
        waiting_usd=_usd(judged, "waiting"),
        not_yet_judged=len(others),
        leaked_not_yet_judged_usd=_usd(others, "leaked"),
        held_not_yet_judged_usd=_usd(others, "held"),
        days_to_decision=spread(spans),
        decisions=histogram(spans),
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

"""How each kind of bill fared: how many were right, and where the money of the wrong ones went.

A kind has a row for each currency, since two currencies never add.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.world.score.outcome import Outcome
from drawbar.world.score.share import percent, total
from drawbar.world.truth import Nature

ORDER = {"clean": 0, "innocent": 1, "error": 2}


class KindScore(Struct, frozen=True, kw_only=True):
    """One kind in one currency. docs/scorer.md says what each figure counts."""

    kind: str
    nature: Nature
    judged: bool
    currency: str
    bills: int
    due: int
    caught: int | None
    recall_pct: float | None
    stopped: int
    stopped_rightly: int
    precision_pct: float | None
    paid_in_full: int
    paid_in_full_pct: float | None
    billed: Decimal
    payable: Decimal
    vouchered: Decimal
    at_stake: Decimal
    stopped_amount: Decimal
    leaked: Decimal
    held: Decimal
    waiting: Decimal


def kinds_of(outcomes: Iterable[Outcome]) -> tuple[KindScore, ...]:
    """Return a row for each kind: clean ones first, then look-alikes, then errors, by name."""
    groups: dict[tuple[int, str, str, bool], list[Outcome]] = {}
    for one in outcomes:
        bill = one.bill
        name = (ORDER[bill.nature], bill.kind, bill.currency, bill.judged)
        groups.setdefault(name, []).append(one)
    return tuple(_row(groups[name]) for name in sorted(groups))


def _row(group: list[Outcome]) -> KindScore:
    first = group[0].bill
    due = [one for one in group if one.is_due]
    is_error = first.nature == "error"
    caught = sum(not one.is_overpaid for one in due) if is_error else None
    stopped = [one for one in due if was_stopped(one)]
    rightly = sum(was_stopped_rightly(one) for one in due)
    in_full = sum(one.is_exact for one in due)
    return KindScore(
        kind=first.kind,
        nature=first.nature,
        judged=first.judged,
        currency=first.currency,
        bills=len(group),
        due=len(due),
        caught=caught,
        recall_pct=None if caught is None else percent(caught, len(due)),
        stopped=len(stopped),
        stopped_rightly=rightly,
        precision_pct=percent(rightly, len(stopped)),
        paid_in_full=in_full,
        paid_in_full_pct=percent(in_full, len(due)),
        billed=total(one.billed for one in group),
        payable=total(one.payable for one in group),
        vouchered=total(one.vouchered for one in group),
        at_stake=total(one.at_stake for one in group),
        stopped_amount=total(one.stopped for one in group),
        leaked=total(one.leaked for one in group),
        held=total(one.held for one in group),
        waiting=total(one.waiting for one in group),
    )


def was_stopped(one: Outcome) -> bool:
    """Say whether less was vouchered of a due bill than its carrier wants."""
    return one.is_due and one.vouchered < one.billed


def was_stopped_rightly(one: Outcome) -> bool:
    """Say whether what was stopped is nothing that is owed."""
    return was_stopped(one) and not one.short

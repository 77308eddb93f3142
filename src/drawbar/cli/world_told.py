"""A score on the terminal: the headline first, then the money, each kind, what is wrong."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from drawbar.cli.table import show_pairs, show_table

if TYPE_CHECKING:
    from drawbar.world.score import Score
    from drawbar.world.score.finding import Finding
    from drawbar.world.score.kind import KindScore

HEADINGS = (
    *("Kind", "Bills", "Due", "Right", "%", "Precision"),
    *("Stake", "Stopped", "Leaked", "Held", "Waiting"),
)
LONGEST = 20


def show_score(score: "Score") -> None:
    """Print a score."""
    seal = score.seal
    which = f", seed {seal.seed}, {seal.days} days" if seal else ""
    _title(f"Score at {score.now:%Y-%m-%d %H:%M}Z{which}")
    show_pairs((name, _figure(value)) for name, value in score.headline().items())
    show_kinds("Bills that are judged", score.kinds)
    show_kinds("Not yet judged: in no figure above", score.not_yet_judged)
    _pace(score)
    _carriers(score)
    show_findings("Approved falsely", score.false_approvals)
    show_findings("Lost", score.lost)
    show_findings("Doubled", score.doubled)
    _books(score)


def show_kinds(title: str, kinds: "Iterable[KindScore]") -> None:
    """Print a row for each kind of bill."""
    rows = [
        (
            f"{one.nature} {one.kind} {one.currency}".removeprefix("clean "),
            one.bills,
            one.due,
            one.paid_in_full if one.caught is None else one.caught,
            _share(one.paid_in_full_pct if one.caught is None else one.recall_pct),
            _share(one.precision_pct),
            one.at_stake,
            one.stopped_amount,
            one.leaked,
            one.held,
            one.waiting,
        )
        for one in kinds
    ]
    if rows:
        _title(title)
        show_table(HEADINGS, rows, right=set(HEADINGS[1:]))


def _pace(score: "Score") -> None:
    audit = score.audit
    count = audit.judged
    _title("Judgement and pace")
    show_pairs(
        [
            ("precision", _of(audit.precision_pct, count.stopped_rightly, count.stopped)),
            ("recall", _of(audit.recall_pct, count.errors_caught, count.errors_due)),
            ("touchless", _of(audit.touchless_pct, count.touchless, count.clean_due)),
            ("reconciled", _of(audit.reconciled_pct, count.reconciled, count.old)),
            ("days to decision", _spread(audit.days_to_decision.p50, audit.days_to_decision.p90)),
            (
                "… once all is there",
                _spread(audit.ripe_to_decision.p50, audit.ripe_to_decision.p90),
            ),
            ("days to proof", _spread(score.road.pod_lag_days.p50, score.road.pod_lag_days.p90)),
            ("leaked, not yet judged", f"{audit.leaked_not_yet_judged_usd} USD"),
        ]
    )


def _carriers(score: "Score") -> None:
    headings = ("Carrier", "Bills", "Billed", "Vouchered", "Payments", "Paid", "")
    rows = [
        (one.carrier, one.bills, one.billed, one.vouchered, one.payments, one.paid, one.currency)
        for one in score.carriers
    ]
    if rows:
        _title("Carriers")
        show_table(headings, rows, right=set(headings[1:-1]))


def show_findings(title: str, findings: "tuple[Finding, ...]") -> None:
    """Print the first findings of a rule, and how many there are."""
    if not findings:
        return
    _title(f"{title}: {len(findings)}")
    shown = findings[:LONGEST]
    show_table(("Rule", "Whom", "What"), ((one.rule, one.subject, one.text) for one in shown))
    if len(findings) > LONGEST:
        click.echo(f"… and {len(findings) - LONGEST} more: --json shows all")


def _books(score: "Score") -> None:
    differing = score.books.differences
    if differing:
        _title(f"ERP and ledger differ: {len(differing)} lines")
        rows = (
            (one.document_key, one.account, one.side, one.debit, one.credit, one.currency)
            for one in differing[:LONGEST]
        )
        headings = ("Document", "Account", "Only in", "Debit", "Credit", "")
        show_table(headings, rows, right={"Debit", "Credit"})


def _title(text: str) -> None:
    """Print a heading; colour only adds to it."""
    click.echo()
    click.secho(text, bold=True, fg="cyan" if sys.stdout.isatty() else None)


def _figure(value: object) -> object:
    return "unknown" if value is None else value


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _of(share: float | None, part: int, whole: int) -> str:
    return "none" if share is None else f"{share:.2f} % ({part} of {whole})"


def _spread(middle: float | None, most: float | None) -> str:
    return (
        "unknown" if middle is None else f"half within {middle:.2f}, nine of ten within {most:.2f}"
    )

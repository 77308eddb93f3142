"""``drawbar world audit``: a world on paper, audited as strangers' files, scored by its truth.

The auditor sees the firm's tables and what carriers sent; what is really owed lies elsewhere.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from drawbar.cli.options import fail, json_option, say

if TYPE_CHECKING:
    from drawbar.world.score.answer import Answer, AnswerScore

FIRST_DAY = date(2026, 3, 2)
LONG_AFTER = timedelta(days=90)


@click.command("audit")
@click.option("--loads", default=1_000, show_default=True, type=click.IntRange(20, 100_000))
@click.option("--wrong", default=15.0, show_default=True, help="Of a hundred loads.")
@click.option("--days", default=28, show_default=True, type=click.IntRange(2, 365))
@click.option("--seed", default=7, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep it here.")
@click.option("--strict", is_flag=True, help="Exit 1 where anything wrong is paid or owed is held.")
@json_option
def world_audit(
    *,
    loads: int,
    wrong: float,
    days: int,
    seed: int,
    folder: Path | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Write a world's files, audit them like anybody's, and score the answers by the truth."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.world.paper import write_paper  # noqa: PLC0415
    from drawbar.world.plan import Asked, plan_of  # noqa: PLC0415
    from drawbar.world.score.answer import score_answers  # noqa: PLC0415
    from drawbar.world.truth import read_truth  # noqa: PLC0415

    asked = Asked(
        seed=seed,
        begins_on=FIRST_DAY,
        days=days,
        loads_per_day=-(-loads // days),
        wrong_per_mille=round(wrong * 10),
    )
    with _place(folder) as place:
        write_paper(plan_of(asked), place / "firm", place / "truth.jsonl")
        began = perf_counter()
        answers = tuple(_answers(place / "firm", FIRST_DAY + timedelta(days=days) + LONG_AFTER))
        seconds = perf_counter() - began
        score = score_answers(read_truth((place / "truth.jsonl").read_bytes()), answers)
    if folder:
        say(f"The papers are in {folder / 'firm'}, the truth beside them")
    if as_json:
        show_json({**headline(score), "seconds": round(seconds, 1), "kinds": score.kinds})
    else:
        _show(score, seconds)
    if strict and (score.false_approvals or score.audit.held_wrongly_usd):
        fail("Something wrong would be paid, or something owed would be held")


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _answers(folder: Path, as_of: date) -> "Iterator[Answer]":
    from drawbar.cli.audit.audited import audited  # noqa: PLC0415
    from drawbar.cli.audit.progress import watching  # noqa: PLC0415
    from drawbar.world.score.answer import Answer  # noqa: PLC0415

    with watching() as progress, audited(folder, as_of=as_of, progress=progress) as found:
        for bill in found.bills():
            yield Answer(
                ours=bill.bill_ref,
                carrier=bill.carrier,
                number=bill.invoice,
                shipment=bill.shipment,
                currency=bill.currency,
                payable=bill.payable,
                is_contested=bool(bill.disputed),
            )


def headline(score: "AnswerScore") -> dict[str, Any]:
    """Return the figures of an audit by name, in their order; docs/scorer.md defines each."""
    audit = score.audit
    return {
        "bills": audit.bills,
        "clean_bills": audit.judged.clean,
        "wrong_bills": audit.judged.errors_due,
        "touchless_pct": audit.touchless_pct,
        "recall_pct": audit.recall_pct,
        "precision_pct": audit.precision_pct,
        "false_approvals": len(score.false_approvals),
        "missed_overcharge_usd": audit.missed_overcharge_usd,
        "held_wrongly_usd": audit.held_wrongly_usd,
        "duplicates": score.duplicates,
        "duplicates_missed": score.duplicates_missed,
        "look_alikes": score.look_alikes,
        "look_alikes_held": score.look_alikes_held,
        "unanswered": len(score.unanswered),
        "at_stake_usd": audit.at_stake_usd,
    }


def _show(score: "AnswerScore", seconds: float) -> None:
    from drawbar.cli.table import show_pairs  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.world_told import show_findings, show_kinds  # noqa: PLC0415

    show_pairs((name, str(value)) for name, value in headline(score).items())
    show_pairs([("seconds", f"{seconds:.1f}")])
    show_kinds("Bills by kind", score.kinds)
    show_findings("Approved falsely", score.false_approvals)

"""``drawbar world audit``: a world on paper, audited as strangers' files, scored by its truth.

The auditor sees the firm's tables and what carriers sent; what is really owed lies elsewhere.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from drawbar.cli.options import fail, json_option, say

if TYPE_CHECKING:
    from drawbar.world.score.answer import Answer, AnswerScore

FIRST_DAY = date(2026, 3, 2)
LONG_AFTER = timedelta(days=90)


@click.command("audit", short_help="Audit the files of a world, and score it.")
@click.option("--loads", default=1_000, show_default=True, type=click.IntRange(20, 100_000))
@click.option(
    "--wrong",
    "shares",
    multiple=True,
    default=(15.0,),
    show_default=True,
    help="Of a hundred loads; once for each world to audit.",
)
@click.option("--days", default=28, show_default=True, type=click.IntRange(2, 365))
@click.option("--seed", default=7, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep it here.")
@click.option("--markdown", "as_markdown", is_flag=True, help="The tables of a document.")
@click.option("--strict", is_flag=True, help="Exit 1 where anything wrong is paid or owed is held.")
@json_option
def world_audit(
    *,
    loads: int,
    shares: tuple[float, ...],
    days: int,
    seed: int,
    folder: Path | None,
    strict: bool,
    as_markdown: bool,
    as_json: bool,
) -> None:
    """Write a world's files, audit them like anybody's, and score the answers by the truth."""
    size = _Size(loads=loads, days=days, seed=seed)
    runs = tuple(
        _scored(size, wrong, _within(folder, wrong, alone=len(shares) == 1)) for wrong in shares
    )
    if as_json:
        _show_json(runs)
    elif as_markdown:
        _show_markdown(runs)
    else:
        for run in runs:
            _show(run)
    if strict and any(one.score.false_approvals or one.held_wrongly for one in runs):
        fail("Something wrong would be paid, or something owed would be held")


class _Size(NamedTuple):
    loads: int
    days: int
    seed: int


class _Run(NamedTuple):
    wrong: float
    score: "AnswerScore"
    seconds: float

    @property
    def held_wrongly(self) -> bool:
        return bool(self.score.audit.held_wrongly_usd)


def _within(folder: Path | None, wrong: float, *, alone: bool) -> Path | None:
    return folder if alone or folder is None else folder / f"wrong-{wrong:g}"


def _scored(size: _Size, wrong: float, folder: Path | None) -> _Run:
    from drawbar.world.paper import write_paper  # noqa: PLC0415 - --help stays fast
    from drawbar.world.plan import Asked, plan_of  # noqa: PLC0415
    from drawbar.world.score.answer import score_answers  # noqa: PLC0415
    from drawbar.world.truth import read_truth  # noqa: PLC0415

    asked = Asked(
        seed=size.seed,
        begins_on=FIRST_DAY,
        days=size.days,
        loads_per_day=-(-size.loads // size.days),
        wrong_per_mille=round(wrong * 10),
    )
    with _place(folder) as place:
        write_paper(plan_of(asked), place / "firm", place / "truth.jsonl")
        began = perf_counter()
        answers = tuple(
            _answers(place / "firm", FIRST_DAY + timedelta(days=size.days) + LONG_AFTER)
        )
        seconds = perf_counter() - began
        score = score_answers(read_truth((place / "truth.jsonl").read_bytes()), answers)
    if folder:
        say(f"The papers are in {folder / 'firm'}, the truth beside them")
    return _Run(wrong, score, seconds)


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


def _show(run: _Run) -> None:
    from drawbar.cli.table import show_pairs  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.world_told import show_findings, show_kinds  # noqa: PLC0415

    told = {"wrong_pct": run.wrong, **headline(run.score), "seconds": f"{run.seconds:.1f}"}
    show_pairs((name, str(value)) for name, value in told.items())
    show_kinds("Bills by kind", run.score.kinds)
    show_findings("Approved falsely", run.score.false_approvals)


def _show_json(runs: tuple[_Run, ...]) -> None:
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast

    told = [
        {
            "wrong_pct": one.wrong,
            **headline(one.score),
            "seconds": round(one.seconds, 1),
            "kinds": one.score.kinds,
        }
        for one in runs
    ]
    show_json(told[0] if len(told) == 1 else told)


def _show_markdown(runs: tuple[_Run, ...]) -> None:
    from drawbar.cli.world_audit_table import markdown  # noqa: PLC0415 - --help stays fast

    for line in markdown([(one.wrong, one.score) for one in runs]):
        click.echo(line)

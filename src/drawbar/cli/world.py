"""``drawbar world``: the simulated world, and what a run in it came to."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import NOT_FOUND, VALIDATION, fail, json_option, say
from drawbar.cli.world_audit import world_audit
from drawbar.cli.world_run import run

if TYPE_CHECKING:
    from drawbar.world.score import Rules, Score

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group("world")
def world() -> None:
    """Play a simulated world to its end, or score a run of it."""


world.add_command(run)
world.add_command(world_audit)


@world.command("score", short_help="Count what a run came to.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--now", default="", metavar="INSTANT", help="As 2026-03-31T00:00:00Z.")
@click.option("--ledger", type=FILE, help="Our own ledger, one JSON object a line.")
@click.option("--persons", type=FILE, help="Business keys that a person decided, one a line.")
@click.option("--in-hand", type=FILE, help="Names that a case or a hold explains, one a line.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report.")
@click.option("--strict", is_flag=True, help="Exit 1 where a figure that must be zero is not.")
@json_option
def score(
    folder: Path,
    now: str,
    ledger: Path | None,
    persons: Path | None,
    in_hand: Path | None,
    html: Path | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Count what a run came to: from the truth and the books of others, never from ours."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.world_told import show_score  # noqa: PLC0415
    from drawbar.world.score import Rules  # noqa: PLC0415

    rules = Rules(persons=_words(persons), in_hand=_words(in_hand))
    counted = _counted(folder, _instant(now), ledger, rules)
    if html:
        from drawbar.world.score.report import report  # noqa: PLC0415

        html.write_text(report(counted), encoding="utf-8")
        say(f"The report is in {html}")
    if as_json:
        show_json(counted.everything())
    else:
        show_score(counted)
    if strict and counted.broken:
        fail(f"Not zero, though it must be: {', '.join(counted.broken)}")


def _counted(folder: Path, now: datetime | None, ledger: Path | None, rules: "Rules") -> "Score":
    from drawbar.world.score import NotALedger, NotAWorld, score_world  # noqa: PLC0415
    from drawbar.world.truth import NotTheTruth  # noqa: PLC0415

    try:
        return score_world(folder, now=now, ledger=ledger, rules=rules)
    except NotAWorld as error:
        fail(str(error), code=NOT_FOUND)
    except NotTheTruth as error:
        fail(f"{folder / 'truth.jsonl'}: {error}", code=VALIDATION)
    except NotALedger as error:
        fail(f"{ledger}: {error}", code=VALIDATION)


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} is no instant", param_hint="--now") from error
    if moment.tzinfo is None:
        raise click.BadParameter(f"{text} has no zone; end it with Z", param_hint="--now")
    return moment


def _words(file: Path | None) -> frozenset[str]:
    """Return the lines of a file without what is around them; empty ones say nothing."""
    lines = file.read_text(encoding="utf-8").splitlines() if file else []
    return frozenset(line.strip() for line in lines if line.strip())

"""``drawbar edi``: look at EDI files, judge them, write them again, convert and answer them.

It reads files and writes files: no server, no database, no company folder.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import F, json_option

if TYPE_CHECKING:
    from drawbar.cli.edi.weighing import Strictness

files_argument = click.argument("files", metavar="[FILES]...", nargs=-1)
charset_option = click.option(
    "--charset",
    type=click.Choice(["latin-1", "utf-8", "cp1252", "ascii"]),
    default=None,
    help="What the bytes are; else what the file declares, latin-1 for X12.",
)


strictness_options = (
    click.option("--strict", "measure", flag_value="strict", help="Warnings refuse too."),
    click.option(
        "--lenient", "measure", flag_value="lenient", help="Only what is unreadable refuses."
    ),
    click.option("--reject", metavar="CODE", multiple=True, help="This finding refuses."),
    click.option("--warn", metavar="CODE", multiple=True, help="This finding is a warning."),
    click.option("--accept", metavar="CODE", multiple=True, help="This finding is harmless."),
)


def strictness_of(command: F) -> F:
    """Add the options that say how strict to be."""
    for option in reversed(strictness_options):
        command = option(command)
    return command


@click.group("edi")
def edi() -> None:
    """Look at EDI files, judge, convert and answer them; X12 and EDIFACT."""


@edi.command(
    "inspect",
    short_help="Show files segment by segment.",
    epilog="- reads standard input, and so does no file at all.",
)
@files_argument
@click.option("--all", "every", is_flag=True, help="Every segment, however many there are.")
@click.option("--set", "only_set", metavar="NUMBER", default="", help="Only sets of this number.")
@click.option("--findings", is_flag=True, help="Only segments in which something was found.")
@charset_option
@json_option
def inspect_files(
    files: tuple[str, ...],
    every: bool,
    only_set: str,
    findings: bool,
    charset: str | None,
    as_json: bool,
) -> None:
    """Show FILES segment by segment, with what each says and what is wrong with it."""
    from drawbar.cli.edi.inspecting import list_files, show_files  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.edi.view import Wish  # noqa: PLC0415

    if as_json:
        sys.exit(list_files(files, charset or ""))
    wish = Wish(every=every, only_set=only_set, findings_only=findings)
    sys.exit(show_files(files, charset or "", wish))


@edi.command("validate", short_help="Say whether files are accepted, and what was found.")
@files_argument
@strictness_of
@click.option("--all", "every", is_flag=True, help="Every finding, however many there are.")
@charset_option
@json_option
def validate_files(
    files: tuple[str, ...],
    measure: str | None,
    reject: tuple[str, ...],
    warn: tuple[str, ...],
    accept: tuple[str, ...],
    every: bool,
    charset: str | None,
    as_json: bool,
) -> None:
    """Say whether FILES are accepted at the chosen strictness, with a table of findings.

    Exits 0 when all is accepted, 4 when something is refused.
    """
    strict = _strictness(measure, reject, warn, accept)
    if as_json:
        from drawbar.cli.edi.inspecting import list_files  # noqa: PLC0415 - --help stays fast

        sys.exit(list_files(files, charset or "", strict))
    from drawbar.cli.edi.judging import validate_files as validate  # noqa: PLC0415

    sys.exit(validate(files, charset or "", strict, every=every))


def _strictness(
    measure: str | None, reject: tuple[str, ...], warn: tuple[str, ...], accept: tuple[str, ...]
) -> "Strictness":
    from drawbar.cli.edi.weighing import (  # noqa: PLC0415 - --help stays fast
        Measure,
        TwiceWeighed,
        UnknownCode,
        strictness,
    )

    try:
        return strictness(
            Measure(measure or Measure.TABLE), reject=reject, warn=warn, accept=accept
        )
    except (UnknownCode, TwiceWeighed) as error:
        raise click.UsageError(str(error)) from error


@edi.command("roundtrip", short_help="Say whether files are written again byte for byte.")
@files_argument
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write what was written again into this file.",
)
@charset_option
@json_option
def roundtrip_files(
    files: tuple[str, ...], output: Path | None, charset: str | None, as_json: bool
) -> None:
    """Read FILES, write them again and say whether a byte differs, and where the first one does.

    Exits 0 when all are the same, 1 when one is not.
    """
    from drawbar.cli.edi.rewriting import roundtrip_files as roundtrip  # noqa: PLC0415

    sys.exit(roundtrip(files, charset or "", output, as_json=as_json))

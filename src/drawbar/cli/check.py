"""``drawbar check``: every mistake in a company folder, with its place and what mends it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import NOT_FOUND, VALIDATION, counted, fail, json_option, say

if TYPE_CHECKING:
    from drawbar.cli.company.mistake import Mistake


@click.command(epilog="Exit code 4 says that there are errors; warnings alone are 0.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@json_option
@click.pass_context
def check(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Look a company folder over: every mistake, where it is, and how to mend it.

    Nothing is changed, and no database is asked.
    """
    from drawbar.cli.company.folder import errors  # noqa: PLC0415 - --help stays fast

    mistakes = looked_over(folder)
    show(folder, mistakes, as_json=as_json)
    wrong = len(errors(mistakes))
    said = (counted(wrong, "error"), counted(len(mistakes) - wrong, "warning"))
    say(f"{', '.join(said)} in {folder if folder.name else folder.resolve()}.")
    ctx.exit(VALIDATION if wrong else 0)


def looked_over(folder: Path) -> "list[Mistake]":
    """Return the mistakes of a folder; end the command where there is none."""
    from drawbar.cli.company.files import NoFolder, files_of  # noqa: PLC0415
    from drawbar.cli.company.folder import look_over  # noqa: PLC0415

    try:
        _, mistakes = look_over(files_of(folder))
    except NoFolder as error:
        fail(str(error), code=NOT_FOUND)
    return mistakes


def show(folder: Path, mistakes: "list[Mistake]", *, as_json: bool) -> None:
    """Print mistakes: as JSON, or each on three lines that an editor can jump from."""
    from drawbar.cli.table import show_json, visible  # noqa: PLC0415

    if as_json:
        show_json({"folder": str(folder), "mistakes": mistakes})
        return
    for one in mistakes:
        field = f" {one.field}" if one.field else ""
        click.echo(visible(f"{folder / str(one.spot)}: {one.weight.value}:{field}"))
        click.echo(visible(f"    {one.what}"))
        click.echo(visible(f"    {one.remedy}"))

"""``drawbar edi``: look at EDI files, judge them, write them again, convert and answer them.

It reads files and writes files: no server, no database, no company folder.
"""

import sys

import click

from drawbar.cli.options import json_option

files_argument = click.argument("files", metavar="[FILES]...", nargs=-1)
charset_option = click.option(
    "--charset",
    type=click.Choice(["latin-1", "utf-8", "cp1252", "ascii"]),
    default=None,
    help="What the bytes are; else what the file declares, latin-1 for X12.",
)


@click.group("edi")
def edi() -> None:
    """Look at EDI files, judge, convert and answer them; X12 and EDIFACT."""


@edi.command("inspect", epilog="- reads standard input, and so does no file at all.")
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

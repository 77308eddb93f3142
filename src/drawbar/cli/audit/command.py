"""``drawbar audit``: what would have been paid of a folder of freight bills, and what is saved.

It reads files and writes reports: no server, no database, nothing else anywhere.
"""

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import (
    CONFLICT,
    DAY,
    FAILED,
    NOT_FOUND,
    OK,
    PARTIAL,
    VALIDATION,
    fail,
    json_option,
    say,
)

if TYPE_CHECKING:
    from drawbar.cli.audit.audited import Audited


_BILLS = re.compile("bill|invoice", re.IGNORECASE)
_REPORT = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.command("audit")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option(
    "--example",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write a small example into a new folder.",
)
@click.option("--html", type=_REPORT, help="Write a page that stands by itself.")
@click.option("--xlsx", type=_REPORT, help="Write a workbook.")
@click.option(
    "--as-of",
    type=DAY,
    help="The day that counts as today.",
)
@click.option("--quiet", is_flag=True, help="Say nothing of what could not be read.")
@json_option
def audit(
    folder: Path | None,
    example: Path | None,
    html: Path | None,
    xlsx: Path | None,
    as_of: "date | None",
    quiet: bool,
    as_json: bool,
) -> None:
    """Audit the freight bills in FOLDER against its contracts, shipments and events.

    Exits 8 where a part of the input could not be read; the rest was audited.
    """
    if example is not None:
        _write_example(example)
        if folder is None:
            return
    if folder is None:
        raise click.UsageError("say which FOLDER, or --example DIR for one to try")
    if not folder.is_dir():
        fail(
            f"There is no folder {folder}. Write one to try: drawbar audit --example {folder}",
            code=NOT_FOUND,
        )
    for path in (html, xlsx):
        if path is not None and not path.parent.is_dir():
            fail(f"There is no folder {path.parent} to write {path.name} into.", code=NOT_FOUND)
    sys.exit(_audit(folder, as_of, html=html, xlsx=xlsx, as_json=as_json, quiet=quiet))


def _audit(
    folder: Path,
    as_of: "date | None",
    *,
    html: Path | None,
    xlsx: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    from drawbar.cli.audit.audited import audited  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.audit.progress import watching  # noqa: PLC0415
    from drawbar.cli.audit.setting import UnreadableSetting  # noqa: PLC0415
    from drawbar.engine import SystemClock  # noqa: PLC0415

    today = date(as_of.year, as_of.month, as_of.day) if as_of else SystemClock().now().date()
    try:
        with watching() as progress, audited(folder, as_of=today, progress=progress) as found:
            _write_reports(found, html=html, xlsx=xlsx)
            return _report(found, as_json=as_json, quiet=quiet)
    except UnreadableSetting as error:
        fail(f"{error}\nMend it, then audit again.", code=VALIDATION)


def _write_reports(found: "Audited", *, html: Path | None, xlsx: Path | None) -> None:
    from drawbar.cli.audit.page import write_page  # noqa: PLC0415
    from drawbar.cli.audit.workbook import write_workbook  # noqa: PLC0415

    for path, write in ((html, write_page), (xlsx, write_workbook)):
        if path is None:
            continue
        try:
            write(found, path)
        except OSError as error:
            fail(f"{path} could not be written: {error.strerror or error}.", code=FAILED)
        say(f"Wrote {path}.")


def _report(found: "Audited", *, as_json: bool, quiet: bool) -> int:
    from drawbar.cli.audit import terminal  # noqa: PLC0415

    if as_json:
        from drawbar.cli.audit.lines import write_lines  # noqa: PLC0415

        write_lines(found)
    else:
        terminal.show(found)
    if not quiet:
        for text in terminal.talk(found):
            click.echo(text, err=True)
    if not found.summary.bills:
        say(_no_bill(found))
        return VALIDATION
    return PARTIAL if found.summary.unread else OK


def _no_bill(found: "Audited") -> str:
    refused = [one for one in found.unread if not one.is_note]
    of_bills = [one for one in refused if _BILLS.search(one.file)]
    if of_bills:
        first = of_bills[0]
        count = sum(one.count for one in of_bills)
        where = ", ".join((first.file, *first.places[:1]))
        many = f"{count:,} places were refused, the first" if count > 1 else "one was refused"
        return f"No bill could be read: {many} in {where}: {first.text}."
    if refused:
        return "No bill could be read; what was not read, and why, stands in the report."
    return "No bill was found. Call the file that holds them bills.csv."


def _write_example(folder: Path) -> None:
    from drawbar.cli.audit.example import FolderInUse, write_example  # noqa: PLC0415

    try:
        write_example(folder)
    except FolderInUse as error:
        fail(f"{error}.", code=CONFLICT)
    click.echo(f"Wrote an example. Now: drawbar audit {folder}", err=True)

"""``drawbar import``: take in a file of past deliveries or of orders, by a mapping.

Data on stdout, talk on stderr. Importing the same file again changes nothing.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from drawbar.cli.options import firm_options

if TYPE_CHECKING:
    from drawbar.cli.import_door import OpenDoor
    from drawbar.cli.import_run import Imported
    from drawbar.connectors.table.manifest import Table


def import_command(open_door: "OpenDoor") -> click.Command:
    """Return the command; ``open_door`` opens the firm's database for the time of an import.

    Which firm and database is told by options, which the door finds in click's context.
    """

    @click.command("import", epilog="Importing the same file again changes nothing.")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option(
        "--mapping",
        type=click.Path(path_type=Path),
        required=True,
        help="YAML that says what the columns mean; see examples/orders.yaml.",
    )
    @click.option("--history", is_flag=True, help="Past deliveries: recorded, nothing is sent.")
    @click.option("--dry-run", is_flag=True, help="Read and count only; write nothing.")
    @click.option("--json", "as_json", is_flag=True, help="Counts and sums as JSON on stdout.")
    @firm_options
    @click.pass_context
    def import_file(
        ctx: click.Context,
        /,
        file: Path,
        mapping: Path,
        history: bool,
        dry_run: bool,
        as_json: bool,
        **door: object,
    ) -> None:
        """Take in FILE: orders to be moved, or past deliveries with --history.

        A line that cannot be read becomes a case and stops no other line.
        """
        del door  # ``open_door`` takes it from the context
        table = _table(_text(mapping), mapping, history=history)
        imported = _run(file, table, None if dry_run else open_door)
        ctx.exit(_report(imported, as_json=as_json))

    return import_file


def _run(file: Path, table: "Table", open_door: "OpenDoor | None") -> "Imported":
    from drawbar.cli.import_progress import watching  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.import_run import Import, Listening  # noqa: PLC0415
    from drawbar.engine import SystemClock  # noqa: PLC0415

    listening, now = Listening(table), SystemClock().now()
    with watching(_size_of(file)) as watch:
        if open_door is None:
            return Import(file, table, None, listening, now=now).run(watch)
        with open_door(listening.readers) as door:
            return Import(file, table, door, listening, now=now).run(watch)


def _report(imported: "Imported", *, as_json: bool) -> int:
    from drawbar.cli.import_report import exit_of, figures, told  # noqa: PLC0415

    for text in told(imported):
        click.echo(text, err=True)
    found = figures(imported)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            shown = f"{value:,}" if isinstance(value, int) else value
            click.echo(f"{name.replace('_', ' '):32}{shown:>16}")
    return exit_of(imported)


def _table(text: str, mapping: Path, *, history: bool) -> "Table":
    from drawbar.connectors.table.manifest import HistoryTable  # noqa: PLC0415
    from drawbar.connectors.table.mapping_file import (  # noqa: PLC0415
        UnreadableMapping,
        read_mapping,
    )

    try:
        table = read_mapping(text)
    except UnreadableMapping as error:
        _fail(f"{mapping}: {error}\nCorrect the mapping there and import again.", code=4)
    is_history = isinstance(table, HistoryTable)
    if is_history and not history:
        raise click.UsageError(f"{mapping} describes past deliveries; say --history")
    if history and not is_history:
        raise click.UsageError(f"{mapping} describes orders to be moved; leave --history out")
    return table


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        _fail(f"There is no file {path}.", code=3)
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"{path} cannot be read: {error}", code=1)


def _size_of(path: Path) -> int:
    try:
        with path.open("rb"):
            return path.stat().st_size
    except FileNotFoundError:
        _fail(f"There is no file {path}.", code=3)
    except OSError as error:
        _fail(f"{path} cannot be read: {error}", code=1)


def _fail(text: str, *, code: int) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(code)

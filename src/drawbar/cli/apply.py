"""``drawbar apply``: a company folder becomes the firm's newest version."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.check import looked_over, show
from drawbar.cli.options import CONFLICT, VALIDATION, counted, fail, json_option, say, talk_plainly

if TYPE_CHECKING:
    from drawbar.engine.terms import Applied

database_option = click.option(
    "--database",
    default="drawbar",
    envvar="DRAWBAR_DATABASE",
    show_default=True,
    help="The name of our own database, where DATABASE_URL is not set.",
)


@click.command(epilog="Look first with: drawbar plan FOLDER")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@database_option
@click.option("--by", default="", help="Who applies it; else your name on this machine.")
@click.option("--because", default="", help="Why, for whoever looks at it later.")
@json_option
def apply(folder: Path, database: str, by: str, because: str, as_json: bool) -> None:
    """Make a company folder the firm's newest version.

    Every file is kept. A contract that was applied never changes: a change is a new version of it.
    What is open is priced again; what is paid stays, and what it would change is listed.
    """
    from drawbar.cli.company.folder import errors  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.table import show_json  # noqa: PLC0415

    mistakes = errors(looked_over(folder))
    if mistakes:
        show(folder, mistakes, as_json=as_json)
        fail(f"{counted(len(mistakes), 'error')}: nothing was applied.", code=VALIDATION)
    done = _applied(folder, database, by=by or _who(), because=because)
    if as_json:
        show_json(done)
        return
    if not done.is_new and not done.changes:
        say(f"Version {done.version} holds these files already; nothing is new.")
        return
    for change in done.changes:
        click.echo(change)
    say(f"Version {done.version} holds. {done.told} loads are priced again as workers come to it.")


def _applied(folder: Path, database: str, *, by: str, because: str) -> "Applied":
    from drawbar.cli.company.applying import to_apply  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.company.folder import load_company  # noqa: PLC0415
    from drawbar.cli.firm import open_books  # noqa: PLC0415
    from drawbar.cli.firm_clock import FirmClock  # noqa: PLC0415
    from drawbar.engine.terms import apply_folder  # noqa: PLC0415
    from drawbar.flow.amendment import Contradiction  # noqa: PLC0415

    talk_plainly()
    with open_books(database) as books:
        try:
            wanted = to_apply(load_company(folder))
            return apply_folder(books.pool, FirmClock(books.reads), wanted, by=by, because=because)
        except Contradiction as error:
            fail(f"{error}\nNothing was applied.", code=CONFLICT)


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"

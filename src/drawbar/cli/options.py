"""Options that many commands share, and how a command ends when something is wrong."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm

F = TypeVar("F", bound=Callable[..., Any])

OK, FAILED, USAGE, NOT_FOUND, VALIDATION, CONFLICT, AUTH, UNAVAILABLE, PARTIAL = range(9)
INTERRUPTED = 130
"""Exit codes."""


class _Day(click.DateTime):
    """A day of an option, written as 2026-04-15."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day; write one such as 2026-04-15", param, ctx)


DAY = _Day()
"""The type of an option that is a day."""


def firm_options(command: F) -> F:
    """Add ``--company`` and ``--database`` to a command."""
    company = click.option(
        "--company",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="DRAWBAR_COMPANY",
        help="The company folder; else this folder, else the example firm.",
    )
    name = click.option(
        "--database",
        default="drawbar",
        envvar="DRAWBAR_DATABASE",
        show_default=True,
        help="The name of our own database, where DATABASE_URL is not set.",
    )
    return company(name(command))


json_option = click.option("--json", "as_json", is_flag=True, help="Data as JSON on stdout.")


def talk_plainly() -> None:
    """Let the log speak in lines on stderr, a fault with its plain trace."""
    import structlog  # noqa: PLC0415 - --help stays fast

    plain = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty() and "NO_COLOR" not in os.environ,
        exception_formatter=structlog.dev.plain_traceback,
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            plain,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@contextmanager
def the_firm(company: Path | None, database: str, **more: Any) -> "Iterator[Firm]":
    """Open the firm for a command; end it with a clear word where it cannot be opened."""
    from drawbar.cli.company.folder import UnreadableCompany  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.firm import company_folder, open_firm  # noqa: PLC0415
    from drawbar.connectors.registry import UnknownConnector, UnreadableSettings  # noqa: PLC0415
    from drawbar.records.migrate import UnableToMigrate  # noqa: PLC0415
    from drawbar.records.roles import UnsafeRequestRole  # noqa: PLC0415
    from drawbar.records.server import UnableToOpenDatabase  # noqa: PLC0415

    talk_plainly()
    try:
        folder = company_folder(company, database)
        with open_firm(folder, name=database, environ=os.environ, **more) as firm:
            yield firm
    except (UnreadableCompany, UnknownConnector, UnreadableSettings) as error:
        fail(f"{error}\nMend the company folder there, then try again.", code=VALIDATION)
    except (UnableToOpenDatabase, UnableToMigrate, UnsafeRequestRole) as error:
        fail(str(error), code=UNAVAILABLE)


def fail(text: str, *, code: int = FAILED) -> NoReturn:
    """Say what is wrong on stderr and end with ``code``."""
    click.echo(text, err=True)
    sys.exit(code)


def counted(number: int, what: str) -> str:
    """Return a number of things, as "1 error" or "1,200 errors"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def say(text: str) -> None:
    """Talk to the person; data goes to stdout, talk does not."""
    click.echo(text, err=True)

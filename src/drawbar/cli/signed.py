"""Decisions of people: who decides and why is asked for, and an empty word is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _said(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    del ctx
    if value is not None and not value.strip():
        raise click.BadParameter("it is kept for ever: write a word", param=param)
    return value.strip() if value is not None else None


by_option = click.option(
    "--by", required=True, callback=_said, metavar="NAME", help="Who decides; kept for ever."
)
because_option = click.option(
    "--because", required=True, callback=_said, metavar="TEXT", help="Why; kept for ever."
)


def signed(command: F) -> F:
    """Add ``--by`` and ``--because`` to a command."""
    return by_option(because_option(command))


limit_option = click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=50,
    show_default=True,
    help="How many at most, the newest first.",
)

"""Answers on stdout: tables for people, JSON for programs.

What came from outside is shown, never obeyed: what does not print is escaped.
"""

import sys
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import click

_WIDE = 10_000  # where nobody looks at a terminal, no line is broken


def show_table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, right: Collection[str] = ()
) -> None:
    """Print rows under their headings; ``right`` names the columns that hold figures."""
    from rich.console import Console  # noqa: PLC0415 - --help stays fast
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    at_terminal = sys.stdout.isatty()
    console = Console(width=None if at_terminal else _WIDE, highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        justify = "right" if heading in right else "left"
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(Text(worded(cell)) for cell in row))
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def show_json(value: Any) -> None:
    """Print a value as JSON: amounts and instants are text, bytes are base64."""
    import msgspec  # noqa: PLC0415 - --help stays fast

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def show_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Print what is known of one thing, line by line; what is empty is left out."""
    told = [(name, worded(value).splitlines()) for name, value in pairs]
    width = max((len(name) for name, lines in told if lines), default=0) + 2
    for name, lines in told:
        for number, line in enumerate(lines):
            click.echo(f"{'' if number else name:<{width}}{line}")


def worded(value: object) -> str:
    """Return a value as a person reads it, what does not print made visible."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}Z"
        case Decimal():
            return f"{value:,f}"
        case _:
            return visible(str(value))


def visible(text: str) -> str:
    """Return text with each character that does not print as an escape; line ends stay."""
    return "".join(
        one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode()
        for one in text
    )


def amount(value: Decimal | None, currency: str | None) -> str:
    """Return an amount with its currency, empty where nobody knows it."""
    return "" if value is None else f"{value:,f} {currency or ''}".rstrip()

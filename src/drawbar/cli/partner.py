"""``drawbar partner``: what is agreed with a partner, tried out, and where its numbers stand."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import (
    CONFLICT,
    NOT_FOUND,
    USAGE,
    fail,
    firm_options,
    json_option,
    say,
    the_firm,
)

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm
    from drawbar.records.control_numbers import NumbersSeen


@click.group("partner")
def partner() -> None:
    """Describe partners, try them out, look at their control numbers."""


@partner.command("numbers", short_help="Show control numbers both ways; begin them anew.")
@click.argument("name")
@click.option(
    "--reset",
    type=click.Choice(["in", "out"]),
    help="Begin anew: ours (out) at 1, or theirs (in) wherever they begin.",
)
@click.option("--by", default="", metavar="NAME", help="Who decides; kept for ever.")
@click.option("--because", default="", metavar="TEXT", help="Why; kept for ever.")
@firm_options
@json_option
def show_numbers(
    name: str,
    reset: str | None,
    by: str,
    because: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Show where the control numbers of partner NAME stand, what is missing and what was odd."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast

    if reset and not (by.strip() and because.strip()):
        fail("--reset is kept for ever: say --by NAME --because TEXT with it.", code=USAGE)
    with the_firm(company, database) as firm:
        system = system_of(firm, name)
        if reset:
            _reset(firm, system, reset, by=by.strip(), because=because.strip())
        told = _seen(firm, system)
    if as_json:
        show_json(told)
    else:
        _show(told)


def system_of(firm: "Firm", name: str) -> str:
    """Return the system through which a partner speaks, by its own name or the partner's."""
    carrier = firm.folder.company.carriers.get(name)
    system = carrier.system if carrier else name
    if system not in firm.systems:
        known = ", ".join(sorted({*firm.systems, *firm.folder.company.carriers})) or "none"
        fail(f"{name} is no partner and no system; there are: {known}", code=NOT_FOUND)
    return system


def _seen(firm: "Firm", system: str) -> "NumbersSeen":
    from drawbar.records.control_numbers import numbers_seen  # noqa: PLC0415 - --help stays fast

    with firm.reads.connection() as connection, connection.cursor() as cursor:
        return numbers_seen(cursor, system)


def _reset(firm: "Firm", system: str, direction: str, *, by: str, because: str) -> None:
    from drawbar.records.control_numbers import NumberReset, begin_anew  # noqa: PLC0415

    told = NumberReset(system=system, direction=direction, by=by, because=because)
    begun = firm.engine.within(lambda batch, _: begin_anew(batch.cursor, told, now=batch.now))
    if not begun:
        fail(f"{system} has no numbers {direction} yet: there is nothing to reset.", code=CONFLICT)
    say(f"{begun} series {direction} begin anew, said by {by}.")


def _show(told: "NumbersSeen") -> None:
    from drawbar.cli.table import show_table  # noqa: PLC0415 - --help stays fast

    if not told.series:
        say(f"Nothing was counted with {told.system} yet.")
        return
    sides = {"out": "we sent", "in": "we heard"}
    rows = ((sides[one.direction], one.series, one.last, one.era or "") for one in told.series)
    show_table(("Side", "Series", "Last", "Begun anew"), rows, right={"Last", "Begun anew"})
    if told.missing:
        numbers = ", ".join(f"{one.series} {one.number}" for one in told.missing)
        say(f"Never came: {numbers}")
    if told.notes:
        lines = (
            (one.noted_at, sides[one.direction], one.series, one.kind, _span(one.first, one.last),
             one.said_by, one.because or one.message_ref)
            for one in told.notes
        )  # fmt: skip
        show_table(("When", "Side", "Series", "What", "Numbers", "Said by", "Why"), lines)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"

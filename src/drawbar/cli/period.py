"""``drawbar period``: what stands against closing a month, and the word that closes it."""

from pathlib import Path

import click

from drawbar.cli.options import CONFLICT, VALIDATION, fail, firm_options, json_option, say, the_firm
from drawbar.cli.signed import by_option, signed

_period_argument = click.argument("period", metavar="PERIOD")


@click.group("period")
def period() -> None:
    """Look at the months of the books, close them, open the last one again."""


@period.command("status", short_help="Show the checklist of a month.")
@click.argument("period", metavar="[PERIOD]", default="")
@firm_options
@json_option
def show_status(period: str, company: Path | None, database: str, as_json: bool) -> None:
    """Show the checklist of PERIOD (as 2026-03), else of the next one to close."""
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415 - --help stays fast
    from drawbar.freight.instant import local_day  # noqa: PLC0415
    from drawbar.freight.period import Period, UnfitPeriod  # noqa: PLC0415
    from drawbar.web.api.v1.periods import seen_periods  # noqa: PLC0415

    try:
        name = Period(period).name if period else ""
    except UnfitPeriod as error:
        fail(f"{error}.", code=VALIDATION)
    with the_firm(company, database) as firm, firm.reads.connection() as connection:
        zone = firm.folder.company.zone
        today = local_day(firm.engine.clock.now(), zone)
        told = seen_periods(connection.cursor(), today=today, zone=zone, name=name)
    if as_json:
        show_json(told)
        return
    cells = (
        (
            one.item,
            one.count,
            "blocks" if one.blocking and one.count else "",
            ", ".join(f"{money.amount} {money.currency}" for money in one.money),
            one.text,
        )
        for one in told.checklist
    )
    show_table(("Item", "Count", "", "Money", "What"), cells, right={"Count", "Money"})
    say(f"{told.period}: {told.objection or 'it can be closed.'}")
    say(f"The books are open from {told.open_from}." if told.open_from else "No month is closed.")


@period.command("close")
@_period_argument
@by_option
@click.option("--because", default="", metavar="TEXT", help="Why, where the checklist blocks it.")
@firm_options
@json_option
def close_period(
    period: str, by: str, because: str, company: Path | None, database: str, as_json: bool
) -> None:
    """Close PERIOD: nothing is posted in it any more."""
    from drawbar.cli.spoken import speak  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.table import show_json  # noqa: PLC0415
    from drawbar.web.api.v1.periods import PeriodClosingV1, take_closing  # noqa: PLC0415

    told = PeriodClosingV1(period=period, reason=because)
    with the_firm(company, database) as firm:
        taken = speak(firm, by, told, take_closing)
    if taken.outcome != "applied" or not taken.streams:
        fail(f"{period} was not closed. See: drawbar period status {period}", code=CONFLICT)
    if as_json:
        show_json(taken)
    say(f"{period} is closed by {by}.")


@period.command("reopen")
@_period_argument
@signed
@firm_options
@json_option
def reopen_period(
    period: str, by: str, because: str, company: Path | None, database: str, as_json: bool
) -> None:
    """Open PERIOD again, which must be the one that was closed last."""
    from drawbar.cli.spoken import speak  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.table import show_json  # noqa: PLC0415
    from drawbar.web.api.v1.periods import PeriodReopeningV1, take_reopening  # noqa: PLC0415

    told = PeriodReopeningV1(period=period, reason=because)
    with the_firm(company, database) as firm:
        taken = speak(firm, by, told, take_reopening)
    if as_json:
        show_json(taken)
    say(f"{period} is open again by {by}.")

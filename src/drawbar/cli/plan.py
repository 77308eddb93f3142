"""``drawbar plan``: what a changed company folder would do to the business, before it does it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.apply import database_option
from drawbar.cli.check import looked_over, show
from drawbar.cli.options import (
    CONFLICT,
    NOT_FOUND,
    UNAVAILABLE,
    VALIDATION,
    counted,
    fail,
    json_option,
    say,
    talk_plainly,
)

if TYPE_CHECKING:
    from drawbar.flow.plan import Plan, Total

CHANGES = 10
"""The exit code that says that something would change; 0 says that nothing would."""

_SHOWN = 20


@click.command(epilog="Exit code 0: nothing would change; 10: something would. Nothing is written.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@database_option
@json_option
@click.pass_context
def plan(ctx: click.Context, folder: Path, database: str, as_json: bool) -> None:
    """Say what a company folder would change: accruals, open bills, invoices, claim candidates.

    First of all it lists what could not be priced any more. Nothing is written.
    """
    from drawbar.cli.company.folder import errors  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.table import show_json  # noqa: PLC0415

    mistakes = errors(looked_over(folder))
    if mistakes:
        show(folder, mistakes, as_json=as_json)
        fail(f"{counted(len(mistakes), 'error')}: there is nothing to plan.", code=VALIDATION)
    found = _planned(folder, database)
    if as_json:
        show_json(found)
    else:
        _tell(found)
    ctx.exit(0 if found.is_nothing else CHANGES)


def _planned(folder: Path, database: str) -> "Plan":
    import psycopg  # noqa: PLC0415 - --help stays fast

    from drawbar.cli.company.folder import load_company  # noqa: PLC0415
    from drawbar.cli.company.planning import NothingApplied, plan_of  # noqa: PLC0415
    from drawbar.cli.firm import looking  # noqa: PLC0415
    from drawbar.cli.firm_clock import FirmClock  # noqa: PLC0415
    from drawbar.flow.amendment import Contradiction  # noqa: PLC0415

    talk_plainly()
    with looking(database) as reads, reads.connection() as connection:
        try:
            with connection.transaction(), connection.cursor() as cursor:
                firm = load_company(folder).company
                return plan_of(cursor, firm, at=FirmClock(reads).now())
        except Contradiction as error:
            fail(str(error), code=CONFLICT)
        except NothingApplied as error:
            fail(str(error), code=NOT_FOUND)
        except psycopg.errors.UndefinedTable:
            fail("The tables are older than this program: run drawbar up.", code=UNAVAILABLE)


def _tell(found: "Plan") -> None:
    from drawbar.cli.table import show_table  # noqa: PLC0415 - --help stays fast

    if found.is_nothing:
        say("Nothing would change.")
        return
    if found.unpriced:
        click.echo(f"Could not be priced any more: {len(found.unpriced)}")
        headings = ("Load", "With", "Lane", "Why")
        some = found.unpriced[:_SHOWN]
        show_table(
            headings, ((one.shipment_ref, one.party_ref, one.lane, one.text) for one in some)
        )
        click.echo("")
    click.echo(f"alters {_counted(found.accruals, 'open accruals')}")
    click.echo(f"alters {_counted(found.invoices, 'invoices to come')}")
    click.echo(f"judges {len(found.bills)} open bills otherwise")
    click.echo(f"lists {_counted(found.claimed, 'claim candidates; what was paid stays')}")
    if found.bills:
        click.echo("")
        show_table(
            ("Bill", "Load", "Now", "Then", "Payable now", "Payable then"),
            (
                (
                    one.bill_ref,
                    one.shipment_ref,
                    one.status_before,
                    one.status_after,
                    one.payable_before,
                    one.payable_after,
                )
                for one in found.bills[:_SHOWN]
            ),
        )
    for title, lines in (("Carrier", found.by_carrier), ("Lane", found.by_lane)):
        if lines:
            click.echo("")
            told = ((one.of, one.accruals.count, _amounts(one.accruals)) for one in lines[:_SHOWN])
            show_table((title, "Accruals", "By"), told, right=("Accruals", "By"))
    click.echo("")
    click.echo("New:")
    for change in found.changes:
        click.echo(f"  {change}")
    say(f"{found.looked_at} loads were looked at; nothing was written.")


def _counted(total: "Total", what: str) -> str:
    by = f" by {_amounts(total)}" if total.count else ""
    noun, _, more = what.partition(";")
    return f"{total.count:,} {noun}{by}{';' + more if more else ''}"


def _amounts(total: "Total") -> str:
    return ", ".join(f"{one.amount:+,} {one.currency}" for one in total.amounts)

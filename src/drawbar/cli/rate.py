"""``drawbar rate``: what a load costs and earns, with every step, clause and version."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import (
    NOT_FOUND,
    USAGE,
    VALIDATION,
    fail,
    firm_options,
    json_option,
    say,
    the_firm,
)

if TYPE_CHECKING:
    from drawbar.flow.explained import Explained


@click.group("rate")
def rate() -> None:
    """Show how a price comes about."""


@rate.command("explain")
@click.argument("ref", default="")
@click.option(
    "--movement",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Price a movement that this YAML or JSON file describes; no database is asked.",
)
@click.option(
    "--as-known-on",
    "known_on",
    default="",
    metavar="DAY",
    help="By what was known then; or an instant.",
)
@firm_options
@json_option
def explain(
    ref: str,
    movement: Path | None,
    known_on: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Price a shipment, or a movement of a file, and print every step.

    REF is any reference of a shipment; its cost and its revenue are explained as the firm accrues
    them. With --movement nothing but the company folder is read.
    """
    if bool(ref) == (movement is not None):
        fail("Name a shipment by REF, or a file by --movement.", code=USAGE)
    told = (
        _of_file(movement, company, database, known_on)
        if movement
        else _of_shipments(ref, company, database, known_on)
    )
    if as_json:
        from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
        from drawbar.web.api.v1.rates import rate_v1  # noqa: PLC0415

        show_json([{"about": about, "rate": rate_v1(one)} for about, one in told])
    else:
        from drawbar.cli.rate_told import tell_rates  # noqa: PLC0415

        tell_rates(told)
    if any(one.unrated for _, one in told):
        fail("", code=VALIDATION)


def _of_file(
    file: Path, company: Path | None, database: str, known_on: str
) -> "list[tuple[str, Explained]]":
    from drawbar.cli.company.folder import (  # noqa: PLC0415 - --help stays fast
        UnreadableCompany,
        load_company,
    )
    from drawbar.cli.firm import company_folder  # noqa: PLC0415
    from drawbar.cli.known_on import instant  # noqa: PLC0415
    from drawbar.cli.rate_file import UnreadableMovement, of_file  # noqa: PLC0415
    from drawbar.engine import SystemClock  # noqa: PLC0415

    try:
        folder = company_folder(company, database)
        firm = load_company(folder).company
        if company is None:
            say(f"Priced under the contracts of {firm.name} in {folder}.")
        known_at = instant(known_on, firm.zone) or SystemClock().now()
        return [(file.name, of_file(file, firm, known_at=known_at, as_then=bool(known_on)))]
    except (UnreadableCompany, UnreadableMovement) as error:
        fail(str(error), code=VALIDATION)


def _of_shipments(
    ref: str, company: Path | None, database: str, known_on: str
) -> "list[tuple[str, Explained]]":
    from drawbar.cli.known_on import instant  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.nearest import nearest  # noqa: PLC0415
    from drawbar.cli.rate_known import explained_shipments  # noqa: PLC0415
    from drawbar.cli.tracing import traced  # noqa: PLC0415

    with (
        the_firm(company, database) as firm,
        firm.reads.connection() as connection,
        connection.cursor() as cursor,
    ):
        known = firm.folder.company
        then = instant(known_on, known.zone)
        found = traced(cursor, ref, known)
        refs = [one.about.ref for one in found.stories if one.about.kind.value == "shipment"]
        if not refs:
            fail(nearest(cursor, ref, found, known), code=NOT_FOUND)
        now = then or firm.engine.clock.now()
        return explained_shipments(cursor, refs, known, known_at=now, as_then=then is not None)

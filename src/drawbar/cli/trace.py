"""``drawbar trace``: any reference leads to the whole story, down to the bytes that said it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import NOT_FOUND, fail, firm_options, json_option, the_firm

if TYPE_CHECKING:
    from drawbar.cli.tracing import Trace

TRACKS = ("business", "messages", "money", "people", "errors")


@click.command(epilog="Every reference of one shipment tells the same story.")
@click.argument("ref")
@firm_options
@json_option
@click.option("--raw", is_flag=True, help="Also the bytes of each message.")
@click.option("--lane", type=click.Choice(TRACKS), help="Only these events of the timeline.")
def trace(
    ref: str, company: Path | None, database: str, as_json: bool, raw: bool, lane: str | None
) -> None:
    """Tell the whole story of REF, down to the bytes.

    REF is an order number, PO, PRO in any spelling, BOL, tender, a carrier's invoice number, an ERP
    document, or a reference of ours.
    """
    found = _traced(ref, company, database)
    if lane is not None:
        from drawbar.cli.tracing import only  # noqa: PLC0415 - --help stays fast

        found = only(found, lane)
    if as_json:
        from drawbar.cli.table import show_json  # noqa: PLC0415
        from drawbar.cli.tracing import without_bodies  # noqa: PLC0415

        show_json(found if raw else without_bodies(found))
        return
    from drawbar.cli.telling import tell_trace  # noqa: PLC0415

    tell_trace(found, raw=raw, with_money=lane in {None, "money"})


def _traced(ref: str, company: Path | None, database: str) -> "Trace":
    from drawbar.cli.nearest import nearest  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.tracing import traced  # noqa: PLC0415

    with (
        the_firm(company, database) as firm,
        firm.reads.connection() as connection,
        connection.cursor() as cursor,
    ):
        found = traced(cursor, ref, firm.folder.company)
        if not found.stories and not found.messages:
            fail(nearest(cursor, ref, found, firm.folder.company), code=NOT_FOUND)
        return found

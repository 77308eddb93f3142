"""``drawbar replay``: what was decided about a load or a bill, by what was known on a day."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import NOT_FOUND, fail, firm_options, json_option, say, the_firm

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm
    from drawbar.flow.comparison import BillThen, Compared, LoadThen


@click.command(epilog="Facts and contracts that became known later count for nothing.")
@click.argument("ref")
@click.option(
    "--as-known-on", "known_on", default="", metavar="DAY", help="A day, or an instant; else now."
)
@firm_options
@json_option
def replay(ref: str, known_on: str, company: Path | None, database: str, as_json: bool) -> None:
    """Decide again about REF, a shipment or bill by any of its names, as it was known on a day.

    The same rules decide, from the facts and under the contracts of then. The answer is compared
    with what stands on file: it is the same, or says what came in between.
    """
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast

    with the_firm(company, database) as firm:
        found = _replayed(firm, ref, known_on)
    if as_json:
        show_json({"is_identical": found.is_identical, "replay": found})
        return
    _tell(found)


def _replayed(firm: "Firm", ref: str, known_on: str) -> "Compared":
    from drawbar.cli.known_on import instant  # noqa: PLC0415 - --help stays fast
    from drawbar.freight.stream import StreamKind  # noqa: PLC0415
    from drawbar.records.as_known import as_known  # noqa: PLC0415
    from drawbar.records.desk.search import find, streams_found  # noqa: PLC0415

    at = instant(known_on, firm.folder.company.zone) or firm.engine.clock.now()
    with firm.reads.connection() as connection, connection.cursor() as cursor:
        keys = streams_found(find(cursor, ref, firm.folder.company))
        wanted = [one for one in keys if one.kind in (StreamKind.FREIGHT_BILL, StreamKind.SHIPMENT)]
        if not wanted:
            fail(
                f"No shipment and no bill is called {ref}. Try: drawbar trace {ref}", code=NOT_FOUND
            )
        return as_known(cursor, wanted[0], firm.folder.company, known_on=at)


def _tell(found: "Compared") -> None:
    version = f", company version {found.company_version}" if found.company_version else ""
    say(f"As known on {found.known_on:%Y-%m-%d %H:%M:%S}Z: {found.facts} facts{version}.")
    for load in found.loads:
        _tell_load(load)
    for bill in found.bills:
        _tell_bill(bill)
    if found.is_identical:
        click.echo("The same as on file.")
        return
    click.echo("Otherwise than on file:")
    for line in found.differences:
        click.echo(f"  {line}")
    click.echo("Known since then:")
    for line in found.since:
        click.echo(f"  {line}")


def _tell_load(load: "LoadThen") -> None:
    from drawbar.cli.table import show_table, worded  # noqa: PLC0415 - --help stays fast

    carrier = load.carrier_ref or "no carrier"
    held = f"accrued {worded(load.accrued) or 'nothing'}"
    click.echo(f"{load.shipment_ref}: {load.status}, {carrier}, {held}")
    rows = [
        (
            side,
            one.charge.kind.value,
            one.charge.money,
            _why(one.why.contract_ref, one.why.contract_version),
            _steps(one.why.steps),
        )
        for side, charges in (("cost", load.cost), ("price", load.price))
        for one in charges
    ]
    show_table(("", "Charge", "Amount", "Contract", "How"), rows, right=("Amount",))
    click.echo("")


def _tell_bill(bill: "BillThen") -> None:
    from drawbar.cli.table import show_table  # noqa: PLC0415 - --help stays fast

    head = f"{bill.bill_ref}: {bill.carrier_ref} {bill.invoice_number}, {bill.status}"
    click.echo(f"{head}, {bill.payable} payable, {bill.disputed} disputed")
    rows = [
        (
            one.line.number,
            one.line.kind.value,
            one.line.money,
            one.payable,
            one.judgement.value,
            one.reason.value if one.reason else "",
            one.text,
        )
        for one in bill.lines
    ]
    headings = ("Line", "Charge", "Billed", "Payable", "", "Reason", "Why")
    show_table(headings, rows, right=("Billed", "Payable"))
    click.echo("")


def _why(contract_ref: str, version: int) -> str:
    return f"{contract_ref} v{version}" if contract_ref else ""


def _steps(steps: "tuple[object, ...]") -> str:
    return "; ".join(getattr(one, "text", "") for one in steps)

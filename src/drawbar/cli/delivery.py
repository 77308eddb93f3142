"""``drawbar delivery``: what goes to other systems, what is stuck, and who may go on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import (
    CONFLICT,
    NOT_FOUND,
    fail,
    firm_options,
    json_option,
    say,
    the_firm,
)
from drawbar.cli.signed import limit_option, signed

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm
    from drawbar.cli.whole_story import Row
    from drawbar.messages.gate import Gate

LANES = ("dispatch", "milestones", "finance", "notify")
STATES = ("ready", "claimed", "rejected", "unsure", "dead", "confirmed", "skipped")
ANSWERS = {"confirmed": "it_was_done", "retry": "send_again", "skip": "skip"}
"""What a person says, and the engine's word for it."""


@click.group("delivery")
def delivery() -> None:
    """List deliveries and resolve stuck ones; a whole lane is held with drawbar lane."""


@delivery.command("list", short_help="List deliveries, the newest first.")
@click.option("--system", default="", help="To this system only, as erp.")
@click.option("--lane", type=click.Choice(LANES), default=None, help="In this lane only.")
@click.option("--state", type=click.Choice(STATES), default=None, help="In this state only.")
@limit_option
@firm_options
@json_option
def list_deliveries(
    system: str,
    lane: str | None,
    state: str | None,
    limit: int,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """List deliveries, the newest first; held systems are said on stderr."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.whole_story import ALL_DELIVERIES  # noqa: PLC0415
    from drawbar.messages.queue import list_gates  # noqa: PLC0415
    from drawbar.records.desk.listing import leaf  # noqa: PLC0415

    wanted = {"system": system, "lane": lane or "", "state": state or ""}
    with the_firm(company, database) as firm, firm.reads.connection() as connection:
        cursor = connection.cursor()
        rows = leaf(cursor, ALL_DELIVERIES, wanted=wanted, limit=limit).rows
        gates = list_gates(cursor)
    for gate in gates:
        _say_closed(gate)
    if as_json:
        show_json(rows)
    elif rows:
        _show(rows)
    else:
        say("Nothing of that kind was to be delivered.")


@delivery.command("resolve")
@click.argument("delivery_id", metavar="ID", type=click.IntRange(1))
@click.option(
    "--as",
    "answer",
    type=click.Choice(tuple(ANSWERS)),
    required=True,
    help="It was done there; send it again; or leave it out.",
)
@click.option("--document", default="", help="Their number for it, with --as confirmed.")
@signed
@firm_options
@json_option
def resolve_delivery(
    delivery_id: int,
    answer: str,
    document: str,
    by: str,
    because: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Decide about a delivery that does not go on by itself."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.engine.resolving import Answer, Resolution  # noqa: PLC0415

    if (answer == "confirmed") != bool(document.strip()):
        raise click.UsageError("--as confirmed needs --document, their number; nothing else does")
    resolution = Resolution(
        delivery_id=delivery_id,
        answer=Answer(ANSWERS[answer]),
        by=by,
        why=because,
        document=document.strip(),
    )
    with the_firm(company, database) as firm:
        _found(firm, delivery_id)
        is_done = firm.engine.resolve(resolution)
        row = _found(firm, delivery_id)
    if not is_done:
        fail(_not_stuck(row), code=CONFLICT)
    if as_json:
        show_json(row)
    say(f"Delivery {delivery_id} ({row['kind']} to {row['system']}) is {row['state']} by {by}.")


def _show(rows: "list[Row]") -> None:
    from drawbar.cli.table import show_table  # noqa: PLC0415 - --help stays fast

    headings = ("Id", "System", "Lane", "What", "Our key", "State", "Document", "Tries", "Since")
    cells = (
        (
            row["delivery_id"],
            row["system"],
            row["lane"],
            row["kind"],
            row["business_key"],
            f"{row['state']}\n{row['error']}".strip(),
            row["document"],
            row["attempts"],
            row["created_at"],
        )
        for row in rows
    )
    show_table(headings, cells, right={"Id", "Tries"})


def _say_closed(gate: "Gate") -> None:
    where = f"{gate.system} {gate.lane.value}"
    if gate.held:
        until = f" until {gate.held_until:%Y-%m-%d %H:%M}Z" if gate.held_until else ""
        say(f"{where} is held by {gate.held_by}{until}: {gate.held_why}")
    if gate.circuit.value != "closed" and gate.opened_at is not None:
        say(f"{where} has not answered since {gate.opened_at:%Y-%m-%d %H:%M}Z; asked again soon.")


def _not_stuck(row: "Row") -> str:
    if row["state"] == "claimed":
        return f"Delivery {row['delivery_id']} is on its way just now. Try again in a minute."
    by = f" by {row['settled_by']}" if row["settled_by"] else ""
    return f"Delivery {row['delivery_id']} is {row['state']} already{by}; nothing was changed."


def _found(firm: "Firm", delivery_id: int) -> "Row":
    from drawbar.cli.whole_story import ALL_DELIVERIES  # noqa: PLC0415 - --help stays fast
    from drawbar.records.desk.listing import leaf  # noqa: PLC0415

    wanted = {"delivery_id": str(delivery_id)}
    with firm.reads.connection() as connection:
        rows = leaf(connection.cursor(), ALL_DELIVERIES, wanted=wanted).rows
    if not rows:
        fail(f"There is no delivery {delivery_id}. See: drawbar delivery list", code=NOT_FOUND)
    return rows[0]

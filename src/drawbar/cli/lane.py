"""``drawbar lane``: what waits for which system, and a person's word to hold it or let it go."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import NOT_FOUND, fail, firm_options, json_option, say, the_firm
from drawbar.cli.signed import signed

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm

LANES = ("dispatch", "milestones", "finance", "notify")
_lane_argument = click.argument("lane", type=click.Choice(LANES))


@click.group("lane")
def lane() -> None:
    """List lanes to other systems, hold them, open them, ask whether they answer."""


@lane.command("list")
@firm_options
@json_option
def list_lanes(company: Path | None, database: str, as_json: bool) -> None:
    """List every lane with what waits in it."""
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415 - --help stays fast
    from drawbar.web.api.v1.lanes import seen_lanes  # noqa: PLC0415
    from drawbar.web.auth.caller import Caller  # noqa: PLC0415
    from drawbar.web.auth.role import Role  # noqa: PLC0415

    here = Caller(name="command line", role=Role.ADMIN)
    with the_firm(company, database) as firm, firm.reads.connection() as connection:
        told = seen_lanes(connection.cursor(), now=firm.engine.clock.now(), caller=here)
    if as_json:
        show_json(told.items)
    elif told.items:
        headings = ("System", "Lane", "Gate", "Waits", "Stuck", "Oldest", "Money held", "Said last")
        cells = (
            (
                one.system,
                one.lane,
                f"{one.gate}\n{one.held_why}".strip(),
                one.ready + one.on_its_way,
                one.stuck,
                one.oldest_at,
                ", ".join(str(each.money()) for each in one.money),
                one.error,
            )
            for one in told.items
        )
        show_table(headings, cells, right={"Waits", "Stuck", "Money held"})
    else:
        say("Nothing was to be sent yet.")


@lane.command("hold", short_help="Let nothing go to a system until it is released.")
@click.argument("system")
@_lane_argument
@signed
@firm_options
@json_option
def hold_lane(
    system: str,
    lane: str,
    by: str,
    because: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Let nothing go to SYSTEM in LANE until it is released; all of it is kept in order."""
    with the_firm(company, database) as firm:
        changed = _act(firm, system, lane, "hold", by=by, because=because)
    _show(changed, as_json=as_json)
    say(f"{system} {lane} is held by {by}. Let it go: drawbar lane release {system} {lane} …")


@lane.command("release")
@click.argument("system")
@_lane_argument
@signed
@firm_options
@json_option
def release_lane(
    system: str,
    lane: str,
    by: str,
    because: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Let go what was held; it drains in order."""
    with the_firm(company, database) as firm:
        was_held = _act(firm, system, lane, "open", by=by, because=because)
    _show(was_held, as_json=as_json)
    said = f"was let go by {by}" if was_held else "was not held: it is open already"
    say(f"{system} {lane} {said}.")


@lane.command("probe", short_help="Have a system asked now whether it answers.")
@click.argument("system")
@_lane_argument
@signed
@firm_options
@json_option
def probe_lane(
    system: str,
    lane: str,
    by: str,
    because: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Have SYSTEM asked now whether it answers, instead of after the pause."""
    with the_firm(company, database) as firm:
        changed = _act(firm, system, lane, "probe", by=by, because=because)
    _show(changed, as_json=as_json)
    say(f"{system} {lane} is asked now.")


def _show(changed: bool, *, as_json: bool) -> None:
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast

    if as_json:
        show_json({"changed": changed})


def _act(firm: "Firm", system: str, lane: str, wish: str, *, by: str, because: str) -> bool:
    from drawbar.engine.lanes import LaneOrder, LaneWish, act_on_lane  # noqa: PLC0415
    from drawbar.freight.delivery import Lane  # noqa: PLC0415

    if system not in firm.systems:
        known = ", ".join(sorted(firm.systems)) or "none"
        name = firm.folder.company.name
        fail(f"{system} is no system of {name}; there are: {known}", code=NOT_FOUND)
    order = LaneOrder(system=system, lane=Lane(lane), wish=LaneWish(wish), by=by, because=because)
    return act_on_lane(firm.engine, order)

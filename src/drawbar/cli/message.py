"""``drawbar message``: what came in and went out, byte by byte; what is bad is mended."""

from pathlib import Path
from typing import NoReturn

import click

from drawbar.cli.options import (
    CONFLICT,
    FAILED,
    NOT_FOUND,
    PARTIAL,
    fail,
    firm_options,
    json_option,
    say,
    the_firm,
)
from drawbar.cli.signed import by_option, limit_option, signed

STATES = ("applied", "dead", "conflicting", "edited", "sent", "shadow", "observed")


@click.group("message")
def message() -> None:
    """List, show, edit and replay messages."""


@message.command("list")
@click.option("--state", type=click.Choice(STATES), default=None, help="What became of them.")
@click.option("--channel", default="", help="On this channel only, as abcd.204.")
@limit_option
@firm_options
@json_option
def list_messages(
    state: str | None,
    channel: str,
    limit: int,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """List messages, the newest first."""
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415 - --help stays fast
    from drawbar.records.desk.listing import MESSAGES, leaf  # noqa: PLC0415

    wanted = {"outcome": state or "", "channel": channel}
    with the_firm(company, database) as firm, firm.reads.connection() as connection:
        rows = leaf(connection.cursor(), MESSAGES, wanted=wanted, limit=limit).rows
    if as_json:
        show_json(rows)
    elif rows:
        shown = ("message_ref", "direction", "outcome", "channel", "sender", "facts", "times")
        headings = ("Message", "Way", "State", "Channel", "Sender", "Facts", "Times", "Learned")
        cells = ((*(row[name] for name in shown), row["learned_at"]) for row in rows)
        show_table(headings, cells, right={"Facts", "Times"})
    else:
        say("There is no such message.")


@message.command("show", short_help="Show what became of a message.")
@click.argument("ref")
@click.option("--raw", is_flag=True, help="Also its bytes.")
@firm_options
@json_option
def show_message(ref: str, raw: bool, company: Path | None, database: str, as_json: bool) -> None:
    """Show what became of a message: its facts, its problems, its versions."""
    from drawbar.cli.message_told import as_data, message_told, tell  # noqa: PLC0415

    with the_firm(company, database) as firm, firm.reads.connection() as connection:
        told = message_told(connection.cursor(), ref)
    if told is None:
        _no_message(ref)
    if as_json:
        from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast

        show_json(as_data(told, raw=raw))
    else:
        tell(told, raw=raw)


@message.command("edit", short_help="Put the bytes of FILE in the place of a message.")
@click.argument("ref")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@signed
@firm_options
@json_option
def edit_message(
    ref: str, file: Path, by: str, because: str, company: Path | None, database: str, as_json: bool
) -> None:
    """Put the bytes of FILE in the place of a message and read them; the original is kept."""
    from drawbar.cli.difference import difference  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.mending import NothingChanged, Unmendable, mend  # noqa: PLC0415
    from drawbar.engine.editing import Edit  # noqa: PLC0415

    with the_firm(company, database) as firm:
        try:
            change = Edit(message_ref=ref, body=file.read_bytes(), author=by, reason=because)
            before, taken = mend(firm.engine, firm.reads, change)
        except LookupError:
            _no_message(ref)
        except (NothingChanged, Unmendable) as error:
            fail(str(error), code=CONFLICT)
    lines = difference(before, change.body)
    if as_json:
        from drawbar.cli.table import show_json  # noqa: PLC0415

        show_json({"edited_from": ref, "taken": taken, "difference": lines})
    else:
        click.echo("\n".join(lines))
        click.echo(f"\n{taken.message_ref}  {taken.outcome.value}")
    say(f"{ref} is kept as it came; {taken.message_ref} by {by} took its place: {because}")
    if taken.error:
        fail(f"The new version cannot be read either: {taken.error}", code=FAILED)
    if taken.problems or taken.learned.dead or taken.learned.conflicting:
        where = f"drawbar message show {taken.message_ref}"
        fail(f"Not all of it could be applied; see: {where}", code=PARTIAL)


@message.command("replay", short_help="Read messages on file again.")
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@by_option
@firm_options
@json_option
def replay_messages(
    refs: tuple[str, ...], by: str, company: Path | None, database: str, as_json: bool
) -> None:
    """Read messages on file again, and decide again about facts of theirs that failed.

    What was applied before is not applied twice. Each ends as recovered, failed again or waiting.
    """
    from drawbar.cli.mending import Unmendable, replay  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415

    with the_firm(company, database) as firm:
        try:
            ends = replay(firm.engine, firm.reads, refs, by=by)
        except LookupError as error:
            _no_message(str(error.args[0]))
        except Unmendable as error:
            fail(str(error), code=CONFLICT)
    if as_json:
        show_json(ends)
    else:
        show_table(("Message", "End", "Why"), ((one.message_ref, one.end, one.why) for one in ends))
    failed = [one for one in ends if one.end == "failed again"]
    say(f"{len(ends) - len(failed)} of {len(ends)} are in order now.")
    if failed:
        click.get_current_context().exit(FAILED if len(failed) == len(ends) else PARTIAL)


def _no_message(ref: str) -> NoReturn:
    fail(f"There is no message {ref!r}. Those that are: drawbar message list", code=NOT_FOUND)

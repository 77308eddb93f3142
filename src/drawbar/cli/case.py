"""``drawbar case``: what needs a person, whose it is, and the word that closes it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import (
    CONFLICT,
    DAY,
    NOT_FOUND,
    USAGE,
    counted,
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


@click.group("case")
def case() -> None:
    """List and close what needs a person."""


@case.command("list")
@click.option("--owner", default="", help="Whose they are, as finance.")
@click.option("--kind", default="", help="What they are, as bill_stopped.")
@click.option("--all", "settled_too", is_flag=True, help="Closed ones too.")
@limit_option
@firm_options
@json_option
def list_cases(
    owner: str,
    kind: str,
    settled_too: bool,
    limit: int,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """List open cases, the newest first."""
    from drawbar.cli.table import amount, show_json, show_table  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.whole_story import ALL_CASES  # noqa: PLC0415
    from drawbar.records.desk.listing import CASES, leaf  # noqa: PLC0415

    _refuse_unknown(kind)
    listing = ALL_CASES if settled_too else CASES
    with the_firm(company, database) as firm, firm.reads.connection() as connection:
        wanted = {"owner": owner, "kind": kind}
        rows = leaf(connection.cursor(), listing, wanted=wanted, limit=limit).rows
    if as_json:
        show_json(rows)
    elif rows:
        headings = ("Case", "Kind", "About", "Owner", "Due", "At risk", "What")
        cells = (
            (
                row["case_id"],
                row["kind"],
                f"{row['subject_kind']} {row['subject_ref']}".strip() or row["message_ref"],
                row["owner"],
                row["due_at"] if row.get("settled_at") is None else "closed",
                amount(row["amount"], row["currency"]),
                row["text"],
            )
            for row in rows
        )
        show_table(headings, cells, right={"Case", "At risk"})
    else:
        say("Nothing waits for a person here.")


@case.command("show")
@click.argument("case_id", metavar="ID", type=click.IntRange(1))
@firm_options
@json_option
def show_case(case_id: int, company: Path | None, database: str, as_json: bool) -> None:
    """Show everything about one case."""
    from drawbar.cli.table import amount, show_json, show_pairs  # noqa: PLC0415 - --help stays fast

    with the_firm(company, database) as firm:
        row = _found(firm, case_id)
    if as_json:
        show_json(row)
        return
    show_pairs(
        [
            ("case", f"{row['case_id']}  {row['kind']}"),
            ("about", f"{row['subject_kind']} {row['subject_ref']}".strip()),
            ("what", row["text"]),
            ("remedy", row["remedy"]),
            ("owner", row["owner"]),
            ("due", row["due_at"]),
            ("at risk", amount(row["amount"], row["currency"])),
            ("cause", row["cause"]),
            ("message", row["message_ref"]),
            ("opened", row["opened_at"]),
            ("closed", row["settled_at"]),
            ("by", row["settled_by"] or ("the facts" if row["settled_at"] else "")),
            ("because", row["because"]),
        ]
    )


@case.command("close")
@click.argument("case_id", metavar="ID", type=click.IntRange(1))
@signed
@firm_options
@json_option
def close_case(
    case_id: int, by: str, because: str, company: Path | None, database: str, as_json: bool
) -> None:
    """Close a case by a person's word. Facts may open it again."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.records.cases import settle  # noqa: PLC0415

    with the_firm(company, database) as firm:
        _found(firm, case_id)
        is_closed = firm.engine.within(
            lambda batch, _: settle(
                batch.cursor, case_id=case_id, because=because, by=by, at=batch.now
            )
        )
        row = _found(firm, case_id)
    if not is_closed:
        whom = row["settled_by"] or "the facts"
        fail(f"Case {case_id} was closed before, by {whom}: {row['because']}", code=CONFLICT)
    if as_json:
        show_json(row)
    say(f"Case {case_id} is closed by {by}: {because}")


@case.command("map", short_help="Say what the unknown code of a case means.")
@click.argument("case_id", metavar="ID", type=click.IntRange(1))
@click.argument("meaning")
@click.option(
    "--from", "valid_from", type=DAY, help="The first day of a bill on which a charge means that."
)
@signed
@firm_options
@json_option
def map_code(
    case_id: int,
    meaning: str,
    valid_from: datetime | None,
    by: str,
    because: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Say what the unknown code of a case means; all that waited for it is read again.

    A charge may mean not_agreed: its lines are refused.
    """
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.connectors.code_table import UnfitMeaning  # noqa: PLC0415
    from drawbar.engine.meaning import Meaning, give_meaning  # noqa: PLC0415
    from drawbar.records.code_maps import waiting  # noqa: PLC0415

    with the_firm(company, database) as firm:
        _found(firm, case_id)
        with firm.reads.connection() as connection:
            words = waiting(connection.cursor(), case_id=case_id)
        if not words:
            fail(f"Case {case_id} waits for no code. See: drawbar case show", code=CONFLICT)
        word = words[0]
        said = Meaning(
            system=word.system,
            table=word.table,
            code=word.code,
            meaning=meaning,
            by=by,
            because=because,
            valid_from=valid_from.date() if valid_from else None,
        )
        try:
            done = give_meaning(firm.engine, said)
        except UnfitMeaning as error:
            fail(f"{error}.", code=USAGE)
    if as_json:
        show_json(done)
    ends = done.replayed
    was = "was" if done.messages == 1 else "were"
    say(
        f"{word.code} means {meaning}: {counted(done.messages, 'message')} {was} read again,"
        f" {ends.recovered}"
        f" recovered, {ends.failed} failed again, {ends.waiting} wait."
    )


def _found(firm: "Firm", case_id: int) -> "Row":
    from msgspec import structs  # noqa: PLC0415 - --help stays fast

    from drawbar.cli.whole_story import ALL_CASES  # noqa: PLC0415
    from drawbar.records.desk.listing import leaf  # noqa: PLC0415

    listing = structs.replace(ALL_CASES, filters=("case_id",))
    with firm.reads.connection() as connection:
        rows = leaf(connection.cursor(), listing, wanted={"case_id": str(case_id)}).rows
    if not rows:
        fail(f"There is no case {case_id}. Those that are: drawbar case list --all", code=NOT_FOUND)
    return rows[0]


def _refuse_unknown(kind: str) -> None:
    from drawbar.freight.case import CaseKind  # noqa: PLC0415 - --help stays fast

    known = [one.value for one in CaseKind]
    if kind and kind not in known:
        fail(
            f"--kind {kind}: there is no such kind of case; there are {', '.join(known)}",
            code=USAGE,
        )

"""``drawbar doctor``: what is well on this machine, what is not, and what mends it."""

from pathlib import Path

import click

from drawbar.cli.options import FAILED, counted, firm_options, json_option, say


@click.command(epilog="It only looks: nothing is started, made or changed.")
@firm_options
@json_option
@click.pass_context
def doctor(ctx: click.Context, company: Path | None, database: str, as_json: bool) -> None:
    """Check this machine, the database and the company folder."""
    import os  # noqa: PLC0415 - --help stays fast

    from drawbar.cli.checkup import Verdict, checkup  # noqa: PLC0415
    from drawbar.cli.firm import company_folder  # noqa: PLC0415
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415

    found = list(checkup(company_folder(company, database), database=database, environ=os.environ))
    if as_json:
        show_json(found)
    else:
        headings = ("Check", "", "What", "What mends it")
        show_table(headings, ((one.name, one.verdict, one.what, one.remedy) for one in found))
    failed = sum(one.verdict is Verdict.FAILED for one in found)
    warned = sum(one.verdict is Verdict.WARNING for one in found)
    checks, warnings = counted(len(found), "check"), counted(warned, "warning")
    say(f"{checks}, {warnings}, {failed} to be mended.")
    ctx.exit(FAILED if failed else 0)

"""``drawbar payment``: what is payable, a run proposed, agreed to by others, released once."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import CONFLICT, DAY, fail, firm_options, json_option, say, the_firm
from drawbar.cli.signed import by_option, signed

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm
    from drawbar.flow.payment_state import RunState

_run_argument = click.argument("run_ref", metavar="RUN")


@click.group("payment")
def payment() -> None:
    """Propose payment runs, approve and release them, look at what became of them."""


@payment.command("propose", short_help="Propose to pay everything approved that is due.")
@click.option("--until", required=True, type=DAY, help="Pay what is due until this day.")
@click.option("--on", "pay_on", type=DAY, help="The day on which the bank pays; else today.")
@by_option
@firm_options
@json_option
def propose(
    until: datetime,
    pay_on: datetime | None,
    by: str,
    company: Path | None,
    database: str,
    as_json: bool,
) -> None:
    """Propose to pay everything approved that is due, less credits and accepted claims."""
    from drawbar.cli.spoken import speak  # noqa: PLC0415 - --help stays fast
    from drawbar.web.api.v1.payments import RunProposalV1, take_proposal  # noqa: PLC0415

    told = RunProposalV1(until=until.date(), pay_on=pay_on.date() if pay_on else None)
    with the_firm(company, database) as firm:
        taken = speak(firm, by, told, take_proposal)
        refs = [one.ref for one in taken.streams if one.kind == "payment_run"]
        if not refs:
            fail("No run was proposed.", code=CONFLICT)
        state = _state(firm, refs[0])
    _show(state, as_json=as_json)


@payment.command("show", short_help="Show one run, or list all.")
@click.argument("run_ref", metavar="[RUN]", default="")
@firm_options
@json_option
def show(run_ref: str, company: Path | None, database: str, as_json: bool) -> None:
    """Show one run with all that it pays and leaves out; without RUN, list all."""
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415 - --help stays fast
    from drawbar.records.desk.books import runs  # noqa: PLC0415

    with the_firm(company, database) as firm:
        if run_ref:
            _show(_state(firm, run_ref), as_json=as_json)
            return
        with firm.reads.connection() as connection:
            found = runs(connection.cursor())
    if as_json:
        show_json(found)
    elif found:
        cells = (
            (one.run_ref, one.status, one.until, one.payments, one.bills, one.total or "several")
            for one in found
        )
        headings = ("Run", "State", "Until", "Payments", "Bills", "Total")
        show_table(headings, cells, right={"Payments", "Bills", "Total"})
    else:
        say("No payment run was proposed yet.")


@payment.command("approve")
@_run_argument
@by_option
@firm_options
@json_option
def approve(run_ref: str, by: str, company: Path | None, database: str, as_json: bool) -> None:
    """Agree to RUN as it stands; whoever proposed it cannot."""
    from drawbar.cli.spoken import speak  # noqa: PLC0415 - --help stays fast
    from drawbar.web.api.v1.payments import RunApprovalV1, take_approval  # noqa: PLC0415
    from drawbar.web.api.v1.term import MoneyV1  # noqa: PLC0415

    with the_firm(company, database) as firm:
        seen = tuple(
            MoneyV1(amount=f"{one.amount:f}", currency=one.currency)
            for one in _state(firm, run_ref).totals
        )
        speak(firm, by, RunApprovalV1(run_ref=run_ref, seen=seen), take_approval)
        state = _state(firm, run_ref)
    _show(state, as_json=as_json)
    if all(one.by != by for one in state.signatures):
        fail(f"It was not approved by {by}. See: drawbar trace {run_ref}", code=CONFLICT)


@payment.command("release")
@_run_argument
@by_option
@firm_options
@json_option
def release(run_ref: str, by: str, company: Path | None, database: str, as_json: bool) -> None:
    """Let an approved RUN go to the bank, once."""
    from drawbar.cli.spoken import speak  # noqa: PLC0415 - --help stays fast
    from drawbar.web.api.v1.payments import RunReleaseV1, take_release  # noqa: PLC0415

    with the_firm(company, database) as firm:
        speak(firm, by, RunReleaseV1(run_ref=run_ref), take_release)
        state = _state(firm, run_ref)
    _show(state, as_json=as_json)
    if not state.released_by:
        fail("It changed since it was proposed: drop it and propose it anew.", code=CONFLICT)


@payment.command("drop")
@_run_argument
@signed
@firm_options
@json_option
def drop(
    run_ref: str, by: str, because: str, company: Path | None, database: str, as_json: bool
) -> None:
    """Give RUN up, so that its bills can be in another one."""
    from drawbar.cli.spoken import speak  # noqa: PLC0415 - --help stays fast
    from drawbar.web.api.v1.payments import RunDropV1, take_drop  # noqa: PLC0415

    with the_firm(company, database) as firm:
        speak(firm, by, RunDropV1(run_ref=run_ref, reason=because), take_drop)
        state = _state(firm, run_ref)
    _show(state, as_json=as_json)


def _state(firm: "Firm", run_ref: str) -> "RunState":
    from drawbar.cli.options import NOT_FOUND  # noqa: PLC0415 - --help stays fast
    from drawbar.flow.payment_state import RunState  # noqa: PLC0415
    from drawbar.freight.stream import StreamKey, StreamKind  # noqa: PLC0415
    from drawbar.records.desk.stream import stream  # noqa: PLC0415

    with firm.reads.connection() as connection:
        found = stream(connection.cursor(), StreamKey(StreamKind.PAYMENT_RUN, run_ref))
    if found is None:
        fail(f"There is no run {run_ref}. Those that are: drawbar payment show", code=NOT_FOUND)
    assert isinstance(found.state, RunState)
    return found.state


def _show(state: "RunState", *, as_json: bool) -> None:
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415 - --help stays fast
    from drawbar.web.api.v1.payment_run import run_v1  # noqa: PLC0415

    told = run_v1(state)
    if as_json:
        show_json(told)
        return
    cells = [
        (
            payment.payment_ref,
            payment.name,
            one.bill_ref,
            one.invoice_number,
            *(f"{part.amount}" for part in (one.gross, one.discount, one.netted, one.cash)),
            one.cash.currency,
            payment.outcome,
        )
        for payment in told.payments
        for one in payment.bills
    ]
    if cells:
        sums = ("Gross", "Discount", "Netted", "Paid")
        headings = ("Payment", "Payee", "Bill", "Invoice", *sums, "", "Bank")
        show_table(headings, cells, right=set(sums))
    for left in told.left_out:
        say(f"Not paid: {left.ref} {left.money.amount} {left.money.currency}. {left.text}")
    totals = " and ".join(f"{one.amount} {one.currency}" for one in told.totals) or "nothing"
    say(f"{told.run_ref} is {told.status}: it pays {totals} on {told.pay_on}.")

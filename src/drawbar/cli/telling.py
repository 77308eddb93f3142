"""A trace as people read it: whose it is, one timeline, and why each amount is what it is."""

from collections.abc import Iterable, Sequence

import click

from drawbar.cli.raw_bytes import readable
from drawbar.cli.table import amount, show_pairs, show_table, visible, worded
from drawbar.cli.timeline import Event
from drawbar.cli.tracing import Story, Trace
from drawbar.cli.whole_story import BillTold, ChargeTold, InvoiceTold, Row, StreamTold, Told
from drawbar.freight.charge import AgreedCharge, Charge, Explanation
from drawbar.freight.verdict import LineVerdict
from drawbar.records.desk.message import MessageKept


def tell_trace(found: Trace, *, raw: bool, with_money: bool) -> None:
    """Print a trace, story by story."""
    for number, one in enumerate(found.stories):
        if number:
            click.echo("\n" + "─" * 72)
        _tell_story(one, with_money=with_money)
        if raw:
            tell_bytes(one.told.messages)
    for kept in found.messages:
        head = f"{kept.channel} of {kept.sender}, {kept.outcome}"
        show_pairs([("message", kept.message_ref), ("", head), ("error", kept.error)])
    _tell_cases(found.cases)
    if raw:
        tell_bytes(found.messages)


def tell_bytes(messages: Iterable[MessageKept]) -> None:
    """Print the bytes of messages, each under its reference."""
    for kept in messages:
        head = f"{kept.message_ref}  {kept.direction}  {kept.channel}  {kept.sender}"
        click.echo(f"\n{visible(head)}  {len(kept.body):,} bytes")
        click.echo(readable(kept.body))


def _tell_story(one: Story, *, with_money: bool) -> None:
    streams = [(each.kind.replace("_", " "), _standing(each)) for each in one.told.streams]
    show_pairs([*streams, ("known as", _names(one.told.streams))])
    click.echo("")
    show_table(("Learned", "What", "Says", "From"), map(_event, one.timeline))
    if with_money:
        _tell_money(one.told)
    _tell_cases(row for row in one.told.cases if row["settled_at"] is None)
    waits = [(row["name"], row["ref"], row["due_at"]) for row in one.told.waits]
    if waits:
        _heading("Waits for")
        show_table(("What", "About", "Until"), waits)


def _standing(one: StreamTold) -> str:
    return f"{one.ref}  {one.status.replace('_', ' ')}".rstrip()


def _names(streams: Sequence[StreamTold]) -> str:
    names = {(name.kind, name.value): name for one in streams for name in one.names}
    return ", ".join(
        f"{kind.replace('_', ' ').upper()} {name.spelled}"
        for (kind, _), name in sorted(names.items())
    )


def _event(event: Event) -> tuple[object, ...]:
    source = event.message_ref if event.message_ref != event.ref else ""
    happened = [f"· on {worded(event.happened_at)}"] if event.happened_at != event.at else []
    notes = (f"· {note}" for note in event.notes)
    says = "\n".join(one for one in (event.says, *happened, *notes) if one)
    from_where = f"{source} {event.place}".strip() or event.ref
    return (event.at, event.what, says, from_where)


def _tell_money(told: Told) -> None:
    why = told.why
    _tell_charges(f"What {why.payee_ref or 'the carrier'} is owed", "Billed", why.cost)
    for bill in why.bills:
        _tell_bill(bill)
    _tell_charges(f"What {why.customer_ref} owes", "Invoiced", why.revenue)
    for invoice in why.invoices:
        _tell_invoice(invoice)


def _tell_charges(title: str, used: str, charges: Sequence[ChargeTold]) -> None:
    if not charges:
        return
    _heading(title)
    rows = (
        (_charge(one.agreed.charge), one.agreed.charge.money, one.used, _reason(one.agreed))
        for one in charges
    )
    show_table(("Charge", "Agreed", used, "Why"), rows, right={"Agreed", used})


def _charge(charge: Charge) -> str:
    stop = f" at stop {charge.stop}" if charge.stop else ""
    return f"{charge.kind.value.replace('_', ' ')}{stop}"


def _reason(agreed: AgreedCharge) -> str:
    provisional = ["provisional: may change"] if agreed.provisional else []
    return "\n".join((*_explained(agreed.why), *provisional))


def _explained(why: Explanation) -> Iterable[str]:
    source = f"{why.contract_ref} version {why.contract_version}" if why.contract_ref else why.rule
    yield f"{source}, {why.clause}" if why.clause else source
    for step in why.steps:
        yield f"  {step.text}{f' = {step.result}' if step.result else ''}"
    for key in why.facts:
        yield f"  by {key}"


def _tell_bill(bill: BillTold) -> None:
    _heading(f"Bill {bill.bill_ref}: {bill.carrier_ref} {bill.invoice_number}, {bill.status}")
    show_pairs(
        [
            ("billed", bill.billed),
            ("payable", bill.payable),
            ("disputed", bill.disputed if bill.disputed.amount else ""),
            ("reason", bill.reason),
            ("", bill.text),
        ]
    )
    headings = ("Line", "Charge", "Billed", "Verdict", "Payable", "Why")
    if bill.verdicts:
        show_table(headings, map(_verdict, bill.verdicts), right={"Line", "Billed", "Payable"})


def _verdict(one: LineVerdict) -> tuple[object, ...]:
    line = one.line
    stop = f" at stop {line.stop}" if line.stop else ""
    judged = one.judgement.value.replace("_", " ")
    verdict = f"{judged} ({one.reason.value})" if one.reason else judged
    said = (one.text, *one.log, one.remedy)
    why = "\n".join(dict.fromkeys(part for part in said if part))
    kind = line.kind.value.replace("_", " ")
    return (line.number, f"{kind}{stop}", line.money, verdict, one.payable, why)


def _tell_invoice(told: InvoiceTold) -> None:
    _heading(f"Invoice {told.invoice_ref}: {told.status}, {told.total}, paid {told.paid}")
    rows = ((_charge(one.charge), one.charge.money, _reason(one)) for one in told.lines)
    show_table(("Charge", "Invoiced", "Why"), rows, right={"Invoiced"})


def _tell_cases(cases: Iterable[Row]) -> None:
    rows = [
        (
            row["case_id"],
            row["kind"],
            row["owner"],
            row["due_at"],
            amount(row["amount"], row["currency"]),
            f"{worded(row['text'])}\n{worded(row['remedy'])}",
        )
        for row in cases
    ]
    if rows:
        _heading("Needs a person")
        show_table(("Case", "Kind", "Owner", "Due", "At risk", "What and what would mend it"), rows)


def _heading(text: str) -> None:
    click.echo(f"\n{visible(text)}")

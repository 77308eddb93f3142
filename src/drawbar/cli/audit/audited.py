"""A whole audit of a folder: what is read, judged and summed up, for whoever shows it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from msgspec import Struct, structs

from drawbar.cli.audit.document import AuditedBill, Missing, Summary, UnreadInput
from drawbar.cli.audit.firm import Firm, firm_of
from drawbar.cli.audit.folder import Found, files_in
from drawbar.cli.audit.missing import missing_bills
from drawbar.cli.audit.reading import Reader, words_of
from drawbar.cli.audit.run import Asks, Audit, Progress, asks_of
from drawbar.cli.audit.setting import Codes, Columns, read_setting
from drawbar.cli.audit.spool import Spool
from drawbar.cli.audit.summing import Tally
from drawbar.cli.audit.unread import Unread, UnreadList
from drawbar.flow.company import Company


class Audited(Struct, frozen=True, kw_only=True):
    """An audit that is over. ``bills`` reads every bill anew each time it is called."""

    summary: Summary
    bills: Callable[[], Iterator[AuditedBill]]
    largest: list[AuditedBill]
    missing: list[Missing]
    unread: list[UnreadInput]


@contextmanager
def audited(folder: Path, *, as_of: date, progress: Progress) -> Iterator[Audited]:
    """Audit a folder. Raise ``UnreadableSetting`` where its settings cannot be read."""
    start = perf_counter()
    unread = UnreadList()
    columns = read_setting(folder / "columns.yaml", Columns)
    codes = read_setting(folder / "codes.yaml", Codes)
    firm = firm_of(folder, columns, unread)
    found = files_in(folder, columns, unread)
    words = words_of(codes, firm.company, today=as_of)
    with Spool() as spool, _rarely_collected():
        reader = Reader(spool, words, columns, unread, currency=firm.company.currency)
        _read(found, reader, progress)
        asks = asks_of(reader, columns)
        audit = Audit(spool, firm.company, unread, asks, progress)
        audit.run()
        tally = Tally()
        for bill in audit.results():
            tally.add(bill)
        missing = list(missing_bills(audit, spool, as_of=as_of, days=columns.missing_bill_days))
        summary = structs.replace(
            _summary(firm, found, reader, asks),
            folder=folder.resolve().name,
            as_of=as_of,
            bills=tally.bills,
            lines=tally.lines,
            decisions=dict(sorted(tally.decisions.items())),
            totals=tally.totals,
            by_reason=tally.reasons,
            by_carrier=tally.carriers,
            by_lane=tally.lanes,
            largest=tuple(one.bill_ref for one in tally.largest),
            missing_bills=len(missing),
            overdue_bills=sum(1 for one in missing if one.is_overdue),
            unread=unread.errors,
            notes=sum(1 for one in unread if one.is_note),
        )
        seconds = round(perf_counter() - start, 3)
        yield Audited(
            summary=structs.replace(summary, seconds=seconds),
            bills=audit.results,
            largest=tally.largest,
            missing=missing,
            unread=[_unread(one) for one in unread],
        )


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Look for rings in memory seldom: an audit makes millions of objects, and hardly a ring."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read(found: Found, reader: Reader, progress: Progress) -> None:
    for source in found.tables:
        reader.read(source, lambda name, rows: progress(f"read {name}", rows, 0))
    for source in found.edi:
        reader.read_edi(source)


def _summary(firm: Firm, found: Found, reader: Reader, asks: Asks) -> Summary:
    """Return what is known before any bill is counted."""
    company = firm.company
    return Summary(
        drawbar=version("drawbar"),
        shipments=reader.shipments,
        files={one.name: one.kind or "workbook" for one in (*found.tables, *found.edi)},
        taken=(*firm.taken, *_currency(firm, reader), *_supposed(asks)),
        contracts=tuple(sorted({f"{c.contract_ref} v{c.version}" for c in company.contracts})),
        tolerance=_tolerance(company),
    )


def _currency(firm: Firm, reader: Reader) -> Iterator[str]:
    """Yield what was taken of bills without a currency, where there is such a bill."""
    if firm.currency_taken and reader.assumes_currency:
        yield firm.currency_taken


def _supposed(asks: Asks) -> Iterator[str]:
    if not asks.evidence.events:
        yield "No events were given: deliveries are not asked for, and waiting cannot be judged."
    elif not asks.delivery:
        yield "Deliveries are not asked for, as columns.yaml says."
    if not asks.proof:
        yield "Proofs of delivery are not asked for."
    if not asks.evidence.approvals:
        yield "No approvals or receipts were given: what needs one is undecided."


def _tolerance(company: Company) -> str:
    one = company.policy.tolerance
    bill = f"bill at most {one.bill_over_percent} % and {one.bill_over} over"
    return f"{one.policy_ref} v{one.version}: {bill}, line {one.line_over_percent} %"


def _unread(one: Unread) -> UnreadInput:
    return UnreadInput(
        file=one.file,
        places=tuple(one.places),
        count=one.count,
        field=one.field,
        text=one.text,
        remedy=one.remedy,
        is_note=one.is_note,
    )

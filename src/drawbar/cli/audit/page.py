"""The audit as one page that stands by itself: charts, tables, and every bill down to its evidence.

It opens without a network, in light and dark, and prints; of many bills the largest are listed.
"""

import heapq
from collections.abc import Iterable
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from drawbar.cli.audit.audited import Audited
from drawbar.cli.audit.chart import Bar, bars
from drawbar.cli.audit.document import AuditedBill, ReasonSums, Summary, Sums
from drawbar.cli.audit.markup import Markup, counted, joined, table, tag
from drawbar.cli.audit.page_bill import bill_part
from drawbar.cli.audit.reason_said import REASON_SAID

BILLS_MAX = 1_500
ROWS_MAX = 14
LIST_MAX = 300


def write_page(found: Audited, path: Path) -> None:
    """Write the page."""
    path.write_text(page_of(found), encoding="utf-8")


def page_of(found: Audited) -> str:
    """Return the page."""
    summary = found.summary
    bills = _listed(found)
    title = f"Freight audit of {summary.folder}"
    head = (
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title),
        tag("style", Markup(_part("page.css"))),
    )
    body = tag(
        "main",
        tag("h1", title),
        _said(summary),
        *(_tiles(one, summary) for one in summary.totals),
        _charts(summary),
        *_tables(summary),
        _bills(bills, summary),
        *_missing(found),
        *_unread(found),
    )
    script = tag("script", Markup(_part("page.js")))
    return "<!doctype html>\n" + tag(
        "html", tag("head", *head), tag("body", body, script), lang="en"
    )


def _part(name: str) -> str:
    return (files("drawbar.cli.audit") / name).read_text("utf-8")


def _said(summary: Summary) -> Markup:
    contracts = ", ".join(summary.contracts[:20]) or "no contracts"
    lines = [
        f"As of {summary.as_of}, by Drawbar {summary.drawbar}, under {contracts}.",
        f"Judged within {summary.tolerance}.",
        *summary.taken,
    ]
    return joined(*(tag("p", one, class_="soft") for one in lines))


def _tiles(one: Sums, summary: Summary) -> Markup:
    share = f" ({one.saved * 100 / one.billed:.2f} %)" if one.billed else ""
    tiles = (
        ("", "Bills", f"{one.bills:,}"),
        ("", f"Billed, {one.currency}", f"{one.billed:,f}"),
        ("", "Payable", f"{one.payable:,f}"),
        ("saved", "Saved" + share, f"{one.saved:,f}"),
        ("open", "Undecided", f"{one.undecided:,f}"),
        ("", "Shipments not billed", f"{summary.missing_bills:,}"),
    )
    return tag(
        "dl",
        *(tag("div", tag("dt", what), tag("dd", how), class_=kind) for kind, what, how in tiles),
        class_="tiles",
    )


def _charts(summary: Summary) -> Markup:
    key = tag(
        "p",
        tag("span", "", class_="key saved"),
        "not owed or claimed back  ",
        tag("span", "", class_="key open"),
        "undecided: something is lacking to know",
        class_="soft",
    )
    charts = (
        bars("Money by reason", [_of_reason(one) for one in summary.by_reason[:ROWS_MAX]]),
        bars("Saved by carrier", [_of_sums(one) for one in summary.by_carrier[:ROWS_MAX]]),
        bars("Saved by lane", [_of_sums(one) for one in summary.by_lane[:ROWS_MAX]]),
    )
    return joined(tag("h2", "Where the money is"), key, tag("div", *charts, class_="charts"))


def _of_reason(one: ReasonSums) -> Bar:
    saved = one.not_owed + one.claimed
    text = f"{saved + one.undecided:,f} {one.currency} · {counted(one.lines, 'line')}"
    said = REASON_SAID.get(one.reason, "")
    code = one.reason if said else ""
    label = said or one.reason
    return Bar(label=label, code=code, saved=saved, undecided=one.undecided, text=text)


def _of_sums(one: Sums) -> Bar:
    text = f"{one.saved:,f} {one.currency} · {counted(one.bills, 'bill')}"
    return Bar(label=one.key, saved=one.saved, undecided=Decimal(0), text=text)


def _tables(summary: Summary) -> Iterable[Markup]:
    reasons: list[tuple[object, ...]] = [
        (
            one.reason,
            REASON_SAID.get(one.reason, ""),
            one.lines,
            one.bills,
            one.not_owed,
            one.claimed,
            one.undecided,
            one.currency,
        )
        for one in summary.by_reason
    ]
    yield tag("h2", "By reason")
    headings = (
        "Reason",
        "What it says",
        "Lines",
        "Bills",
        "Not owed",
        "Claim back",
        "Undecided",
        "",
    )
    yield table("By reason", headings, reasons)
    for title, sums in (("By carrier", summary.by_carrier), ("By lane", summary.by_lane)):
        rows: list[tuple[object, ...]] = [
            (one.key, one.bills, one.billed, one.payable, one.saved, one.undecided, one.currency)
            for one in sums[:LIST_MAX]
        ]
        yield tag("h2", title)
        named = (title.removeprefix("By ").capitalize(), "Bills", "Billed", "Payable")
        yield table(title, (*named, "Saved", "Undecided", ""), rows)


def _listed(found: Audited) -> list[AuditedBill]:
    """Return the bills to list: all, or of many those where most money is stopped."""
    return heapq.nlargest(
        BILLS_MAX, found.bills(), key=lambda one: (one.disputed + one.claimed, one.billed)
    )


def _bills(bills: list[AuditedBill], summary: Summary) -> Markup:
    reasons = sorted({line.reason for one in bills for line in one.lines if line.reason})
    carriers = sorted({one.carrier for one in bills})
    decisions = sorted({one.decision for one in bills})
    form = tag(
        "form",
        _choice("reason", reasons),
        _choice("carrier", carriers),
        _choice("decision", decisions),
        tag("label", "find", tag("input", name="text", type="search")),
        tag("span", "", id="shown", role="status"),
    )
    left_out = summary.bills - len(bills)
    note = tag("p", f"{left_out:,} bills with less at stake are not listed.", class_="soft")
    return joined(tag("h2", "Bills"), form, note if left_out else "", *map(bill_part, bills))


def _choice(name: str, values: list[str]) -> Markup:
    options = (
        tag("option", value.replace("_", " "), value=value.replace(" ", "_")) for value in values
    )
    return tag("label", name, tag("select", tag("option", "all", value=""), *options, name=name))


def _missing(found: Audited) -> Iterable[Markup]:
    if not found.missing:
        return
    rows: list[tuple[object, ...]] = [
        (one.shipment, one.carrier, one.lane, one.text, one.expected, one.currency)
        for one in found.missing[:LIST_MAX]
    ]
    yield tag("h2", f"Shipments that nobody billed: {len(found.missing):,}")
    headings = ("Shipment", "Carrier", "Lane", "", "Expected", "")
    yield table("Shipments without a bill", headings, rows)


def _unread(found: Audited) -> Iterable[Markup]:
    if not found.unread:
        return
    rows: list[tuple[object, ...]] = [
        (
            one.file,
            ", ".join(one.places),
            one.count,
            one.field,
            one.text,
            one.remedy,
            "note" if one.is_note else "not read",
        )
        for one in found.unread[:LIST_MAX]
    ]
    yield tag("h2", "What could not be read, and what to know of the input")
    yield table("Input", ("File", "Where", "Times", "Field", "What", "What mends it", ""), rows)

"""One bill on the page, folded: its lines with their steps, what was agreed, and the events."""

from collections.abc import Iterable

from drawbar.cli.audit.document import AgreedLine, AuditedBill, AuditedLine
from drawbar.cli.audit.markup import Markup, joined, table, tag


def bill_part(bill: AuditedBill) -> Markup:
    """Return the bill; it opens on a click, or from the keyboard."""
    reasons = sorted({one.reason for one in bill.lines if one.reason} | {bill.reason} - {""})
    words = (bill.carrier, bill.invoice, bill.shipment, bill.lane, *bill.references)
    return tag(
        "details",
        _head(bill),
        tag("div", *_inside(bill), class_="inside"),
        class_=bill.decision,
        data_reason=" ".join(reasons),
        data_carrier=bill.carrier.replace(" ", "_"),
        data_decision=bill.decision,
        data_text=" ".join(words).lower(),
    )


def _head(bill: AuditedBill) -> Markup:
    return tag(
        "summary",
        tag("span", bill.carrier),
        tag("span", bill.invoice),
        tag("span", " · ".join(one for one in (bill.shipment, bill.lane) if one) or "no shipment"),
        tag("span", f"{bill.billed:,f}", title="billed"),
        tag("span", f"{bill.payable:,f}", title="payable"),
        tag("span", bill.decision.replace("_", " "), class_="what"),
    )


def _inside(bill: AuditedBill) -> Iterable[Markup]:
    when = f"dated {bill.billed_on}, received {bill.received_at:%Y-%m-%d}, {bill.place}"
    yield tag("p", f"{bill.currency}, {when}. {', '.join(bill.references)}.", class_="soft")
    if bill.reason:
        yield tag("p", tag("b", bill.reason), " ", bill.text)
        yield tag("p", bill.remedy, class_="mend")
    headings = ("Line", "Charge", "Billed", "Payable", "Disputed", "Reason", "Why", "Where")
    yield table("Lines", headings, [_line(one) for one in bill.lines])
    steps = [step for one in bill.lines for step in one.steps]
    if steps:
        yield tag("details", tag("summary", "Steps of the audit"), _list(steps))
    if bill.agreed:
        named = ("Charge", "Agreed", "By", "How")
        yield table("What was agreed", named, [_agreed(one) for one in bill.agreed])
    if bill.events:
        rows: list[tuple[object, ...]] = [
            (one.what.replace("_", " "), one.stop or "", one.at, one.by, one.place)
            for one in bill.events
        ]
        yield table("Events", ("Event", "Stop", "At", "By", "Where it stands"), rows)
    if bill.log:
        yield tag("details", tag("summary", "Log"), _list(bill.log))


def _line(one: AuditedLine) -> tuple[object, ...]:
    charge = one.charge.replace("_", " ") or f"? {one.code}"
    stop = f" at stop {one.stop}" if one.stop else ""
    why = joined(one.text, " ", tag("span", one.remedy, class_="mend") if one.remedy else "")
    amounts = (one.billed, one.payable, one.disputed)
    return (str(one.number), f"{charge}{stop}", *amounts, one.reason, why, one.place)


def _agreed(one: AgreedLine) -> tuple[object, ...]:
    stop = f" at stop {one.stop}" if one.stop else ""
    source = (
        f"{one.contract_ref} version {one.contract_version}" if one.contract_ref else "approval"
    )
    by = f"{source}, {one.clause}" if one.clause else source
    how = [f"{step.text} = {step.result}" if step.result else step.text for step in one.steps]
    how += [*one.evidence, *(["provisional"] if one.provisional else [])]
    return (f"{one.charge.replace('_', ' ')}{stop}", one.amount, by, "; ".join(how))


def _list(texts: Iterable[str]) -> Markup:
    return tag("ol", *(tag("li", one) for one in texts))

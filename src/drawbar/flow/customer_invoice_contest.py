"""A customer disputes a line of an invoice: nobody is reminded of it until it is decided.

It ends by a credit note for the line, or by our refusal; the invoice itself never changes.
"""

from msgspec import structs

from drawbar.flow.customer_invoice import Contest, InvoiceState, invoice_of
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import invoice as invoice_stream
from drawbar.flow.problem import raised, settled
from drawbar.freight.case import CaseKind
from drawbar.freight.invoice import InvoiceContested, InvoiceUpheld


def contested(fact: InvoiceContested, known: Known) -> Decision:
    """Keep a customer's dispute of one line; a second one about it while it is open is the same."""
    state = invoice_of(fact.invoice_ref, known)
    against = contest_objection(state, fact.line, open_needed=False)
    if not against and not _fits(state, fact):
        against = f"{fact.money} is not what can be in dispute of that line."
    if against:
        return _noted(fact, f"{fact.money} contested: not kept. {against}")
    contest = Contest(
        line=fact.line,
        money=fact.money,
        reason=fact.reason,
        recorded_by=fact.recorded_by,
        at=fact.learned_at,
    )
    stream = invoice_stream(fact.invoice_ref)
    now = structs.replace(state, contests=(*state.contests, contest))
    case = raised(
        CaseKind.INVOICE_CONTESTED,
        stream,
        f"{state.invoice.customer_ref} disputes {fact.money} of line {fact.line} of"
        f" {fact.invoice_ref}: {fact.reason}",
        remedy="Credit the line, or refuse with a reason; the customer is not reminded till then.",
        now=fact.learned_at,
        item=str(fact.line),
        money=fact.money,
    )
    return joined(Decision(states={stream: now}), case)


def upheld(fact: InvoiceUpheld, known: Known) -> Decision:
    """End a dispute by our refusal: the line is owed as it stands."""
    state = invoice_of(fact.invoice_ref, known)
    against = contest_objection(state, fact.line, open_needed=True)
    if against:
        return _noted(fact, f"Dispute of line {fact.line}: not refused. {against}")
    ended = tuple(
        structs.replace(one, outcome=f"refused because {fact.reason}", decided_by=fact.decided_by)
        if one.line == fact.line and not one.outcome
        else one
        for one in state.contests
    )
    stream = invoice_stream(fact.invoice_ref)
    said = f"{fact.decided_by} refused the dispute of line {fact.line} because {fact.reason}"
    return joined(
        Decision(states={stream: structs.replace(state, contests=ended)}, notes=((stream, said),)),
        settled(CaseKind.INVOICE_CONTESTED, stream, said, item=str(fact.line)),
    )


def credited(before: InvoiceState, after: InvoiceState, because: str) -> Decision:
    """Return the cases of disputes that a credit note ended."""
    stream = invoice_stream(before.invoice.invoice_ref)
    ended = [
        one.line
        for one, now in zip(before.contests, after.contests, strict=True)
        if now.outcome and not one.outcome
    ]
    over = [settled(CaseKind.INVOICE_CONTESTED, stream, because, item=str(no)) for no in ended]
    return joined(*over) if over else NOTHING


def contest_objection(state: InvoiceState, line: int, *, open_needed: bool) -> str:
    """Return why a line cannot be disputed, or its dispute not be ended, now; empty if it can."""
    if state.invoice.is_credit or not 1 <= line <= len(state.invoice.lines):
        return f"{state.invoice.invoice_ref} has no line {line} that a customer owes."
    is_open = any(one.line == line and not one.outcome for one in state.contests)
    if open_needed:
        return "" if is_open else f"Line {line} is not in dispute."
    return f"Line {line} is in dispute already." if is_open else ""


def _fits(state: InvoiceState, fact: InvoiceContested) -> bool:
    asked = state.invoice.lines[fact.line - 1].charge.money
    return asked.currency == fact.money.currency and 0 < fact.money.amount <= asked.amount


def _noted(fact: InvoiceContested | InvoiceUpheld, text: str) -> Decision:
    return Decision(notes=((invoice_stream(fact.invoice_ref), text),))

"""A credit note: a person takes back what an invoice asked for, and may have it asked anew.

The invoice stays as it was released; the credit note stands beside it, linked, with its own number.
"""

from msgspec import Struct, structs

from drawbar.billing.credit_note import CreditHeading, credit_note, with_credited
from drawbar.billing.crediting import let_go
from drawbar.billing.series import credit_series
from drawbar.flow import account, reassessment, tally, tax_part
from drawbar.flow.company import Company
from drawbar.flow.credit_note_objection import objection, of_person
from drawbar.flow.customer_invoice import (
    Contest,
    CreditProposal,
    InvoiceState,
    SeriesState,
    invoice_of,
    too_much,
)
from drawbar.flow.customer_invoice_contest import credited as contest_ended
from drawbar.flow.customer_invoice_posting import booking_of, posted
from drawbar.flow.customer_invoice_release import Wish, released
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.invoice_needs import number_series
from drawbar.flow.needs import customer, shipment
from drawbar.flow.needs import invoice as invoice_stream
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import forgone, with_invoiced
from drawbar.freight.case import CaseKind
from drawbar.freight.instant import local_day
from drawbar.freight.invoice import CustomerInvoice, InvoiceCredited, InvoiceKind
from drawbar.freight.ledger import Entry, Purpose
from drawbar.freight.money import Money, total
from drawbar.settlement.authority import Authority
from drawbar.subledger.booking import entry_ref
from drawbar.subledger.revenue import release_credit

SECOND = "credit: second person"  # stored: the item of the case that a second person must agree


class _Act(Struct, frozen=True, kw_only=True):
    """One credit note in the making: of which invoice, and the document itself."""

    before: InvoiceState
    made: CustomerInvoice
    fact: InvoiceCredited


def decide(fact: InvoiceCredited, known: Known, company: Company) -> Decision:
    """Return the credit note, or the wish for a second person; what cannot be is only noted."""
    state = invoice_of(fact.invoice_ref, known)
    against = objection(state, fact, company)
    if against:
        return _noted(fact, f"{_said(fact)}: not done. {against}")
    if of_person(state, fact, company) is Authority.WITH_A_SECOND and not _agrees(state, fact):
        return _proposed(state, fact)
    return _credited(state, fact, known, company)


def _agrees(state: InvoiceState, fact: InvoiceCredited) -> bool:
    """Return whether another person wanted the very same before."""
    earlier = state.proposal
    return (
        earlier is not None
        and earlier.by != fact.credited_by
        and (earlier.lines, earlier.rebill) == (fact.lines, fact.rebill)
    )


def _proposed(state: InvoiceState, fact: InvoiceCredited) -> Decision:
    stream = invoice_stream(fact.invoice_ref)
    proposal = CreditProposal(
        by=fact.credited_by,
        lines=fact.lines,
        code=fact.code,
        reason=fact.reason,
        rebill=fact.rebill,
        at=fact.learned_at,
    )
    case = raised(
        CaseKind.CREDIT_DUE,
        stream,
        f"{_said(fact)}. That is more than one person may decide.",
        remedy="A second, other person releases the same credit note.",
        now=fact.learned_at,
        item=SECOND,
        money=_sum(fact, state),
    )
    return joined(Decision(states={stream: structs.replace(state, proposal=proposal)}), case)


def _credited(
    state: InvoiceState, fact: InvoiceCredited, known: Known, company: Company
) -> Decision:
    """Return the credit note in the books, the shipments without it, and what is asked anew."""
    payer = company.customers[state.invoice.customer_ref]
    series = credit_series(payer.billing, state.invoice.total.currency)
    key = number_series(series)
    number = known.states.get(key, SeriesState()).last + 1
    heading = CreditHeading(
        number=number,
        series=series,
        on=local_day(fact.learned_at, payer.billing.zone or company.zone),
        code=fact.code,
        reason=fact.reason,
    )
    made = credit_note(heading, state.invoice, lines=fact.lines, before=state.credited)
    act = _Act(before=state, made=made, fact=fact)
    done = joined(
        Decision(states={key: SeriesState(last=number)}),
        _in_the_books(act, company),
        _on_the_account(act, known, company),
        settled(CaseKind.CREDIT_DUE, invoice_stream(fact.invoice_ref), _said(fact), item=SECOND),
    )
    done = joined(done, _on_the_shipments(act, _with(known, done), company))
    if fact.rebill and not _was_rebilled(done):
        return _noted(fact, f"{_said(fact)}: not done. {_not_anew(done)}")
    return done


def _was_rebilled(done: Decision) -> bool:
    return any(
        isinstance(one, InvoiceState) and one.invoice.kind is InvoiceKind.REBILL
        for one in done.states.values()
    )


def _not_anew(done: Decision) -> str:
    """Return why nothing could be invoiced anew: then nothing is credited for it either."""
    loads = [one for one in done.states.values() if isinstance(one, ShipmentState)]
    blocks = dict.fromkeys(reason.text for load in loads for reason in load.invoice_blocks)
    why = "; ".join(blocks) or "nothing is owed that could be invoiced"
    return f"It cannot be invoiced anew: {why}. Credit it alone, or mend that first."


def _in_the_books(act: _Act, company: Company) -> Decision:
    """Return the document with its entries, and its invoice that knows of it."""
    made, fact, before = act.made, act.fact, act.before
    places = {ref: place for place, ref in enumerate(before.invoice.shipment_refs, start=1)}
    entries: list[Entry] = []
    for place, ref in enumerate(made.shipment_refs, start=1):
        original = booking_of(before.invoice, ref, places[ref])
        entries += release_credit(
            booking_of(made, ref, place),
            credited=-made.total_of(ref),
            tax=-tax_part.invoiced(made.lines_of(ref), made.total.currency),
            corrects=entry_ref(original, Purpose.INVOICE_RELEASED),
        )
    after = structs.replace(
        before,
        credited=with_credited(before.credited, fact.lines),
        credit_refs=(*before.credit_refs, made.invoice_ref),
        credited_by=(*before.credited_by, (fact.credited_by, -made.total)),
        contests=tuple(_ended(one, act) for one in before.contests),
        proposal=None,
    )
    stream = invoice_stream(fact.invoice_ref)
    note = f"Credit note {made.invoice_ref} over {made.total} for {fact.invoice_ref}: {_said(fact)}"
    return joined(
        posted(made, tuple(entries), note=note, company=company),
        Decision(states={stream: after}, notes=((stream, note),)),
        contest_ended(before, after, note),
        too_much(after, fact.learned_at) if before.paid.amount else NOTHING,
    )


def _ended(contest: Contest, act: _Act) -> Contest:
    if contest.outcome or all(one.line != contest.line for one in act.fact.lines):
        return contest
    return structs.replace(
        contest, outcome=f"credited by {act.made.invoice_ref}", decided_by=act.fact.credited_by
    )


def _on_the_account(act: _Act, known: Known, company: Company) -> Decision:
    """Return the customer's account with less open, by at most what was not paid."""
    made = act.made
    used = account.account_of(made.customer_ref, known, currency=company.currency)
    counts = min(-made.total, act.before.open)
    if not counts.amount:
        return NOTHING
    less = account.with_credit(used, made.credits, counts)
    return joined(
        Decision(states={customer(made.customer_ref): less}), account.reviewed(less, act.fact)
    )


def _on_the_shipments(act: _Act, known: Known, company: Company) -> Decision:
    """Return the shipments as they are invoiced now; what is still owed is let go or asked anew."""
    done = Decision()
    loads = []
    for ref in act.made.shipment_refs:
        load = known.states.get(shipment(ref))
        if not isinstance(load, ShipmentState):
            continue
        after = _less(load, act)
        found = reassessment.reassessed(load, after, act.fact, company)
        done = joined(done, found)
        loads.append(found.states[shipment(ref)])
    if not act.fact.rebill:
        return done
    return joined(done, _rebilled(act, loads, _with(known, done), company))


def _less(load: ShipmentState, act: _Act) -> ShipmentState:
    lines = act.made.lines_of(load.shipment_ref)
    invoiced = with_invoiced(load, lines)
    refs = (*load.invoice_refs, act.made.invoice_ref)
    if act.fact.rebill:
        return structs.replace(load, invoiced=invoiced, invoice_refs=refs, invoice_asked=True)
    lost = let_go(
        lines,
        owed=tally.minus({one.charge_ref: one.charge.money for one in load.sell}, forgone(load)),
        invoiced=invoiced,
        document=act.made.invoice_ref,
        why=f"credited ({act.fact.code.value.replace('_', ' ')}) because {act.fact.reason}",
        at=act.fact.learned_at,
    )
    return structs.replace(load, invoiced=invoiced, invoice_refs=refs, leaks=(*load.leaks, *lost))


def _rebilled(act: _Act, loads: list[ShipmentState], known: Known, company: Company) -> Decision:
    """Return the new invoice over what is owed by now, in the place of the credited one."""
    payer = company.customers[act.made.customer_ref]
    wish = Wish(payer=payer, loads=tuple(loads), replaces=act.made.credits)
    done = released(wish, act.fact, known, company)
    stream = invoice_stream(act.made.credits)
    new = tuple(
        one.invoice.invoice_ref
        for one in done.states.values()
        if isinstance(one, InvoiceState) and one.invoice.kind is InvoiceKind.REBILL
    )
    state = known.states[stream]
    linked = structs.replace(state, rebilled_as=(*state.rebilled_as, *new))
    return joined(done, Decision(states={stream: linked}))


def _with(known: Known, done: Decision) -> Known:
    return structs.replace(known, states=known.states | done.states)


def _sum(fact: InvoiceCredited, state: InvoiceState) -> Money:
    return total((one.money for one in fact.lines), currency=state.invoice.total.currency)


def _said(fact: InvoiceCredited) -> str:
    currency = next((one.money.currency for one in fact.lines), "")
    money = total((one.money for one in fact.lines), currency=currency) if currency else "nothing"
    anew = ", and what is owed is invoiced anew" if fact.rebill else ""
    code = fact.code.value.replace("_", " ")
    return f"{fact.credited_by} credits {money} because {fact.reason} ({code}){anew}"


def _noted(fact: InvoiceCredited, text: str) -> Decision:
    return Decision(notes=((invoice_stream(fact.invoice_ref), text),))

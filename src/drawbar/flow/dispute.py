"""The end of a dispute: what is conceded is paid, what is dropped is expected no more."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import structs

from drawbar.flow import accrual, payment, tally, tax_part, voucher
from drawbar.flow.bill_state import BillState, Grant, standing
from drawbar.flow.charges import open_charges
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.contested import item, kind_of, line_case
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.needs import bill, shipment
from drawbar.flow.problem import settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.freight_bill import BillDecided, DisputeClosed
from drawbar.freight.money import Money, zero
from drawbar.freight.verdict import Judgement, LineVerdict
from drawbar.matching.concession import backed_by, conceded_uses, unbacked
from drawbar.settlement.dispute import Concluded, conclude
from drawbar.subledger.cost import end_dispute
from drawbar.subledger.expected import released_after


class OwnResolution(ValueError):
    """Whoever said which bill it is, or whose, pays nothing beyond what is agreed of it as well.

    Another person decides.
    """


class NotInDispute(ValueError):
    """The line is not contested, or its dispute ended before. Name a line that is in dispute."""


def closed(state: BillState, fact: DisputeClosed, known: Known, company: Company) -> Decision:
    """Pay what is conceded of one line, and let go of the rest.

    Raise ``NotInDispute``, ``BeyondDispute`` or ``OwnResolution``.
    """
    if fact.line in state.dropped:
        return NOTHING  # it ended before, and that stands
    if fact.conceded.amount and fact.closed_by in state.resolved_by:
        raise OwnResolution(f"{fact.closed_by} resolved {fact.bill_ref}; another person concedes")
    is_over = all(one.line.number != fact.line for one in state.contested)
    if is_over and (fact.against or _was_contested(state, fact.line)):
        said = f"Line {fact.line} was settled before {fact.closed_by} could end it"
        return Decision(notes=((bill(fact.bill_ref), said),))
    verdict = in_dispute(state, fact.line)
    load = known.states.get(shipment(state.shipment_ref))
    if not isinstance(load, ShipmentState):
        raise NotInDispute(f"{fact.bill_ref} is for no shipment that is under way")
    if fact.against:
        return _credited(state, load, verdict, fact, company)
    ending = conclude(verdict.disputed, fact.conceded)
    over = structs.replace(
        state,
        dropped=(*state.dropped, fact.line),
        conceded=state.conceded | {fact.line: ending.conceded},
        granted=(*state.granted, *_grant(fact)),
        proposal=None,
    )
    if not over.disputed.amount:
        over = structs.replace(over, status=standing(over), reason="")
    after = _let_go(load, over, verdict, ending)
    booked = _booked(over, load, after, verdict, fact, company, ending.conceded)
    return joined(
        booked,
        payment.overpaid(state, over, fact),
        settled(kind_of(verdict, state), bill(fact.bill_ref), _ended(fact), item=item(verdict)),
        Decision(notes=((bill(fact.bill_ref), _ended(fact)),)),
    )


def _credited(
    state: BillState,
    load: ShipmentState,
    verdict: LineVerdict,
    fact: DisputeClosed,
    company: Company,
) -> Decision:
    """Take off a line what a credit bill gave back of it; the rest stays in dispute.

    Both papers together pay nothing, so nothing agreed is used up by them.
    """
    money, ref, number = min(fact.conceded, verdict.disputed), fact.bill_ref, fact.line
    left = verdict.disputed - money
    said = f"{money} of line {number} is {fact.reason}; {left} stays in dispute"
    less = structs.replace(
        verdict,
        judgement=verdict.judgement if left.amount else Judgement.PAYABLE,
        payable=verdict.payable + money,
        disputed=left,
        text=f"{verdict.text} {money} of it is {fact.reason}.",
    )
    lines = tuple(less if one is verdict else one for one in state.verdicts)
    now = structs.replace(state, verdicts=lines, proposal=None)
    now = structs.replace(now, status=standing(now), reason=now.reason if now.contested else "")
    after = load if now.contested else _no_longer_open(load, ref)
    case = line_case(now, less, fact) if left.amount else NOTHING
    if not left.amount:
        case = settled(kind_of(verdict, state), bill(ref), said, item=item(verdict))
    return joined(
        _booked(now, load, after, verdict, fact, company, money),
        payment.overpaid(state, now, fact),
        case,
        Decision(notes=((bill(ref), said),)),
    )


def _no_longer_open(load: ShipmentState, ref: str) -> ShipmentState:
    return structs.replace(load, open_bills=tuple(one for one in load.open_bills if one != ref))


def _was_contested(state: BillState, line: int) -> bool:
    """Return whether a line was contested once; a credit that ended that leaves its reason."""
    return any(one.reason for one in state.verdicts if one.line.number == line)


def closed_all(
    state: BillState,
    lines: Iterable[LineVerdict],
    fact: BillDecided,
    known: Known,
    company: Company,
    *,
    concede: bool,
) -> Decision:
    """End the dispute about each of ``lines``, one after the other: all is conceded, or nothing."""
    stream = bill(fact.bill_ref)
    done = Decision(states={stream: state})
    for verdict in lines:
        ended = following(
            DisputeClosed,
            fact,
            about=f"{fact.bill_ref}:{verdict.line.number}",
            bill_ref=fact.bill_ref,
            line=verdict.line.number,
            conceded=verdict.disputed if concede else zero(verdict.disputed.currency),
            closed_by=fact.decided_by,
            reason=fact.reason,
        )
        now = Known(states=known.states | done.states, found=known.found)
        done = joined(done, closed(done.states[stream], ended, now, company))
    return done


def in_dispute(state: BillState, line: int) -> LineVerdict:
    """Return the verdict on a line that is contested now. Raise ``NotInDispute``."""
    ref = state.bill.bill_ref
    if line in state.dropped:
        conceded = state.conceded[line]
        raise NotInDispute(f"the dispute about line {line} of {ref} ended: {conceded} was conceded")
    if not state.verdicts:
        raise NotInDispute(f"{ref} was not judged line by line; it is {state.status.value}")
    found = [one for one in state.verdicts if one.line.number == line and one.disputed.amount]
    if not found:
        raise NotInDispute(f"line {line} of {ref} is not in dispute")
    return found[0]


def _grant(fact: DisputeClosed) -> tuple[Grant, ...]:
    is_word = fact.conceded.amount and not fact.against
    return (Grant(by=fact.closed_by, money=fact.conceded),) if is_word else ()


def _let_go(
    load: ShipmentState, over: BillState, verdict: LineVerdict, ending: Concluded
) -> ShipmentState:
    """Return the load once the line is settled: what it uses, and what nobody expects any more."""
    charges = open_charges(load, used=load.used)
    used = tally.plus(load.used, conceded_uses(verdict, ending.conceded, agreed=charges))
    rest = open_charges(load, used=used)
    let_go = backed_by(verdict.line, ending.dropped, agreed=rest)
    open_bills = load.open_bills
    if not over.disputed.amount:
        open_bills = tuple(ref for ref in open_bills if ref != over.bill.bill_ref)
    return structs.replace(
        load,
        used=used,
        released=released_after(load.buy, used=used, released=load.released, more=let_go),
        conceded=(*load.conceded, *unbacked(verdict, ending.conceded, agreed=charges)),
        open_bills=open_bills,
    )


def _booked(
    over: BillState,
    load: ShipmentState,
    after: ShipmentState,
    verdict: LineVerdict,
    fact: DisputeClosed,
    company: Company,
    conceded: Money,
) -> Decision:
    nothing = zero(over.bill.currency)
    stays = accrual.still_expected(after) or nothing
    uses = tally.minus(after.used, load.used)
    of_tax = tax_part.of_line(verdict, conceded, uses, load)
    entries = end_dispute(
        voucher.booked_as(over, load, fact, company),
        conceded=conceded,
        accrued=load.cost.money or nothing,
        stays=stays,
        corrects=load.cost.entry_ref,
        tax=voucher.tax_of(load, after, settled=of_tax),
    )
    line = structs.replace(verdict.line, money=conceded)
    due_at = fact.learned_at + timedelta(days=voucher.DEFAULT_PAYMENT_DAYS)
    lines = (line,) if conceded.amount else ()
    return voucher.vouchered(over, after, entries, lines, conceded, stays, due_at, company)


def _ended(fact: DisputeClosed) -> str:
    what = f"{fact.conceded} conceded" if fact.conceded.amount else "nothing conceded"
    return f"Dispute about line {fact.line} ended by {fact.closed_by}: {what}, {fact.reason}"

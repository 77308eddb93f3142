"""A carrier's credit about something that was never agreed: it ends what of it is in dispute.

Whole or in part, and whichever of both papers came first. What we never contested nor paid waits
for its bill; it never takes anything off another item.
"""

from msgspec import structs

from drawbar.flow.consequence import following
from drawbar.flow.contest import dispute
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.dispute_ending import agreed_on, kept
from drawbar.flow.dispute_state import DisputeState, WaitingCredit
from drawbar.flow.needs import bill
from drawbar.flow.problem import settled
from drawbar.freight.case import CaseKind
from drawbar.freight.dispute import CreditNoted, Ending, PartAmount
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import DisputeClosed
from drawbar.freight.money import Money, total, zero
from drawbar.settlement.dispute_round import covered

ANSWER_DAYS = 30
"""How long either side has to answer where no line says; a line of a bill says it anew."""


def noted(state: DisputeState | None, fact: CreditNoted) -> Decision:
    """Count a credit against what is in dispute, then against what we paid; the rest waits."""
    before = state or _not_billed_yet(fact)
    if before is None:
        return NOTHING  # of the time before credits were kept
    came = WaitingCredit(
        credit_ref=fact.credit_ref, invoice_number=fact.invoice_number, left=fact.money
    )
    now = structs.replace(before, credits=(*before.credits, came))
    applied, ends = applied_to(now, fact)
    said = f"Credit {fact.invoice_number} of {fact.money} came"
    return joined(kept(applied, said), ends)


def applied_to(state: DisputeState, fact: Fact) -> tuple[DisputeState, Decision]:
    """Return the dispute once waiting credits cover what they can, and the ends that follow.

    What is in dispute comes first, then what of it we had paid.
    """
    now, parts = state, [NOTHING]
    for credit in state.credits:
        covers = covered(now.open_parts, credit.left)
        if not covers:
            continue
        used = total((one.money for one in covers), currency=state.currency)
        parts.append(_ends(state, credit, covers, fact))
        now = _less(agreed_on(now, covers), credit.credit_ref, used)
    for credit in now.credits:
        now = _given_back(now, credit)
    left = {one.credit_ref for one in now.credits}
    over = (one for one in state.credits if one.credit_ref not in left)
    return now, joined(*parts, *map(_used_up, over))


def _ends(
    state: DisputeState, credit: WaitingCredit, covers: tuple[PartAmount, ...], fact: Fact
) -> Decision:
    said = f"Credit {credit.invoice_number} covers"
    names = ", ".join(f"{one.money} of {one.bill_ref} line {one.line}" for one in covers)
    return Decision(
        follows=tuple(_end(one, credit, fact) for one in covers),
        notes=((dispute(state.dispute_ref), f"{said} {names}"),),
    )


def _end(one: PartAmount, credit: WaitingCredit, fact: Fact) -> DisputeClosed:
    return following(
        DisputeClosed,
        fact,
        about=f"{one.part}:{credit.credit_ref}",
        bill_ref=one.bill_ref,
        line=one.line,
        conceded=one.money,
        closed_by=credit.invoice_number,
        reason=f"credited by {credit.invoice_number}",
        against=credit.credit_ref,
    )


def _less(state: DisputeState, credit_ref: str, used: Money) -> DisputeState:
    """Return the dispute with so much less left of a credit; one that is used up is forgotten."""
    left = (
        structs.replace(one, left=one.left - used) if one.credit_ref == credit_ref else one
        for one in state.credits
    )
    return structs.replace(state, credits=tuple(one for one in left if one.left.amount > 0))


def _given_back(state: DisputeState, credit: WaitingCredit) -> DisputeState:
    """Count what is left of a credit against lines of the item that we had paid after all."""
    nothing = zero(state.currency)
    returned = state.returned or nothing
    paid = state.ended_as(Ending.PAID) - returned
    back = min(credit.left, max(paid, nothing))
    if not back.amount:
        return state
    return structs.replace(_less(state, credit.credit_ref, back), returned=returned + back)


def _used_up(credit: WaitingCredit) -> Decision:
    because = "It covers what was in dispute, or gives back what we had paid of it."
    return settled(CaseKind.OVERPAID, bill(credit.credit_ref), because, item="credit")


def _not_billed_yet(fact: CreditNoted) -> DisputeState | None:
    """Return the story of an item that a carrier credits before it bills it."""
    if fact.kind is None:
        return None
    return DisputeState(
        dispute_ref=fact.dispute_ref,
        shipment_ref=fact.shipment_ref,
        carrier_ref=fact.carrier_ref,
        kind=fact.kind,
        stop=fact.stop,
        currency=fact.money.currency,
        opened_at=fact.learned_at,
        received_at=fact.learned_at,
        answer_days=ANSWER_DAYS,
        closed_at=fact.learned_at,
    )


def first_seen(state: DisputeState | None, new: DisputeState) -> DisputeState:
    """Return the dispute as its first line opens it; a credit that came before it stays."""
    if state is None or not state.parts:
        return structs.replace(new, credits=state.credits) if state else new
    return state

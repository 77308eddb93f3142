"""What a step of a claim means in the books: owed once it is accepted, then collected or lost.

The receivable is always what the carrier accepted and has not made good; it ends with the claim.
"""

from collections.abc import Mapping

from msgspec import structs

from drawbar.flow import document
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.flow.contest import claim
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.freight.delivery import PostJournal
from drawbar.freight.fact import Fact
from drawbar.freight.instant import local_day
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money, zero
from drawbar.subledger.booking import Booking
from drawbar.subledger.claim import Turn, book_claim, loss_in


def booked(
    before: ClaimState,
    now: ClaimState,
    fact: Fact,
    company: Company,
    *,
    came: Mapping[Account, Money] | None = None,
) -> tuple[ClaimState, Decision]:
    """Return the claim after a step, and its entry with the journal that posts it, if any.

    ``came`` is what came back by it, under the account that shows it.
    """
    claimed = now.standing.claimed
    if claimed is None:
        return now, NOTHING
    nothing = zero(claimed.currency)
    owed = before.standing.receivable or nothing
    dropped = (now.standing.let_go or nothing) - (before.standing.let_go or nothing)
    turn = Turn(
        before=owed,
        after=now.standing.receivable or nothing,
        came=came or {},
        lost=min(dropped, owed),
        of_tax=now.of_tax,
    )
    entries = book_claim(_booking(now, fact, company), now.kind, turn)
    if not entries:
        return now, NOTHING
    (entry,) = entries
    key, debits = entry.entry_ref, document.debits(entry)
    kept = structs.replace(
        now,
        revision=now.revision + 1,
        documents=document.expected(now.documents, business_key=key, amount=debits),
    )
    stream = claim(now.claim_ref)
    journal = PostJournal(entry=entry)
    said = f"{entry.purpose.value.replace('_', ' ').capitalize()}: {debits} booked"
    return kept, joined(
        document.post(journal, business_key=key, stream=stream, entry=entry, company=company),
        Decision(notes=((stream, said),)),
    )


def by_a_bill(state: ClaimState, money: Money) -> dict[Account, Money]:
    """Return where a credit bill shows what it gives back: it takes it off the loss itself."""
    return {loss_in(state.kind, of_tax=state.of_tax): money}


def _booking(state: ClaimState, fact: Fact, company: Company) -> Booking:
    return Booking(
        about=claim(state.claim_ref),
        shipment_ref=state.shipment_ref,
        document_on=local_day(fact.learned_at, company.zone),
        revision=state.revision + 1,
        text=f"{state.claim_ref} on {state.carrier_ref}",
    )
